package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.guard.Decision;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Verdict;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What would have been done is on record, so that it can be counted.
class ShadowTest {
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");

    private final EngineUnderTest engine = new EngineUnderTest(Limits.DEFAULT);

    @Test
    void isRecordedOnceForAnIncidentAndItsParameters() {
        engine.look();
        engine.step(engine.firing("Busy", UP));
        engine.goesBy(Duration.ofMinutes(10));
        engine.replicas.put("demo_web", 3);
        engine.goesBy(Duration.ofMinutes(10));

        assertThat(engine.decisions())
                .filteredOn(decision -> decision.verdict() == Verdict.SHADOW)
                .allMatch(decision -> decision.shadowed() == Verdict.ALLOW)
                .extracting(decision -> String.valueOf(action(decision)))
                .containsExactly(
                        "scale service/demo_web from 2 to 3", "scale service/demo_web from 3 to 4");
        assertThat(engine.decisions()).extracting(Decision::incident).containsOnly("i2.1");
        assertThat(engine.plannedOnSwarm()).isEmpty();
    }

    private static String action(Decision decision) {
        return decision.action() == null ? "" : decision.action().text();
    }
}
