package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateGuardTest {
    private static final Instant NOW = SituationFixture.NOW;

    private final SituationFixture situation = new SituationFixture().with(Sample.web(2));
    private final RateGuard guard = new RateGuard();

    @Test
    void holdsBackTheActionThatWouldBeOneTooManyUntilTheOldestIsForgotten() {
        Instant oldest = NOW.minus(Duration.ofMinutes(9));
        situation.actedAt(oldest);
        for (int action = 2; action <= 30; action++) {
            situation.actedAt(NOW);
        }

        assertThat(guard.judge(Sample.up(situation), situation))
                .hasValueSatisfying(objection -> {
                    assertThat(objection.verdict()).isEqualTo(Verdict.WAIT);
                    assertThat(objection.code()).isEqualTo(RateGuard.TOO_MANY);
                    assertThat(objection.until()).isEqualTo(oldest.plus(Duration.ofMinutes(10)));
                    assertThat(objection.reason())
                            .isEqualTo("30 actions were taken within 600 s; at most 30 may be");
                });
    }

    @Test
    void countsNoLongerWhatLiesTooFarBack() {
        situation.actedAt(NOW.minus(Duration.ofMinutes(10)));
        for (int action = 2; action <= 30; action++) {
            situation.actedAt(NOW);
        }

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void doesNotMindWhatIsNoAction() {
        for (int action = 1; action <= 30; action++) {
            situation.actedAt(NOW);
        }
        situation.with(Sample.web(5));

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }
}
