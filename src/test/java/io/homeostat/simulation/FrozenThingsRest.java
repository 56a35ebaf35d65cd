package io.homeostat.simulation;

import io.homeostat.engine.Signal;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Freeze;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// From the turn on that took a freeze in, nothing is sent that it stops, until it ends or is
/// lifted.
final class FrozenThingsRest implements Invariant {
    private final SortedMap<String, Freeze> freezes = new TreeMap<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        for (Sending sending : moment.sendings()) {
            for (Freeze freeze : freezes.values()) {
                if (sending.wallAt().isBefore(freeze.until())
                        && World.stops(freeze, sending.undertaking())) {
                    faults.add(
                            "%s was sent, and %s"
                                    .formatted(
                                            sending.undertaking().action().text(), freeze.text()));
                }
            }
        }
        for (Turn turn : moment.turns()) {
            // A freeze that has ended does not begin anew when the clock is set back.
            freezes.values().removeIf(freeze -> !turn.at().isBefore(freeze.until()));
            for (long id : turn.taken()) {
                switch (world.store.signal(id)) {
                    case Signal.FreezeSet(Freeze freeze) -> freezes.put(freeze.id(), freeze);
                    case Signal.FreezeLifted lifted -> freezes.remove(lifted.freeze());
                    case null, default -> {}
                }
            }
        }
        return faults;
    }
}
