package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Watcher;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many replicas there may be; and why there is nothing to do when there is not.
final class BoundsGuard implements Guard {
    static final String NAME = "bounds";

    /// Fewer replicas than the minimum.
    static final String BELOW_MIN = "below-min";

    /// More replicas than the service's maximum.
    static final String ABOVE_MAX = "above-max";

    /// More replicas than any service may have.
    static final String OVER_CAP = "over-cap";

    /// An "up" that would shrink, or a "down" that would grow.
    static final String WRONG_WAY = "wrong-way";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        Subject subject = proposal.subject();
        Service service =
                subject.kind() == Subject.Kind.SERVICE ? situation.service(subject.name()) : null;
        return switch (proposal.action()) {
            case null -> nothing(proposal, service, situation);
            case Action.ScaleService scale ->
                    service == null
                            ? Optional.empty()
                            : scaling(scale, proposal, service, situation);
            case Action.RestartService _,
                    Action.RollbackService _,
                    Action.DeployService _,
                    Action.SetAvailability _,
                    Action.PostNotice _ ->
                    Optional.empty();
        };
    }

    private static Optional<Objection> nothing(
            Proposal proposal, @Nullable Service service, Situation situation) {
        Subject subject = proposal.subject();
        if (subject.kind() == Subject.Kind.NODE) {
            return nothingOnNode(proposal.nothing(), subject, situation);
        }
        if (service == null) {
            Watcher watcher = situation.watcher(Watcher.SERVICES);
            // Not knowing it means something only while we see; KnowledgeGuard waits meanwhile.
            boolean sees = watcher != null && watcher.isSeeing();
            return sees
                    ? deny(
                            proposal.nothing(),
                            "there is no " + subject,
                            "a service of that name is created",
                            subject)
                    : Optional.empty();
        }
        return deny(
                proposal.nothing(),
                why(proposal.nothing(), service, situation.limits()),
                change(proposal.nothing(), service),
                subject);
    }

    private static Optional<Objection> nothingOnNode(
            String nothing, Subject subject, Situation situation) {
        if (nothing.equals(Draft.UNKNOWN_NODE)) {
            Watcher watcher = situation.watcher(Watcher.NODES);
            return watcher != null && watcher.isSeeing()
                    ? deny(nothing, "there is no " + subject, "a node of that ID joins", subject)
                    : Optional.empty();
        }
        Node node = situation.node(subject.name());
        return deny(
                nothing,
                "%s is already %s"
                        .formatted(
                                subject,
                                node == null
                                        ? "so"
                                        : node.availability().name().toLowerCase(Locale.ROOT)),
                "something else is wished",
                subject);
    }

    private static String why(String nothing, Service service, Limits limits) {
        Subject subject = service.subject();
        Integer max = service.scale().max();
        return switch (nothing) {
            case Draft.AT_MAX ->
                    "%s has %d replicas, and its maximum is %d"
                            .formatted(
                                    subject,
                                    service.replicas(),
                                    max == null ? limits.replicasMax() : Draft.most(max, limits));
            case Draft.AT_MIN ->
                    "%s has %d replicas, and its minimum is %d"
                            .formatted(subject, service.replicas(), Draft.fewest(service.scale()));
            case Draft.NO_MAX -> subject + " has no readable maximum, so it is not scaled up";
            case Draft.NOT_REPLICATED ->
                    "%s is %s, so it has no replicas to scale"
                            .formatted(subject, Wording.mode(service.mode()));
            case Draft.ZERO_BY_HAND ->
                    subject + " has 0 replicas; somebody stopped it, and it stays stopped";
            case Draft.IS_THERE ->
                    "%s already has %d replicas".formatted(subject, service.replicas());
            case Draft.IS_A_JOB ->
                    "%s is %s; a write would run it again"
                            .formatted(subject, Wording.mode(service.mode()));
            case Draft.NO_KNOWN_GOOD ->
                    "no specification of %s is known to be good, so there is nothing to go back to"
                            .formatted(subject);
            case Draft.IS_DEPLOYED ->
                    "%s is specified with %s already".formatted(subject, service.image());
            case Draft.IS_KNOWN_GOOD ->
                    subject + " is specified as when it was last known to be good";
            default -> throw new IllegalArgumentException("unknown reason for nothing: " + nothing);
        };
    }

    private static String change(String nothing, Service service) {
        String label = " of " + service.subject();
        return switch (nothing) {
            case Draft.AT_MAX -> "the label " + ServiceLabels.MAX + label + " is raised";
            case Draft.AT_MIN -> "the label " + ServiceLabels.MIN + label + " is lowered";
            case Draft.NO_MAX ->
                    "the label " + ServiceLabels.MAX + label + " is set to a whole number";
            case Draft.ZERO_BY_HAND -> "a person gives it replicas again";
            case Draft.NO_KNOWN_GOOD ->
                    "all its tasks run for homeostat.watch without an alert about it, or a person mends it";
            case Draft.NOT_REPLICATED,
                    Draft.IS_THERE,
                    Draft.IS_A_JOB,
                    Draft.IS_DEPLOYED,
                    Draft.IS_KNOWN_GOOD ->
                    "something else is wished";
            default -> throw new IllegalArgumentException("unknown reason for nothing: " + nothing);
        };
    }

    private static Optional<Objection> scaling(
            Action.ScaleService scale, Proposal proposal, Service service, Situation situation) {
        Subject subject = scale.subject();
        if (isWrongWay(proposal.wish(), scale)) {
            return deny(
                    WRONG_WAY,
                    "%s was wished, and from %d to %d goes the other way"
                            .formatted(proposal.wish().text(), scale.from(), scale.to()),
                    "it is looked at and decided again",
                    subject);
        }
        int cap = situation.limits().replicasMax();
        if (scale.isUp() && scale.to() > cap) {
            return deny(
                    OVER_CAP,
                    "%d replicas are more than the %d that any service may have"
                            .formatted(scale.to(), cap),
                    "the cap over all services is raised, or fewer are wished",
                    subject);
        }
        return scale.isUp()
                ? growing(scale, proposal, service, situation.limits())
                : shrinking(scale, service);
    }

    private static boolean isWrongWay(Wish wish, Action.ScaleService scale) {
        return switch (wish) {
            case Wish.ScaleUp _, Wish.KeepReplicas _ -> !scale.isUp();
            case Wish.ScaleDown _ -> scale.isUp();
            case Wish.ScaleTo _,
                    Wish.Restart _,
                    Wish.Rollback _,
                    Wish.Deploy _,
                    Wish.Drain _,
                    Wish.Activate _,
                    Wish.Escalate _ ->
                    false;
        };
    }

    private static Optional<Objection> growing(
            Action.ScaleService scale, Proposal proposal, Service service, Limits limits) {
        Integer max = service.scale().max();
        if (max != null && scale.to() > max) {
            return deny(
                    ABOVE_MAX,
                    "%d replicas are more than the maximum %d of %s"
                            .formatted(scale.to(), max, service.subject()),
                    change(Draft.AT_MAX, service),
                    service.subject());
        }
        if (proposal.isRequest()) {
            return Optional.empty();
        }
        String nothing = scale.from() == 0 ? Draft.ZERO_BY_HAND : max == null ? Draft.NO_MAX : "";
        return nothing.isEmpty()
                ? Optional.empty()
                : deny(
                        nothing,
                        why(nothing, service, limits),
                        change(nothing, service),
                        service.subject());
    }

    private static Optional<Objection> shrinking(Action.ScaleService scale, Service service) {
        int min = service.scale().min();
        return scale.to() >= min
                ? Optional.empty()
                : deny(
                        BELOW_MIN,
                        "%d replicas are fewer than the minimum %d of %s"
                                .formatted(scale.to(), min, service.subject()),
                        change(Draft.AT_MIN, service),
                        service.subject());
    }

    private static Optional<Objection> deny(
            String code, String reason, String change, Subject subject) {
        return Optional.of(Objection.of(NAME, Verdict.DENY, code, reason, change, subject));
    }
}
