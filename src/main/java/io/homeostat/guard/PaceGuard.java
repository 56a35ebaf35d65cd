package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Not too fast: a rule leaves a subject alone after it acted on it, and acts again only on newer
/// evidence. What is only recorded has a pace of its own, and so has what metrics ask for: its
/// windows and policies are in the number already.
final class PaceGuard implements Guard {
    static final String NAME = "pace";

    /// The rule acted on this subject not long ago.
    static final String COOLDOWN = "cooldown";

    /// The replicas changed not long ago, by whomever.
    static final String JUST_SCALED = "just-scaled";

    /// A failed or conflicted action is not tried again yet.
    static final String BACKOFF = "backoff";

    /// An action of this kind took effect, and nothing newer says that it is still needed.
    static final String NEEDS_CONFIRMATION = "needs-confirmation";

    private final AutonomyGuard autonomy;

    PaceGuard(AutonomyGuard autonomy) {
        this.autonomy = autonomy;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        Action action = proposal.action();
        if (action == null) {
            return Optional.empty();
        }
        boolean inShadow =
                !Approval.isGranted(proposal, situation)
                        && autonomy.judge(proposal, situation)
                                .filter(objection -> objection.verdict() == Verdict.SHADOW)
                                .isPresent();
        List<Pause> pauses = new ArrayList<>(cooldowns(action, proposal, situation, inShadow));
        // Giving replicas back is no step: the number was decided before, at its own pace.
        boolean repeats = proposal.wish() instanceof Wish.KeepReplicas;
        boolean isTracked = Tracked.isSo(proposal.wish(), proposal.evidence(), situation::tracking);
        if (!proposal.isRequest()
                && !repeats
                && !isTracked
                && action instanceof Action.ScaleService scale) {
            afterScaling(scale, situation).ifPresent(pauses::add);
        }
        backoff(proposal, situation).ifPresent(pauses::add);
        // One reason at a time, the one that lasts longest: when it is over, the rest is judged.
        return pauses.stream()
                .filter(pause -> pause.until().isAfter(situation.now()))
                .max(Comparator.comparing(Pause::until))
                .map(pause -> pause.objection(proposal.subject()))
                .or(() ->
                        repeats || isTracked
                                ? Optional.empty()
                                : confirmation(action, proposal, situation, inShadow));
    }

    /// Each wishing rule's own cooldown; for scalings the rhythm of steps, unless the rule says
    /// otherwise.
    private static List<Pause> cooldowns(
            Action action, Proposal proposal, Situation situation, boolean inShadow) {
        Limits limits = situation.limits();
        Duration usual =
                Tracked.isSo(proposal.wish(), proposal.evidence(), situation::tracking)
                        ? Duration.ZERO
                        : isScaling(action) ? limits.scaleEvery() : limits.cooldown();
        List<Pause> pauses = new ArrayList<>();
        for (Map.Entry<String, Proposal.Wisher> wisher : proposal.wishers().entrySet()) {
            String rule = wisher.getKey();
            Instant last = situation.lastAction(rule, proposal.subject(), inShadow);
            if (last != null) {
                Duration cooldown = Objects.requireNonNullElse(wisher.getValue().cooldown(), usual);
                pauses.add(
                        new Pause(
                                COOLDOWN,
                                last.plus(cooldown),
                                "rule \"%s\" acted on %s at %s and leaves it alone for %s"
                                        .formatted(
                                                rule,
                                                proposal.subject(),
                                                Wording.clock(last),
                                                Wording.seconds(cooldown))));
            }
        }
        return pauses;
    }

