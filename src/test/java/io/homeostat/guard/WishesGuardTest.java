package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Wish;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WishesGuardTest {
    private static final Instant LATER = SituationFixture.NOW.plusSeconds(40);

    private final WishesGuard guard = new WishesGuard();
    private final SituationFixture situation = new SituationFixture().with(Sample.web(4));

    @Test
    void letsPassWhatNothingElseIsWishedAgainst() {
        assertThat(guard.judge(Sample.down(situation), situation)).isEmpty();
    }

    @Test
    void letsTheLargerWishPassAndNamesItToTheOther() {
        situation.rivalled(5, "scale up service/demo_web");

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
        assertThat(guard.judge(Sample.down(situation), situation))
                .get()
                .returns(Verdict.DENY, Objection::verdict)
                .returns(WishesGuard.OUTVOTED, Objection::code)
                .returns(
                        "scale up service/demo_web is wished too, which is 5 replicas and more than"
                                + " 3, and the largest wish counts",
                        Objection::reason)
                .returns("scale up service/demo_web is not wished any more", Objection::change);
    }

    @Test
    void aMeasuredNumberWaitsForTheHighestOfTheWindow() {
        situation.wishedLately(4, LATER);

        assertThat(
                        guard.judge(
                                Sample.proposal(new Wish.ScaleTo(Sample.WEB, 2), situation),
                                situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(WishesGuard.RECENT_WISH, Objection::code)
                .returns(LATER, Objection::until);
    }

    @Test
    void aStepDownThatAnAlertAsksForHasItsOwnPause() {
        situation.wishedLately(4, LATER);

        assertThat(guard.judge(Sample.down(situation), situation)).isEmpty();
    }

    @Test
    void aPersonIsNotOutvoted() {
        situation.rivalled(5, "scale up service/demo_web").wishedLately(5, LATER);

        assertThat(guard.judge(Sample.asked(new Wish.ScaleTo(Sample.WEB, 2), situation), situation))
                .isEmpty();
    }
}
