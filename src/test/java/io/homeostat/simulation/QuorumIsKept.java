package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.fact.Node;
import java.util.ArrayList;
import java.util.List;

/// No manager is drained or paused while the others that are ready and active are no majority.
final class QuorumIsKept implements Invariant {
    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        List<Node> managers =
                world.nodes().values().stream()
                        .filter(node -> node.role() == Node.Role.MANAGER)
                        .toList();
        for (Sending sending : moment.sendings()) {
            if (sending.undertaking().action() instanceof Action.SetAvailability set
                    && set.to() != Node.Availability.ACTIVE
                    && managers.stream().anyMatch(node -> node.id().equals(set.node()))) {
                long left =
                        managers.stream()
                                .filter(node -> !node.id().equals(set.node()))
                                .filter(node ->
                                        node.state() != Node.State.DOWN
                                                && node.availability() == Node.Availability.ACTIVE)
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
}
