package io.homeostat.simulation;

import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// As often as people approved a thing it is planned, and no oftener; what certainly changed
/// nothing, because it was not sent or somebody else was faster, does not count.
final class NoGrantIsUsedTwice implements Invariant {
    private final Map<Questions.About, List<String>> uses = new HashMap<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        for (Turn turn : moment.turns()) {
            for (Undertaking planned : Consent.planned(turn)) {
                Questions.About about = Consent.about(planned, world);
                boolean uses =
                        Consent.isNeeded(planned, world) || world.questions.isUsedFor(planned);
                if (about != null && uses) {
                    check(about, planned, world, faults);
                }
            }
        }
        return faults;
    }

    private void check(
            Questions.About about, Undertaking planned, World world, List<String> faults) {
        List<String> all = uses.computeIfAbsent(about, _ -> new ArrayList<>());
        all.removeIf(id -> isUnused(world.store.action(id)));
        all.add(planned.id());
        int grants = world.questions.grants(about).size();
        if (all.size() > grants) {
            faults.add(
                    "%s is planned as %s, and was approved %d times"
                            .formatted(planned.action().text(), all, grants));
        }
    }

    private static boolean isUnused(@Nullable Undertaking undertaking) {
        return undertaking != null
                && undertaking.takenAt() == null
                && (undertaking.outcome() instanceof Outcome.Superseded
                        || undertaking.outcome() instanceof Outcome.Conflicted);
    }
}
