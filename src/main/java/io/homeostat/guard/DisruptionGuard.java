package io.homeostat.guard;

import io.homeostat.action.Undertaking;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Never too many out at once: what is out already, what our unsettled actions take out, and what
/// this one would take out together stay within a budget, for each service and for the nodes.
final class DisruptionGuard implements Guard {
    static final String NAME = "disruption";

    /// Too many are out already for another to be taken out.
    static final String OVER_BUDGET = "over-budget";

    /// It alone takes out more than may ever be.
    static final String TOO_MUCH_AT_ONCE = "too-much-at-once";

    /// It would take out one of so few that each is missed.
    static final String ONE_OF_FEW = "one-of-few";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        Disruption cost = Disruption.of(proposal.action(), situation);
        if (cost.isFree()) {
            return Optional.empty();
        }
        List<Objection> objections = new ArrayList<>();
        List<Disruption> reserved = reserved(situation);
        if (cost.nodes() > 0) {
            int taken = reserved.stream().mapToInt(Disruption::nodes).sum();
            judge(Group.nodes(situation), taken, cost.nodes()).ifPresent(objections::add);
        }
        for (Map.Entry<String, Integer> tasks : cost.tasks().entrySet()) {
            Service service = situation.service(tasks.getKey());
            if (service != null) {
                int taken =
                        reserved.stream()
                                .mapToInt(each -> each.tasks().getOrDefault(tasks.getKey(), 0))
                                .sum();
                judge(Group.tasks(service, situation), taken, tasks.getValue())
                        .ifPresent(objections::add);
            }
        }
        return strictest(objections);
    }

    /// What our actions without an outcome still take out. What they took out already is out.
    private static List<Disruption> reserved(Situation situation) {
        return situation.underWay().stream()
                .map(Undertaking::action)
                .map(action -> Disruption.of(action, situation))
                .toList();
    }

    /// Of three or more a share, but always one; of two one; of one none.
    static int budget(int size, int percent) {
        return switch (size) {
            case 0, 1 -> 0;
            case 2 -> 1;
            default -> Math.max(1, size * percent / 100);
        };
    }

    private static Optional<Objection> judge(Group group, int reserved, int cost) {
        int budget = budget(group.size(), group.percent());
        boolean fits = group.out().size() + reserved + cost <= budget;
        if (group.size() >= 3 && fits) {
            return Optional.empty();
        }
        if (group.size() <= 2 && (fits || group.size() <= 1)) {
            return group.mayBeDisrupted() ? Optional.empty() : Optional.of(oneOfFew(group, cost));
        }
        if (cost > budget) {
            return Optional.of(tooMuchAtOnce(group, cost, budget));
        }
        return Optional.of(overBudget(group, reserved, cost, budget));
    }

    private static Objection oneOfFew(Group group, int cost) {
        return objection(
                Verdict.ASK,
                ONE_OF_FEW,
                "it takes out %d of %d %s that %s well"
                        .formatted(
                                cost,
                                group.size() - group.out().size(),
                                group.what(),
                                group.size() - group.out().size() == 1 ? "is" : "are"),
                "a person agrees, or " + group.more(),
                group);
    }

    private static Objection tooMuchAtOnce(Group group, int cost, int budget) {
        return objection(
                Verdict.ASK,
                TOO_MUCH_AT_ONCE,
                "it takes out %d of %d %s at once; at most %d may be out"
                        .formatted(cost, group.size(), group.what(), budget),
                "a person agrees, or " + group.fewer(),
                group);
    }

    private static Objection overBudget(Group group, int reserved, int cost, int budget) {
        String under =
                reserved == 0 ? "" : ", what is under way takes out %d more".formatted(reserved);
        return objection(
                Verdict.WAIT,
                OVER_BUDGET,
                "%d of %d %s are out (%d %%)%s, and it takes out %d; at most %d may be out"
                        .formatted(
                                group.out().size(),
                                group.size(),
                                group.what(),
                                group.out().size() * 100 / group.size(),
                                under,
                                cost,
                                budget),
                group.out().isEmpty()
                        ? "what is under way has ended"
                        : group.out().stream()
                                        .map(Subject::toString)
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + (group.out().size() == 1 ? " is well" : " are well")
                                + " again",
                group);
    }

    private static Objection objection(
            Verdict verdict, String code, String reason, String change, Group group) {
        List<Subject> evidence = new ArrayList<>(group.out());
        evidence.addAll(group.about());
        return new Objection(NAME, verdict, code, reason, change, null, Sorted.copy(evidence));
    }

    private static Optional<Objection> strictest(List<Objection> objections) {
        return objections.stream().max(Comparator.comparing(Objection::verdict));
    }

    /// Those that share a budget.
    ///
    /// @param out those that are out
    /// @param about what they all belong to
    /// @param more what makes one of few one of enough
    /// @param fewer what makes an action take out fewer at once
    private record Group(
            int size,
            int percent,
            List<Subject> out,
            List<Subject> about,
            boolean mayBeDisrupted,
            String what,
            String more,
            String fewer) {
        static Group nodes(Situation situation) {
            List<Subject> all = situation.nodes().stream().map(Node::subject).toList();
            return new Group(
                    all.size(),
                    situation.limits().safety().budgetPercent(),
                    Outage.out(situation),
                    List.of(),
                    false,
                    "nodes",
                    "the cluster has three nodes or more",
                    "fewer are taken at once");
        }

        static Group tasks(Service service, Situation situation) {
            Crew crew = Crew.of(service, situation);
            List<Subject> out = Crew.out(service, situation);
            // A task that was not made yet has no subject, and is out all the same.
            List<Subject> missing = new ArrayList<>(out);
            while (missing.size() < crew.out()) {
                missing.add(service.subject());
            }
            return new Group(
                    crew.size(),
                    situation.limits().safety().budgetPercent(),
                    missing,
                    List.of(service.subject()),
                    ServiceLabels.mayBeDisrupted(service.labels()),
                    "tasks of " + service.subject(),
                    "its update order is start-first, or it is labelled %s=allow"
                            .formatted(ServiceLabels.DISRUPTION),
                    "its update order is start-first, or its update parallelism is lower");
        }
    }
}
