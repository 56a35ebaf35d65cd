package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.fact.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// No manager is drained or paused while the others, without those that have been down or drained
/// for a while, are no majority.
final class QuorumIsKept implements Invariant {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final SortedMap<String, Instant> outSince = new TreeMap<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        List<Node> managers =
                world.nodes().values().stream()
                        .filter(node -> node.role() == Node.Role.MANAGER)
                        .toList();
        for (Node manager : managers) {
            if (manager.state() == Node.State.DOWN
                    || manager.availability() != Node.Availability.ACTIVE) {
                outSince.putIfAbsent(manager.id(), world.time.now());
            } else {
                outSince.remove(manager.id());
            }
        }
        for (Sending sending : moment.sendings()) {
            if (sending.undertaking().action() instanceof Action.SetAvailability set
                    && set.to() != Node.Availability.ACTIVE
                    && managers.stream().anyMatch(node -> node.id().equals(set.node()))) {
                long left =
                        managers.stream()
                                .filter(node -> !node.id().equals(set.node()))
                                .filter(node -> !isLongOut(node.id(), world))
                                .count();
                if (left <= managers.size() / 2) {
                    faults.add(
                            "%s was sent, and %d of %d managers are left"
                                    .formatted(set.text(), left, managers.size()));
                }
            }
        }
        return faults;
    }

    private boolean isLongOut(String id, World world) {
        Instant since = outSince.get(id);
        return since != null && world.time.since(since).compareTo(LONG) > 0;
    }
}
