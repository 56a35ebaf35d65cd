package io.homeostat.guard;

import io.homeostat.fact.Node;
import io.homeostat.fact.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of the nodes are out: down, or kept from tasks. A node whose state nobody knows is not
/// out: what is done to it costs as much as if it were well.
final class Outage {
    private Outage() {}

    static boolean isOut(Node node) {
        return isLost(node) || node.availability() != Node.Availability.ACTIVE;
    }

    /// True for a node whose machine does not answer.
    static boolean isLost(@Nullable Node node) {
        return node != null
                && (node.state() == Node.State.DOWN || node.state() == Node.State.DISCONNECTED);
    }

    static List<Subject> out(Situation situation) {
        return situation.nodes().stream().filter(Outage::isOut).map(Node::subject).toList();
    }
}
