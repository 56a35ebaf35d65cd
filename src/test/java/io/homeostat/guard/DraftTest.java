package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.ServiceLabels;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftTest {
    private final SituationFixture situation = new SituationFixture();

    @ParameterizedTest
    @CsvSource({"2,5", "5,8", "7,8"})
    void stepsUpBySoManyAsTheLabelSaysAndStopsAtTheMaximum(int from, int to) {
        situation.with(Sample.web(from, steps()));

        assertThat(Draft.of(new Wish.ScaleUp(Sample.WEB), situation))
                .isEqualTo(new Draft(new Action.ScaleService(Sample.WEB, from, to), ""));
    }

    @ParameterizedTest
    @CsvSource({"8,6", "4,2", "3,2"})
    void stepsDownBySoManyAsTheLabelSaysAndStopsAtTheMinimum(int from, int to) {
        situation.with(Sample.web(from, steps()));

        assertThat(Draft.of(new Wish.ScaleDown(Sample.WEB), situation))
                .isEqualTo(new Draft(new Action.ScaleService(Sample.WEB, from, to), ""));
    }

    @Test
    void stopsAtTheCapOverAllServices() {
        situation.with(Limiting.cap(4)).with(Sample.web(2, steps()));

        assertThat(Draft.of(new Wish.ScaleUp(Sample.WEB), situation).action())
                .isEqualTo(new Action.ScaleService(Sample.WEB, 2, 4));
    }

    @Test
    void doesNotShrinkAServiceThatIsAboveItsMaximum() {
        situation.with(Sample.web(9, steps()));

        assertThat(Draft.of(new Wish.ScaleUp(Sample.WEB), situation))
                .isEqualTo(new Draft(null, Draft.AT_MAX));
    }

    @Test
    void doesNotGrowAServiceThatIsBelowItsMinimum() {
        situation.with(Sample.web(1, steps()));

        assertThat(Draft.of(new Wish.ScaleDown(Sample.WEB), situation))
                .isEqualTo(new Draft(null, Draft.AT_MIN));
    }

    @Test
    void neverStepsDownToZeroFromWhereNothingStepsUp() {
        situation.with(Sample.web(1, Map.of(ServiceLabels.MIN, "0", ServiceLabels.MAX, "5")));

        assertThat(Draft.of(new Wish.ScaleDown(Sample.WEB), situation))
                .isEqualTo(new Draft(null, Draft.AT_MIN));
    }

    @Test
    void leavesAnExactNumberOutsideTheBoundsToTheGuard() {
        situation.with(Sample.web(2));

        assertThat(Draft.of(new Wish.ScaleTo(Sample.WEB, 50), situation).action())
                .isEqualTo(new Action.ScaleService(Sample.WEB, 2, 50));
    }

    @Test
    void restartsFromTheCounterThatIsKnown() {
        situation.with(Sample.web(2));

        assertThat(Draft.of(new Wish.Restart(Sample.WEB), situation).action())
                .isEqualTo(new Action.RestartService(Sample.WEB, 0));
    }

    @Test
    void doesNotDraftWhatIsSaidToPeople() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Draft.of(new Wish.Escalate("a1", "", "page", "help"), situation))
                .withMessageContaining("not judged by guards");
    }

    private static Map<String, String> steps() {
        return Map.of(
                ServiceLabels.MIN, "2",
                ServiceLabels.MAX, "8",
                ServiceLabels.UP, "3",
                ServiceLabels.DOWN, "2");
    }
}
