package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.fact.Aspect;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Sorted;
import java.util.SortedSet;
import java.util.function.Predicate;

/// Whose a change of a service is, from its specification before and after. Versions say nothing:
/// Docker raises them for writes that change nothing.
///
/// @param whose whose it is
/// @param paths what is different
/// @param aspects the sides of the service that it touches
record WhoseChange(Provenance whose, SortedSet<String> paths, SortedSet<Aspect> aspects) {
    /// Written by `docker stack deploy` alone, whenever it changes the image.
    private static final String STACK_IMAGE = "Labels.com.docker.stack.image";

    /// Docker's words for a rollback that a person asked for.
    private static final String BY_HAND = "manually requested";

    WhoseChange {
        paths = Sorted.copy(paths);
        aspects = Sorted.copy(aspects);
    }

    /// @param before the service as Docker gave it before
    /// @param after the service as Docker gives it now
    /// @param ours tells whether we sent a specification of that hash
    static WhoseChange between(JsonNode before, JsonNode after, Predicate<String> ours) {
        SortedSet<String> paths =
                Specification.differences(before.path("Spec"), after.path("Spec"));
        SortedSet<Aspect> aspects = Aspect.of(paths);
        return new WhoseChange(whose(before, after, paths, aspects, ours), paths, aspects);
    }

    private static Provenance whose(
            JsonNode before,
            JsonNode after,
            SortedSet<String> paths,
            SortedSet<Aspect> aspects,
            Predicate<String> ours) {
        if (paths.isEmpty()) {
            return Provenance.NOBODY;
        }
        if (ours.test(Specification.hash(after.path("Spec")))) {
            return Provenance.OURS;
        }
        if (rolledBack(before, after)) {
            return bySwarm(before, after) ? Provenance.SWARMS : Provenance.PERSON;
        }
        boolean deployed =
                aspects.contains(Aspect.IMAGE)
                        || aspects.contains(Aspect.CONFIG)
                        || paths.contains(STACK_IMAGE);
        return deployed ? Provenance.DEPLOYMENT : Provenance.PERSON;
    }

    /// True when somebody asked Docker to write the service. Swarm's own writes while it updates
    /// leave a state of the update behind, which every write that was asked for takes away.
    static boolean wasAskedFor(JsonNode after) {
        return after.path("UpdateStatus").path("State").asText("").isEmpty();
    }

    /// Swarm never rolls a rollback back, so a state that stood before says nothing of this change.
    private static boolean rolledBack(JsonNode before, JsonNode after) {
        return isRollback(after)
                && !isRollback(before)
                && Specification.differences(before.path("PreviousSpec"), after.path("Spec"))
                        .isEmpty();
    }

    private static boolean isRollback(JsonNode service) {
        return service.path("UpdateStatus").path("State").asText("").startsWith("rollback_");
    }

    private static boolean bySwarm(JsonNode before, JsonNode after) {
        boolean mayItself =
                before.path("Spec")
                        .path("UpdateConfig")
                        .path("FailureAction")
                        .asText("")
                        .equals("rollback");
        String message = after.path("UpdateStatus").path("Message").asText("");
        return mayItself && !message.contains(BY_HAND);
    }
}
