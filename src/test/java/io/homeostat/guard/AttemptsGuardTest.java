package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptsGuardTest {
    private final AttemptsGuard guard = new AttemptsGuard();

    @Test
    void allowsAsLongAsFewerThanThreeDidNotHeal() {
        assertThat(judged(2)).isEmpty();
    }

    @Test
    void deniesAfterThreeInARowThatDidNotHeal() {
        assertThat(judged(3))
                .hasValueSatisfying(objection -> {
                    assertThat(objection.verdict()).isEqualTo(Verdict.DENY);
                    assertThat(objection.code()).isEqualTo(AttemptsGuard.EXHAUSTED);
                    assertThat(objection.reason()).contains("3 actions", "at most 3");
                });
    }

    private Optional<Objection> judged(int attempts) {
        SituationFixture situation = new SituationFixture().attempted(attempts).with(Sample.web(2));
        return guard.judge(Sample.up(situation), situation);
    }
}
