package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.fact.Node;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A majority of the managers stays reachable: they are taken out one at a time, and never the
/// last.
///
/// A drained manager still takes part in the managers' majority. But it is drained because
/// something is wrong with it or will be done to it, so it counts as a step towards losing it.
final class QuorumGuard implements Guard {
    static final String NAME = "quorum";

    /// No other manager may be reachable.
    static final String LAST = "last";

    /// The others are too few for a majority.
    static final String MAJORITY = "majority";

    /// Another manager is lost, drained or paused.
    static final String ONE_AT_A_TIME = "one-at-a-time";

    /// Whether another manager can be reached is not known.
    static final String UNKNOWN = "unknown";

    /// An action on another manager has no outcome yet.
    static final String UNSETTLED = "manager-unsettled";

    /// How far a manager may be counted on.
    private enum Standing {
        REACHABLE,
        UNKNOWN,
        LOST
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        return switch (proposal.action()) {
            case null -> Optional.empty();
            case Action.SetAvailability set -> judge(set, situation);
            case Action.ScaleService _,
                    Action.RestartService _,
                    Action.RollbackService _,
                    Action.DeployService _,
                    Action.PostNotice _ ->
                    Optional.empty();
        };
    }

    private static Optional<Objection> judge(Action.SetAvailability set, Situation situation) {
        Node node = situation.node(set.node());
        boolean takesOut =
                switch (set.to()) {
                    case DRAIN, PAUSE -> true;
                    case ACTIVE -> false;
                };
        return takesOut && node != null && node.role() == Node.Role.MANAGER
                ? new Council(node, situation).objection()
                : Optional.empty();
    }

    private static Standing standing(Node manager) {
        boolean lost =
                manager.manager() == Node.Manager.UNREACHABLE || manager.state() == Node.State.DOWN;
        if (lost) {
            return Standing.LOST;
        }
        boolean speaks =
                manager.manager() == Node.Manager.LEADER
                        || manager.manager() == Node.Manager.REACHABLE;
        return speaks && manager.state() == Node.State.READY
                ? Standing.REACHABLE
                : Standing.UNKNOWN;
    }

    /// All managers, one of which is about to be taken out.
    private record Council(Node leaving, List<Node> others, Situation situation) {
        Council(Node leaving, Situation situation) {
            this(
                    leaving,
                    situation.nodes().stream()
                            .filter(node -> node.role() == Node.Role.MANAGER)
                            .filter(node -> !node.id().equals(leaving.id()))
                            .toList(),
                    situation);
        }

        Optional<Objection> objection() {
            int reachable = standing(Standing.REACHABLE).size();
            int possible = reachable + standing(Standing.UNKNOWN).size();
            if (possible == 0) {
                return Optional.of(last());
            }
            List<Node> lost = standing(Standing.LOST);
            if (possible < majority()) {
                return Optional.of(
                        objection(Verdict.DENY, MAJORITY, missing(reachable), change(lost), lost));
            }
            List<Node> away = others.stream().filter(Council::isAway).toList();
            if (!away.isEmpty()) {
                return Optional.of(oneAtATime(away));
            }
            List<Node> unknown = standing(Standing.UNKNOWN);
            if (!unknown.isEmpty()) {
                String reason =
                        "%s; whether %s can be reached is not known"
                                .formatted(numbers(), names(unknown));
                return Optional.of(
                        objection(Verdict.WAIT, UNKNOWN, reason, change(unknown), unknown));
            }
            List<Node> inHand =
                    others.stream()
                            .filter(node -> situation.unsettled(node.subject()) != null)
                            .toList();
            return inHand.isEmpty() ? Optional.empty() : Optional.of(unsettled(inHand));
        }

        private Objection last() {
            return objection(
                    Verdict.DENY,
                    LAST,
                    others.isEmpty()
                            ? leaving.subject() + " is the only manager"
                            : "%s is the last manager; %s".formatted(leaving.subject(), numbers()),
                    others.isEmpty() ? "two more managers have joined" : change(others),
                    others);
        }

        private Objection oneAtATime(List<Node> away) {
            String reason =
                    "%s, and only one at a time may be out: %s"
                            .formatted(
                                    numbers(),
                                    away.stream()
                                            .map(node -> node.subject() + " is " + word(node))
                                            .collect(Collectors.joining(", ")));
            return objection(
                    Verdict.DENY,
                    ONE_AT_A_TIME,
                    reason,
                    names(away) + (away.size() == 1 ? " is" : " are") + " reachable and active",
                    away);
        }

        private Objection unsettled(List<Node> inHand) {
            return objection(
                    Verdict.WAIT,
                    UNSETTLED,
                    "%s, and only one at a time may be out: an action on %s has no outcome yet"
                            .formatted(numbers(), names(inHand)),
                    "its outcome is known",
                    inHand);
        }

        private String missing(int reachableOthers) {
            int missing = majority() - reachableOthers;
            return "%s; at least %d more must be reachable before another is taken out"
                    .formatted(numbers(), missing);
        }

        /// What is true now, the one that is about to leave included.
        private String numbers() {
            int reachable =
                    standing(Standing.REACHABLE).size()
                            + (QuorumGuard.standing(leaving) == Standing.REACHABLE ? 1 : 0);
            return "%d of %d managers %s reachable, and a majority is %d"
                    .formatted(
                            reachable,
                            others.size() + 1,
                            reachable == 1 ? "is" : "are",
                            majority());
        }

        private String change(List<Node> missing) {
            return missing.isEmpty()
                    ? "another manager has joined"
                    : "%s %s reachable again"
                            .formatted(names(missing), missing.size() == 1 ? "is" : "are");
        }

        private int majority() {
            return (others.size() + 1) / 2 + 1;
        }

        private List<Node> standing(Standing wanted) {
            return others.stream().filter(node -> QuorumGuard.standing(node) == wanted).toList();
        }

        private static boolean isAway(Node node) {
            return QuorumGuard.standing(node) == Standing.LOST
                    || node.availability() != Node.Availability.ACTIVE;
        }

        private static String word(Node node) {
            if (QuorumGuard.standing(node) == Standing.LOST) {
                return node.state() == Node.State.DOWN ? "down" : "unreachable";
            }
            return node.availability() == Node.Availability.DRAIN ? "drained" : "paused";
        }

        private static String names(List<Node> nodes) {
            return nodes.stream()
                    .map(node -> node.subject().toString())
                    .collect(Collectors.joining(", "));
        }

        private Objection objection(
                Verdict verdict, String code, String reason, String change, List<Node> evidence) {
            SortedSet<Subject> subjects = new TreeSet<>();
            subjects.add(leaving.subject());
            evidence.forEach(node -> subjects.add(node.subject()));
            return new Objection(NAME, verdict, code, reason, change, null, Sorted.copy(subjects));
        }
    }
}
