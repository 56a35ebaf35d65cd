package io.homeostat.simulation;

import io.homeostat.action.Undertaking;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// No action changes the cluster twice, and none after it has ended.
final class NothingTwice implements Invariant {
    private final SortedSet<String> arrived = new TreeSet<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        for (Arrival arrival : moment.arrivals()) {
            Undertaking sent = arrival.undertaking();
            if (sent == null) {
                continue;
            }
            Undertaking recorded = world.store.action(sent.id());
            if (!arrived.add(sent.id())) {
                faults.add("%s (%s) arrived twice".formatted(sent.id(), sent.action().text()));
            } else if (recorded != null
                    && recorded.endedAt() != null
                    && recorded.endedAt().isBefore(world.time.wall(arrival.at()))
                    && world.time.skew().isZero()) {
                faults.add(
                        "%s (%s) arrived after it had ended: %s"
                                .formatted(sent.id(), sent.action().text(), recorded.outcome()));
            }
        }
        return faults;
    }
}
