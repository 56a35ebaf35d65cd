package io.homeostat.simulated;

import io.homeostat.action.Action;
import io.homeostat.action.Report;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes against the version that was read, as Swarm takes them: what is there is looked at first,
/// and a change in between is a conflict.
final class Writes {
    private Writes() {}

    /// What would be sent, built from the version that was read; or why nothing is.
    record Draft(long version, String trace, @Nullable Report refusal) {
        static Draft refused(Report report) {
            return new Draft(0, "", report);
        }
    }

    static Draft draft(Orchestration swarm, Action.OnSwarm action) {
        return switch (action) {
            case Action.OnService service -> draft(swarm, service);
            case Action.OnNode node -> draft(swarm, node);
        };
    }

    private static Draft draft(Orchestration swarm, Action.OnNode action) {
        SimulatedNode node = swarm.nodes.get(action.node());
        if (node == null) {
            return Draft.refused(new Report.Failed("there is no node " + action.node()));
        }
        Report refusal = node.refusal(action);
        return refusal == null
                ? new Draft(node.version(), action.text(), null)
                : Draft.refused(refusal);
    }

    private static Draft draft(Orchestration swarm, Action.OnService action) {
        SimulatedService service = swarm.services.get(action.service());
        if (service == null) {
            return Draft.refused(new Report.Failed("there is no service " + action.service()));
        }
        Report refusal = service.refusal(action);
        return refusal == null
                ? new Draft(service.version(), service.hashAfter(action), null)
                : Draft.refused(refusal);
    }

    /// A conflict when what was read is not there any more.
    static Optional<Report> conflict(Orchestration swarm, Action.OnSwarm action, Draft draft) {
        boolean isSame =
                switch (action) {
                    case Action.OnService onService -> {
                        SimulatedService service = swarm.services.get(onService.service());
                        yield service != null && service.version() == draft.version();
                    }
                    case Action.OnNode onNode -> {
                        SimulatedNode node = swarm.nodes.get(onNode.node());
                        yield node != null && node.version() == draft.version();
                    }
                };
        return isSame
                ? Optional.empty()
                : Optional.of(
                        new Report.Conflicted(
                                action.subject() + " was changed between our look and our write"));
    }
}
