package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Wish;
import io.homeostat.fact.ServiceLabels;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelfGuardTest {
    private final SelfGuard guard = new SelfGuard();
    private final SituationFixture situation = new SituationFixture().with(Sample.web(2));

    @Test
    void deniesTheServiceWeRunInEvenToPeople() {
        situation.at(new Place(Sample.WEB, null));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.DENY, Objection::verdict)
                .returns(SelfGuard.SELF, Objection::code);
        assertThat(guard.judge(Sample.asked(new Wish.Restart(Sample.WEB), situation), situation))
                .get()
                .returns(Verdict.DENY, Objection::verdict);
    }

    @Test
    void letsOtherServicesPass() {
        situation.at(new Place("demo_other", "node-1"));

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void asksBeforeAVitalServiceIsTouched() {
        situation.with(Sample.web(2, Map.of(ServiceLabels.VITAL, "true")));

        assertThat(guard.judge(Sample.restart(situation), situation))
                .get()
                .returns(Verdict.ASK, Objection::verdict)
                .returns(SelfGuard.VITAL, Objection::code);
    }

    @Test
    void takesAPersonsRequestForTheWordOfAPerson() {
        situation.with(Sample.web(2, Map.of(ServiceLabels.VITAL, "")));

        assertThat(guard.judge(Sample.asked(new Wish.Restart(Sample.WEB), situation), situation))
                .isEmpty();
    }

    @Test
    void takesNoForNotVital() {
        situation.with(Sample.web(2, Map.of(ServiceLabels.VITAL, "no")));

        assertThat(guard.judge(Sample.restart(situation), situation)).isEmpty();
    }
}
