package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Wish;
import org.junit.jupiter.api.Test;

class ClearanceGuardTest {
    private final ClearanceGuard guard = new ClearanceGuard();
    private final SituationFixture situation = new SituationFixture().with(Sample.web(2));

    @Test
    void letsPassWhatNothingHoldsBack() {
        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void waitsWhileTheLeaseIsNotOurs() {
        situation.hindered("lease", "b leads; this process waits");

        assertThat(guard.judge(Sample.up(situation), situation))
                .hasValueSatisfying(objection -> {
                    assertThat(objection.verdict()).isEqualTo(Verdict.WAIT);
                    assertThat(objection.code()).isEqualTo(ClearanceGuard.LEASE);
                    assertThat(objection.reason()).isEqualTo("b leads; this process waits");
                });
    }

    @Test
    void holdsAPersonsRequestBackAsWell() {
        situation.hindered("stopped", "the file FREEZE stops everything");
        Proposal asked = Sample.asked(new Wish.Restart(Sample.WEB), situation);

        assertThat(guard.judge(asked, situation))
                .hasValueSatisfying(objection ->
                        assertThat(objection.code()).isEqualTo(ClearanceGuard.STOPPED));
    }
}
