package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Wish;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Tracking;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaceGuardTest {
    private static final Instant NOW = SituationFixture.NOW;
    private static final Subject WEB = Sample.WEB_SUBJECT;

    private static final Set<Subject> TRACKED = Set.of(Subject.tracking(Sample.WEB));

    private final PaceGuard guard = new PaceGuard(new AutonomyGuard());
    private final SituationFixture situation =
            new SituationFixture().with(Sample.web(3)).firing("a1", "HighLoad", ago(1));

    @Test
    void replicasAreGivenBackWithoutAPause() {
        situation.with(Sample.web(2)).scaled(Sample.WEB, NOW).tookEffect("scale", WEB, false, NOW);
        Proposal keep =
                Sample.wished(
                        new Wish.KeepReplicas(Sample.WEB, 5),
                        situation,
                        Map.of("keep replicas", new Proposal.Wisher(Autonomy.AUTO, Duration.ZERO)));

        assertThat(guard.judge(keep, situation)).isEmpty();
    }

    /// Windows and policies are in the number; the pauses of steps are not for it.
    @Test
    void whatMetricsAskForHasItsOwnPace() {
        justScaled();
        Wish four = new Wish.ScaleTo(Sample.WEB, 4);
        situation.with(tracking(4));

        assertThat(guard.judge(Sample.restingOn(four, situation, TRACKED), situation)).isEmpty();
    }

    @Test
    void anotherNumberThanMetricsAskForHasNoClaimToThat() {
        justScaled();
        situation.with(tracking(4));

        assertThat(
                        guard.judge(
                                Sample.restingOn(
                                        new Wish.ScaleTo(Sample.WEB, 5), situation, TRACKED),
                                situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict);
        assertThat(
                        guard.judge(
                                Sample.restingOn(
                                        new Wish.ScaleTo(Sample.WEB, 4), situation, Set.of()),
                                situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict);
    }

    @Test
    void whatMetricsAskForHeedsTheCooldownThatItsRuleNames() {
        justScaled();
        situation.with(tracking(4));
        Proposal cooling =
                Sample.restingOn(
                        new Wish.ScaleTo(Sample.WEB, 4),
                        situation,
                        Map.of(
                                Sample.RULE,
                                new Proposal.Wisher(Autonomy.AUTO, Duration.ofSeconds(60))),
                        TRACKED);

        assertThat(guard.judge(cooling, situation))
                .get()
                .returns(PaceGuard.COOLDOWN, Objection::code);
    }

    @Test
    void whatMetricsAskForWaitsAfterAFailureLikeAllElse() {
        situation.with(tracking(4)).notBefore("scale", WEB, NOW.plusSeconds(1));

        assertThat(
                        guard.judge(
                                Sample.restingOn(
                                        new Wish.ScaleTo(Sample.WEB, 4), situation, TRACKED),
                                situation))
                .get()
                .returns(PaceGuard.BACKOFF, Objection::code);
    }

    private void justScaled() {
        situation
                .acted(Sample.RULE, WEB, false, ago(1))
                .scaled(Sample.WEB, ago(1))
                .tookEffect("scale", WEB, false, ago(1));
    }

    private static Tracking tracking(int replicas) {
        return new Tracking(
                Sample.web(3).alerted(),
                replicas,
                Tracking.Hold.NONE,
                Sorted.copy(Set.<String>of()),
                "load is high");
    }

    @Test
    void letsTheFirstStepPass() {
        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void leavesServiceAloneDuringCooldown() {
        situation.acted(Sample.RULE, WEB, false, ago(119));

        assertThat(guard.judge(Sample.restart(situation), situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(PaceGuard.COOLDOWN, Objection::code)
                .returns(NOW.plusSeconds(1), Objection::until);
    }

    @Test
    void goesOnWhenTheCooldownIsOver() {
        situation.acted(Sample.RULE, WEB, false, ago(120));

        assertThat(guard.judge(Sample.restart(situation), situation)).isEmpty();
    }

    @Test
    void takesTheRulesOwnCooldown() {
        situation.acted(Sample.RULE, WEB, false, ago(150));

        assertThat(guard.judge(Sample.cooling(situation, Duration.ofSeconds(160)), situation))
                .get()
                .returns(NOW.plusSeconds(10), Objection::until);
        assertThat(guard.judge(Sample.cooling(situation, Duration.ofSeconds(140)), situation))
                .isEmpty();
    }

    @Test
    void doesNotHoldOneRuleForWhatAnotherDid() {
        situation.acted("another rule", WEB, false, ago(1));

        assertThat(guard.judge(Sample.restart(situation), situation)).isEmpty();
    }

    @Test
    void keepsThePaceOfShadowApart() {
        situation.acted(Sample.RULE, WEB, true, ago(10));

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();

        situation.with(Limiting.ceiling(Autonomy.SHADOW));
        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(PaceGuard.COOLDOWN, Objection::code);
    }

    @Test
    void stepsUpSoonerThanDownAfterAnyChange() {
        situation.scaled(Sample.WEB, ago(61));

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
        assertThat(guard.judge(Sample.down(situation), situation))
                .get()
                .returns(PaceGuard.JUST_SCALED, Objection::code)
                .returns(NOW.plusSeconds(239), Objection::until);
    }

    @Test
    void doesNotHoldAPersonForAChangeOfReplicas() {
        situation.scaled(Sample.WEB, ago(1));

        assertThat(guard.judge(Sample.asked(new Wish.ScaleTo(Sample.WEB, 2), situation), situation))
                .isEmpty();
    }

    @Test
    void stepsAgainOnlyOnAnAlertConfirmedAfterTheRhythmOfSteps() {
        situation.tookEffect("scale", WEB, false, ago(200)).firing("a1", "HighLoad", ago(80));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(PaceGuard.NEEDS_CONFIRMATION, Objection::code)
                .returns(null, Objection::until)
                .returns(
                        "the alert is confirmed firing after 2026-03-01 11:58:40 UTC",
                        Objection::change);

        situation.firing("a1", "HighLoad", ago(79));
        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void restartsAgainOnlyOnAnAlertConfirmedAfterItSettled() {
        situation.tookEffect("restart", WEB, false, ago(200)).firing("a1", "HighLoad", ago(140));
        assertThat(guard.judge(Sample.restart(situation), situation))
                .get()
                .returns(PaceGuard.NEEDS_CONFIRMATION, Objection::code);

        situation.firing("a1", "HighLoad", ago(139));
        assertThat(guard.judge(Sample.restart(situation), situation)).isEmpty();
    }

    @Test
    void restartsAgainOnlyOnACustomFactToldAfterItSettled() {
        Subject orders = Subject.custom("queue", "orders");
        situation.tookEffect("restart", WEB, false, ago(200)).told(orders, ago(140));
        Proposal restart =
                Sample.restingOn(new Wish.Restart(Sample.WEB), situation, Set.of(orders));
        assertThat(guard.judge(restart, situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(PaceGuard.NEEDS_CONFIRMATION, Objection::code)
                .returns(
                        "custom/queue/orders is told again after 2026-03-01 11:57:40 UTC",
                        Objection::change);

        situation.told(orders, ago(139));
        assertThat(guard.judge(restart, situation)).isEmpty();
    }

    @Test
    void asksNoConfirmationOfAPerson() {
        situation.tookEffect("restart", WEB, false, ago(1));

        assertThat(guard.judge(Sample.asked(new Wish.Restart(Sample.WEB), situation), situation))
                .isEmpty();
    }

    @Test
    void waitsForTheTimeAloneWhenNoAlertIsTheReason() {
        situation.tookEffect("restart", WEB, false, ago(59));

        assertThat(guard.judge(withoutAlerts(), situation))
                .get()
                .returns(NOW.plusSeconds(1), Objection::until);

        situation.tookEffect("restart", WEB, false, ago(60));
        assertThat(guard.judge(withoutAlerts(), situation)).isEmpty();
    }

    @Test
    void waitsBeforeItTriesAgainWhatFailedForPeopleToo() {
        situation.notBefore("scale", WEB, NOW.plusSeconds(4));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(PaceGuard.BACKOFF, Objection::code)
                .returns(NOW.plusSeconds(4), Objection::until);
        assertThat(guard.judge(Sample.asked(new Wish.ScaleTo(Sample.WEB, 4), situation), situation))
                .isPresent();
    }

    private Proposal withoutAlerts() {
        return Sample.wished(
                new Wish.Restart(Sample.WEB),
                situation,
                Map.of(Sample.RULE, new Proposal.Wisher(Autonomy.AUTO, null)));
    }

    private static Instant ago(long seconds) {
        return NOW.minusSeconds(seconds);
    }
}
