package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Expectation;
import io.homeostat.action.Undertaking;
import io.homeostat.action.Wish;
import io.homeostat.fact.Service;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InFlightGuardTest {
    private static final Instant NOW = SituationFixture.NOW;

    private final InFlightGuard guard = new InFlightGuard();
    private final SituationFixture situation = new SituationFixture().with(Sample.web(2));

    @Test
    void letsPassWhenNothingIsUnderWay() {
        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void waitsForTheOutcomeOfTheActionUnderWay() {
        situation.with(undertaking(Sample.WEB));

        assertThat(guard.judge(Sample.restart(situation), situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(InFlightGuard.UNSETTLED, Objection::code)
                .satisfies(objection ->
                        assertThat(objection.reason())
                                .contains("scale service/demo_web from 2 to 3"));
    }

    @Test
    void letsPassWhatIsUnderWayElsewhere() {
        situation.with(undertaking("demo_other"));

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void waitsWhileSwarmUpdatesTheService() {
        situation.with(
                Sample.service(
                        Service.Mode.REPLICATED,
                        2,
                        Service.Update.ROLLBACK_STARTED,
                        Sample.TWO_TO_FIVE));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(InFlightGuard.UPDATING, Objection::code);
    }

    @Test
    void givesReplicasBackWhileAnUpdateRunsButNotWhileSwarmRollsBack() {
        Wish keep = new Wish.KeepReplicas(Sample.WEB, 4);
        SituationFixture updating = whileIt(Service.Update.UPDATING);
        SituationFixture back = whileIt(Service.Update.ROLLBACK_STARTED);

        assertThat(guard.judge(Sample.proposal(keep, updating), updating)).isEmpty();
        assertThat(guard.judge(Sample.proposal(keep, back), back))
                .get()
                .returns(InFlightGuard.UPDATING, Objection::code);
    }

    private static SituationFixture whileIt(Service.Update update) {
        return new SituationFixture()
                .with(Sample.service(Service.Mode.REPLICATED, 2, update, Sample.TWO_TO_FIVE));
    }

    @Test
    void letsPassAfterAnUpdateWasPaused() {
        situation.with(
                Sample.service(
                        Service.Mode.REPLICATED, 2, Service.Update.PAUSED, Sample.TWO_TO_FIVE));

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    private static Undertaking undertaking(String service) {
        return new Undertaking(
                "u-1",
                "d-1",
                "i-1",
                Sample.RULE,
                new Action.ScaleService(service, 2, 3),
                null,
                1,
                Undertaking.State.STARTED,
                NOW,
                NOW.plusSeconds(30),
                new Expectation.Replicas(service, 3, Duration.ofSeconds(30), NOW.plusSeconds(300)),
                NOW,
                null,
                null,
                "trace",
                null,
                null);
    }
}
