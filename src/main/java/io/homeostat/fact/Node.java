package io.homeostat.fact;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A node of the cluster. Unknown is not down: after a change of leader Swarm reports UNKNOWN for a
/// while.
///
/// @param id Docker's ID
/// @param hostname the name the machine gives itself; several nodes may share one
/// @param version Docker's `Version.Index`; a lower one than held is ignored
/// @param role whether it is a manager or a worker
/// @param state Docker's view of it
/// @param availability whether it takes tasks
/// @param manager what it is among the managers
/// @param address the address that Swarm reports, empty when it reports none
/// @param labels the node's labels
public record Node(
        String id,
        String hostname,
        long version,
        Role role,
        State state,
        Availability availability,
        Manager manager,
        String address,
        SortedMap<String, String> labels)
        implements Fact {
    /// What a node is in the cluster.
    public enum Role {
        MANAGER,
        WORKER
    }

    /// Docker's view of the node.
    public enum State {
        UNKNOWN,
        DOWN,
        READY,
        DISCONNECTED
    }

    /// Whether a node takes tasks: with DRAIN it has none, with PAUSE it keeps those that it has.
    public enum Availability {
        ACTIVE,
        PAUSE,
        DRAIN
    }

    /// What the node is among the managers; NONE for workers.
    public enum Manager {
        NONE,
        LEADER,
        REACHABLE,
        UNREACHABLE,
        UNKNOWN
    }

    public Node {
        labels = Sorted.copy(labels);
    }

    @Override
    public Subject subject() {
        return Subject.node(id);
    }

    /// The label's value, null when the node has no such label.
    public @Nullable String label(String key) {
        return labels.get(key);
    }

    /// What an alert carries of this node.
    public AlertedNode alerted() {
        return new AlertedNode(id, hostname, role, labels);
    }
}
