package io.homeostat.simulated;

import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.fact.Node;
import io.homeostat.fact.Sorted;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A node as it is, and as Swarm takes it to be until its heartbeat has been missing for a while.
final class SimulatedNode {
    final String id;
    final Node.Role role;
    private Node.Manager manager;
    private final String address;
    private final SortedMap<String, String> labels;
    private long version = 10;
    Node.State state = Node.State.READY;
    Node.Availability availability = Node.Availability.ACTIVE;

    /// False from the moment that it fails, which Swarm notices only later.
    boolean alive = true;

    /// When Swarm notices what changed; null when there is nothing to notice.
    @Nullable Instant noticedAt;

    SimulatedNode(
            String id,
            Node.Role role,
            Node.Manager manager,
            String address,
            Map<String, String> labels) {
        this.id = id;
        this.role = role;
        this.manager = manager;
        this.address = address;
        this.labels = Sorted.copy(labels);
    }

    boolean takesTasks() {
        return state == Node.State.READY && availability == Node.Availability.ACTIVE;
    }

    /// False when Swarm takes the tasks of this node away.
    boolean keepsTasks() {
        return state != Node.State.DOWN && availability != Node.Availability.DRAIN;
    }

    Node.Manager manager() {
        return manager;
    }

    /// It is not known until then how this node is.
    void unknown(Instant until) {
        state = Node.State.UNKNOWN;
        noticedAt = until;
        version++;
        if (manager == Node.Manager.LEADER) {
            manager = Node.Manager.REACHABLE;
        }
    }

    void leads() {
        manager = Node.Manager.LEADER;
        version++;
    }

    void noticed() {
        state = alive ? Node.State.READY : Node.State.DOWN;
        if (role == Node.Role.MANAGER && !alive) {
            manager = Node.Manager.UNREACHABLE;
        } else if (manager == Node.Manager.UNREACHABLE) {
            manager = Node.Manager.REACHABLE;
        }
        noticedAt = null;
        version++;
    }

    void availability(Node.Availability changed) {
        availability = changed;
        version++;
    }

    long version() {
        return version;
    }

    /// Why this action does not fit what is there; null when it does.
    @Nullable Report refusal(Action.OnNode action) {
        return switch (action) {
            case Action.SetAvailability set ->
                    availability == set.from()
                            ? null
                            : new Report.Conflicted(
                                    "%s is %s, not %s".formatted(id, availability, set.from()));
        };
    }

    Node fact() {
        return new Node(id, id, version, role, state, availability, manager, address, labels);
    }
}
