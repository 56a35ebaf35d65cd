package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Tracking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All guards, in their order. Its verdict is the strictest of theirs; all that object are listed.
public final class GuardRail {
    private final List<Guard> guards;

    GuardRail(List<Guard> guards) {
        this.guards = List.copyOf(guards);
    }

    /// The rail that everything passes, whoever wishes it.
    public static GuardRail standard() {
        AutonomyGuard autonomy = new AutonomyGuard();
        return new GuardRail(
                List.of(
                        new ClearanceGuard(),
                        new SelfGuard(),
                        new FreezeGuard(),
                        autonomy,
                        new KnowledgeGuard(),
                        new BoundsGuard(),
                        new QuorumGuard(),
                        new DisruptionGuard(),
                        new StormGuard(),
                        new HandsOffGuard(),
                        new InFlightGuard(),
                        new WishesGuard(),
                        new PaceGuard(autonomy),
                        new AttemptsGuard(),
                        new RateGuard(),
                        new PolicyGuard(),
                        new ApprovalGuard()));
    }

    /// The same rail with other guards in the places of some.
    GuardRail replacing(UnaryOperator<Guard> instead) {
        return new GuardRail(guards.stream().map(instead).toList());
    }

    /// The guards' names, in the rail's order.
    public List<String> names() {
        return guards.stream().map(Guard::name).toList();
    }

    /// Judges what is wished in this situation.
    ///
    /// @param decisionId the ID that the decision gets
    public Decision judge(Proposal proposal, Situation situation, String decisionId) {
        List<Objection> objections = new ArrayList<>();
        for (Guard guard : guards) {
            guard.judge(proposal, situation).ifPresent(objections::add);
        }
        Approval approval = Approval.of(proposal, situation);
        boolean isPersons = proposal.isRequest() || (approval != null && approval.isUsable());
        boolean asks = objections.stream().anyMatch(o -> o.verdict() == Verdict.ASK);
        objections.removeIf(o ->
                (isPersons && isMetByAPerson(o))
                        || proposal.overrides().contains(o.guard())
                        || (!asks && o.code().equals(ApprovalGuard.UNANSWERED)));
        Verdict verdict = strictest(objections.stream());
        Verdict shadowed =
                verdict == Verdict.SHADOW
                        ? strictest(
                                objections.stream()
                                        .filter(o -> !o.guard().equals(AutonomyGuard.NAME)))
                        : verdict;
        return new Decision(
                decisionId,
                situation.now(),
                proposal.incident(),
                proposal.rules(),
                proposal.wish(),
                proposal.action(),
                verdict,
                shadowed,
                objections,
                proposal.evidence(),
                reason(proposal, situation, verdict, objections, approval));
    }

    /// What a person's word is enough for, whether they request or approve: whatever asks for it,
    /// how far rules may go by themselves, and that what was tried did not help.
    private static boolean isMetByAPerson(Objection objection) {
        return objection.verdict() == Verdict.ASK
                || objection.guard().equals(AutonomyGuard.NAME)
                || objection.guard().equals(AttemptsGuard.NAME);
    }

    private static Verdict strictest(Stream<Objection> objections) {
        return objections
                .map(Objection::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.ALLOW);
    }

    private static String reason(
            Proposal proposal,
            Situation situation,
            Verdict verdict,
            List<Objection> objections,
            @Nullable Approval approval) {
        String what = what(proposal, situation);
        String because = because(proposal, situation);
        String why =
                objections.stream()
                        .filter(objection -> objection.verdict() == verdict)
                        .map(Objection::reason)
                        .collect(Collectors.joining("; "));
        return switch (verdict) {
            case ALLOW -> what + because + approved(approval);
            case SHADOW -> "would %s%s: %s".formatted(what, because, why);
            case ASK -> "asks before it may %s%s: %s".formatted(what, because, why);
            case WAIT -> "waits to %s%s: %s".formatted(what, because, why);
            case DENY -> "does not %s%s: %s".formatted(what, because, why);
        };
    }

    private static String approved(@Nullable Approval approval) {
        return approval != null && approval.isUsable()
                ? "; %s approved it: %s".formatted(approval.by(), approval.why())
                : "";
    }

    private static String what(Proposal proposal, Situation situation) {
        return switch (proposal.action()) {
            case null -> proposal.wish().text();
            case Action.ScaleService scale ->
                    scale.text() + bounds(situation.service(scale.service()));
            case Action.RollbackService back ->
                    back.text() + image(situation.knownGood(back.service()));
            case Action.RestartService _, Action.DeployService _, Action.SetAvailability _ ->
                    proposal.action().text();
            case Action.PostNotice post -> post.text();
        };
    }

    private static String image(@Nullable KnownGood good) {
        return good == null
                ? ""
                : " to %s, known to be good since %s"
                        .formatted(good.image(), Wording.clock(good.at()));
    }

    private static String bounds(@Nullable Service service) {
        if (service == null) {
            return "";
        }
        Integer max = service.scale().max();
        return " (bounds %d..%s)".formatted(service.scale().min(), max == null ? "" : max);
    }

    private static String because(Proposal proposal, Situation situation) {
        if (proposal.by() != null) {
            String overriding =
                    proposal.overrides().isEmpty()
                            ? ""
                            : ", overriding " + String.join(" and ", proposal.overrides());
            return ", because %s wishes it%s".formatted(proposal.by(), overriding);
        }
        if (proposal.wish() instanceof Wish.KeepReplicas) {
            return ", because a deployment or a rollback reset what had been set for the load";
        }
        List<String> alerts = new ArrayList<>();
        List<String> measured = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Subject subject : proposal.evidence()) {
            Alert alert =
                    subject.kind() == Subject.Kind.ALERT ? situation.alert(subject.name()) : null;
            Tracking tracking =
                    subject.kind() == Subject.Kind.TRACKING
                            ? situation.tracking(subject.name())
                            : null;
            if (tracking != null) {
                measured.add(tracking.why());
            } else if (alert == null) {
                others.add(subject.toString());
            } else {
                alerts.add(alert.name());
            }
        }
        List<String> reasons = new ArrayList<>();
        if (!alerts.isEmpty()) {
            reasons.add(
                    alerts.size() == 1
                            ? "alert %s fires".formatted(alerts.getFirst())
                            : "alerts %s fire".formatted(String.join(", ", alerts)));
        }
        if (!others.isEmpty()) {
            reasons.add("of " + String.join(", ", others));
        }
        reasons.addAll(measured);
        return reasons.isEmpty() ? "" : ", because " + String.join(" and ", reasons);
    }
}
