package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.action.Expectation;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Node;
import io.homeostat.fact.Sorted;
import java.util.Map;

/// Nodes that the tests of guards share.
final class Nodes {
    private Nodes() {}

    static Node leader(String id) {
        return manager(id, Node.State.READY, Node.Manager.LEADER);
    }

    static Node manager(String id) {
        return manager(id, Node.State.READY, Node.Manager.REACHABLE);
    }

    static Node manager(String id, Node.State state, Node.Manager reachability) {
        return node(id, Node.Role.MANAGER, state, Node.Availability.ACTIVE, reachability);
    }

    static Node manager(String id, Node.Availability availability) {
        return node(id, Node.Role.MANAGER, Node.State.READY, availability, Node.Manager.REACHABLE);
    }

    static Node worker(String id, Node.State state) {
        return worker(id, state, Node.Availability.ACTIVE);
    }

    static Node worker(String id, Node.State state, Node.Availability availability) {
        return node(id, Node.Role.WORKER, state, availability, Node.Manager.NONE);
    }

    static Node node(
            String id,
            Node.Role role,
            Node.State state,
            Node.Availability availability,
            Node.Manager manager) {
        return new Node(
                id,
                "host-" + id,
                1,
                role,
                state,
                availability,
                manager,
                "",
                Sorted.copy(Map.<String, String>of()));
    }

    /// A drain of that node that has no outcome yet.
    static Undertaking draining(String id) {
        return new Undertaking(
                "a1.1",
                "d1.1",
                "i-1",
                Sample.RULE,
                new Action.SetAvailability(id, Node.Availability.ACTIVE, Node.Availability.DRAIN),
                null,
                1,
                Undertaking.State.TAKEN,
                SituationFixture.NOW,
                SituationFixture.NOW.plusSeconds(30),
                new Expectation.NodeIs(
                        id,
                        Node.Availability.DRAIN,
                        Limits.DEFAULT.hold(),
                        SituationFixture.NOW.plusSeconds(300)),
                SituationFixture.NOW,
                SituationFixture.NOW,
                null,
                "hash",
                null,
                null);
    }
}
