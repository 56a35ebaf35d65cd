package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Service;
import io.homeostat.fact.Watcher;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsGuardTest {
    private final BoundsGuard guard = new BoundsGuard();
    private final SituationFixture situation = new SituationFixture().with(Sample.web(2));

    @Test
    void letsAStepWithinTheBoundsPass() {
        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void deniesAStepUpAtTheMaximumWithItsNumbers() {
        situation.with(Sample.web(5));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.DENY, Objection::verdict)
                .returns(Draft.AT_MAX, Objection::code)
                .returns(
                        "service/demo_web has 5 replicas, and its maximum is 5", Objection::reason);
    }

    @Test
    void deniesAStepDownAtTheMinimum() {
        assertThat(guard.judge(Sample.down(situation), situation))
                .get()
                .returns(Verdict.DENY, Objection::verdict)
                .returns(Draft.AT_MIN, Objection::code);
    }

    @Test
    void deniesAStepUpWithoutAMaximum() {
        situation.with(Sample.web(2, Map.of()));

        assertCode(Sample.up(situation), Draft.NO_MAX);
    }

    @Test
    void leavesAServiceThatWasStoppedAtZero() {
        situation.with(Sample.web(0));

        assertCode(Sample.up(situation), Draft.ZERO_BY_HAND);
        assertCode(Sample.down(situation), Draft.ZERO_BY_HAND);
        assertCode(Sample.proposal(to(3), situation), Draft.ZERO_BY_HAND);
    }

    @Test
    void letsAPersonStartAStoppedServiceAgain() {
        situation.with(Sample.web(0));

        assertThat(guard.judge(Sample.asked(to(3), situation), situation)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,below-min", "6,above-max", "101,over-cap"})
    void holdsForPeopleToo(int replicas, String code) {
        assertThat(guard.judge(Sample.asked(to(replicas), situation), situation))
                .get()
                .returns(Verdict.DENY, Objection::verdict)
                .returns(code, Objection::code);
    }

    @Test
    void letsAPersonScaleAServiceWithoutMaximum() {
        situation.with(Sample.web(2, Map.of()));

        assertThat(guard.judge(Sample.asked(to(9), situation), situation)).isEmpty();
        assertCode(Sample.proposal(to(9), situation), Draft.NO_MAX);
    }

    @Test
    void deniesAnUpThatWouldShrink() {
        Proposal stale =
                new Proposal(
                        new Wish.ScaleUp(Sample.WEB),
                        new Action.ScaleService(Sample.WEB, 4, 3),
                        "",
                        Sample.up(situation).wishers(),
                        Sample.up(situation).evidence(),
                        "i-1",
                        situation.now(),
                        null);

        assertCode(stale, BoundsGuard.WRONG_WAY);
    }

    @Test
    void deniesToScaleAGlobalServiceOrAJob() {
        situation.with(Sample.service(Service.Mode.GLOBAL, null, Service.Update.NONE, Map.of()));

        assertCode(Sample.up(situation), Draft.NOT_REPLICATED);
        assertThat(guard.judge(Sample.restart(situation), situation)).isEmpty();

        situation.with(
                Sample.service(Service.Mode.REPLICATED_JOB, null, Service.Update.NONE, Map.of()));
        assertCode(Sample.up(situation), Draft.NOT_REPLICATED);
        assertCode(Sample.restart(situation), Draft.IS_A_JOB);
    }

    @Test
    void deniesWhatIsThereAlready() {
        assertCode(Sample.asked(to(2), situation), Draft.IS_THERE);
    }

    @Test
    void deniesAnUnknownServiceOnlyWhileServicesAreSeen() {
        SituationFixture empty = new SituationFixture();
        assertThat(guard.judge(Sample.up(empty), empty))
                .get()
                .returns(Draft.UNKNOWN_SERVICE, Objection::code);

        empty.blind(Watcher.SERVICES, "not looked yet");
        assertThat(guard.judge(Sample.up(empty), empty)).isEmpty();
    }

    @Test
    void readsTheMaximumThatTheCapLeaves() {
        situation.with(Limiting.cap(3)).with(Sample.web(3));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(
                        "service/demo_web has 3 replicas, and its maximum is 3", Objection::reason);
    }

    private void assertCode(Proposal proposal, String code) {
        assertThat(guard.judge(proposal, situation))
                .get()
                .returns(Verdict.DENY, Objection::verdict)
                .returns(code, Objection::code);
    }

    private static Wish to(int replicas) {
        return new Wish.ScaleTo(Sample.WEB, replicas);
    }
}