    private static Optional<Pause> afterScaling(Action.ScaleService scale, Situation situation) {
        Instant last = situation.lastScaled(scale.service());
        if (last == null) {
            return Optional.empty();
        }
        Limits limits = situation.limits();
        Duration pause = scale.isUp() ? limits.scaleUpAfter() : limits.scaleDownAfter();
        return Optional.of(
                new Pause(
                        JUST_SCALED,
                        last.plus(pause),
                        "the replicas of %s changed at %s, and it is not scaled %s within %s"
                                .formatted(
                                        scale.subject(),
                                        Wording.clock(last),
                                        scale.isUp() ? "up" : "down",
                                        Wording.seconds(pause))));
    }

    private static Optional<Pause> backoff(Proposal proposal, Situation situation) {
        Instant notBefore = situation.notBefore(proposal.kind(), proposal.subject());
        return Optional.ofNullable(notBefore)
                .map(until ->
                        new Pause(
                                BACKOFF,
                                until,
                                "the last %s of %s did not succeed, and the next attempt waits"
                                        .formatted(proposal.kind(), proposal.subject())));
    }

    /// The alert's own delay must never look like an action that did not help.
    private static Optional<Objection> confirmation(
            Action action, Proposal proposal, Situation situation, boolean inShadow) {
        Instant effect = situation.lastEffect(proposal.kind(), proposal.subject(), inShadow);
        if (effect == null || proposal.isRequest()) {
            return Optional.empty();
        }
        Limits limits = situation.limits();
        Instant after = effect.plus(isScaling(action) ? limits.scaleEvery() : limits.settle());
        List<Subject> confirmable =
                proposal.evidence().stream().filter(PaceGuard::isConfirmable).toList();
        String reason =
                "the last %s of %s took effect at %s"
                        .formatted(proposal.kind(), proposal.subject(), Wording.clock(effect));
        if (confirmable.isEmpty()) {
            // Without such a one the evidence is what the watchers see, which is always new.
            Pause pause = new Pause(NEEDS_CONFIRMATION, after, reason + " and settles");
            return after.isAfter(situation.now())
                    ? Optional.of(pause.objection(proposal.subject()))
                    : Optional.empty();
        }
        boolean confirmed =
                confirmable.stream()
                        .map(evidence -> confirmedAt(evidence, situation))
                        .anyMatch(at -> isLater(at, after));
        return confirmed
                ? Optional.empty()
                : Optional.of(
                        Objection.of(
                                NAME,
                                Verdict.WAIT,
                                NEEDS_CONFIRMATION,
                                reason
                                        + ", and "
                                        + unconfirmed(confirmable)
                                        + " later than it settled",
                                confirmation(confirmable) + " after " + Wording.clock(after),
                                confirmable.toArray(Subject[]::new)));
    }

    /// What comes from outside may be older than the effect of what was done for it.
    private static boolean isConfirmable(Subject evidence) {
        return evidence.kind() == Subject.Kind.ALERT || evidence.kind() == Subject.Kind.CUSTOM;
    }

    private static @Nullable Instant confirmedAt(Subject evidence, Situation situation) {
        return evidence.kind() == Subject.Kind.ALERT
                ? situation.confirmedAt(evidence.name())
                : situation.toldAt(evidence);
    }

    private static boolean hasAlert(List<Subject> evidence) {
        return evidence.stream().anyMatch(each -> each.kind() == Subject.Kind.ALERT);
    }

    private static String unconfirmed(List<Subject> evidence) {
        return hasAlert(evidence)
                ? "its alert was not confirmed"
                : evidence.getFirst() + " was not told again";
    }

    private static String confirmation(List<Subject> evidence) {
        return hasAlert(evidence)
                ? "the alert is confirmed firing"
                : evidence.getFirst() + " is told again";
    }

    private static boolean isLater(@Nullable Instant at, Instant than) {
        return at != null && at.isAfter(than);
    }

    private static boolean isScaling(Action action) {
        return action instanceof Action.ScaleService;
    }

    /// Something that is over by itself.
    private record Pause(String code, Instant until, String reason) {
        Objection objection(Subject subject) {
            return Objection.waiting(
                    NAME, code, reason, Wording.clock(until) + " comes", until, subject);
        }
    }
}
