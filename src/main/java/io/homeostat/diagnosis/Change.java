package io.homeostat.diagnosis;

import io.homeostat.fact.Aspect;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Sorted;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// The last change of what a service's tasks are made of: its image or its configuration.
///
/// @param at when Docker wrote it; Docker's own notes on the update may make it a little late
/// @param whose whose it is
/// @param aspects the sides that it touched
public record Change(Instant at, Provenance whose, SortedSet<Aspect> aspects) {
    private static final Duration LATE = Duration.ofSeconds(5);

    public Change {
        aspects = Sorted.copy(aspects);
    }

    /// True when what happened at that instant may have come of it.
    boolean isBefore(Instant instant) {
        return !instant.isBefore(at.minus(LATE));
    }

    /// True when it can be taken back: a deployment's, or a person's. What we or Swarm changed was
    /// to heal, and taking it back would bring the fault back.
    boolean isOfOthers() {
        return switch (whose) {
            case DEPLOYMENT, PERSON -> true;
            case OURS, SWARMS, NOBODY -> false;
        };
    }

    /// Who made it, as a label says it.
    String word() {
        return switch (whose) {
            case DEPLOYMENT -> "deployment";
            case PERSON -> "person";
            case OURS -> "ours";
            case SWARMS -> "swarm";
            case NOBODY -> "nobody";
        };
    }

    String text() {
        String by =
                switch (whose) {
                    case DEPLOYMENT -> "a deployment";
                    case PERSON -> "a person";
                    case OURS -> "Homeostat";
                    case SWARMS -> "Swarm, which rolled it back";
                    case NOBODY -> "nobody";
                };
        return "its %s was last changed at %s by %s"
                .formatted(
                        aspects.stream().map(Aspect::word).collect(Collectors.joining(" and ")),
                        Words.clock(at),
                        by);
    }
}
