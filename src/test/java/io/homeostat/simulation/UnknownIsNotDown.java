package io.homeostat.simulation;

import io.homeostat.engine.Picture;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// No node is held to be down that Swarm has not called down lately.
final class UnknownIsNotDown implements Invariant {
    /// As late as a view may be, with a watcher that was blind before, or a process that was down.
    private static final Duration LATELY = Duration.ofMinutes(40);

    private final SortedMap<String, Instant> lastDown = new TreeMap<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        for (Node node : world.nodes().values()) {
            if (node.state() == Node.State.DOWN) {
                lastDown.put(node.id(), world.time.now());
            }
        }
        Picture picture = moment.picture();
        List<String> faults = new ArrayList<>();
        for (Fact fact : picture == null ? List.<Fact>of() : picture.facts()) {
            if (fact instanceof Node node && node.state() == Node.State.DOWN) {
                Instant last = lastDown.get(node.id());
                if (last == null || world.time.since(last).compareTo(LATELY) > 0) {
                    faults.add(
                            "%s is held to be down, and was down last at %s"
                                    .formatted(node.id(), last));
                }
            }
        }
        return faults;
    }
}
