package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// While an action on a subject has no outcome, no other is planned on it. A scaling whose replicas
/// run is only watched and no longer in the way.
final class OneActionPerSubject implements Invariant {
    private final SortedMap<String, Undertaking> underWay = new TreeMap<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        for (Turn turn : moment.turns()) {
            List<Undertaking> ours =
                    turn.undertakings().stream()
                            .filter(each -> each.action() instanceof Action.OnSwarm)
                            .toList();
            // A turn ends actions before it plans others.
            ours.stream().filter(each -> !isPlanned(each)).forEach(this::follow);
            for (Undertaking planned : ours.stream().filter(each -> isPlanned(each)).toList()) {
                check(planned, faults);
                follow(planned);
            }
        }
        return faults;
    }

    private void check(Undertaking undertaking, List<String> faults) {
        for (Undertaking other : underWay.values()) {
            boolean isOnlyWatched =
                    other.action() instanceof Action.ScaleService && other.heldSince() != null;
            if (other.subject().equals(undertaking.subject()) && !isOnlyWatched) {
                faults.add("%s is planned, and %s is under way".formatted(undertaking, other));
            }
        }
    }

    private static boolean isPlanned(Undertaking undertaking) {
        return undertaking.state() == Undertaking.State.PLANNED;
    }

    private void follow(Undertaking undertaking) {
        if (undertaking.isFinal()) {
            underWay.remove(undertaking.id());
        } else {
            underWay.put(undertaking.id(), undertaking);
        }
    }
}
