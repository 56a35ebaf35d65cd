package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Wish;
import io.homeostat.fact.Aspect;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HandsOffGuardTest {
    private static final Instant NOW = SituationFixture.NOW;
    private static final Instant LATELY = NOW.minus(Duration.ofMinutes(10));

    private final HandsOffGuard guard = new HandsOffGuard();
    private final SituationFixture situation = new SituationFixture().with(Sample.web(2));

    @Test
    void letsPassWhatNobodyChanged() {
        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void asksBeforeItScalesWhatAPersonScaledAndSaysWhenAndForHowLong() {
        situation.changedByHand(Sample.WEB_SUBJECT, Aspect.REPLICAS, LATELY);

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.ASK, Objection::verdict)
                .returns(HandsOffGuard.BY_HAND, Objection::code)
                .returns(NOW.plus(Duration.ofMinutes(20)), Objection::until)
                .returns(
                        "a person changed the replicas of service/demo_web at"
                                + " 2026-03-01 11:50:00 UTC, and for 1800 s that is left to people",
                        Objection::reason)
                .returns(
                        "2026-03-01 12:20:00 UTC comes, or a person requests it",
                        Objection::change);
    }

    @Test
    void letsPassWhenTheTimeIsOver() {
        situation.changedByHand(
                Sample.WEB_SUBJECT, Aspect.REPLICAS, NOW.minus(Duration.ofMinutes(30)));

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void leavesOnlyTheSideThatWasChanged() {
        situation.changedByHand(Sample.WEB_SUBJECT, Aspect.IMAGE, LATELY);
        situation.changedByHand(Sample.WEB_SUBJECT, Aspect.CONFIG, LATELY);

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void letsARestartPassForItTakesNothingOfThePersonsBack() {
        situation.changedByHand(Sample.WEB_SUBJECT, Aspect.IMAGE, LATELY);
        situation.changedByHand(Sample.WEB_SUBJECT, Aspect.CONFIG, LATELY);
        situation.changedByHand(Sample.WEB_SUBJECT, Aspect.REPLICAS, LATELY);

        assertThat(guard.judge(Sample.restart(situation), situation)).isEmpty();
    }

    @Test
    void waitsWhileItMayTurnOutToBeADeploymentOfTheStack() {
        situation.changedByHand(Sample.WEB_SUBJECT, Aspect.REPLICAS, NOW.minusSeconds(2));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(HandsOffGuard.UNCLEAR, Objection::code)
                .returns(NOW.plusSeconds(3), Objection::until);
    }

    @Test
    void letsPassWhatAPersonRequests() {
        situation.changedByHand(Sample.WEB_SUBJECT, Aspect.REPLICAS, LATELY);

        assertThat(guard.judge(Sample.asked(new Wish.ScaleTo(Sample.WEB, 4), situation), situation))
                .isEmpty();
    }
}
