package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a person reads of an incident, from its first symptom to the all-clear.
class TimelineTest {
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @Test
    void allThatHappenedInAnIncidentIsTold() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        String incident = engine.picture().incidents().getFirst().id();
        engine.goesBy(Duration.ofMinutes(1));
        engine.step(engine.resolved("HighLoad", UP));
        engine.goesBy(Duration.ofMinutes(3));

        List<Turn.Line> lines =
                engine.turns.stream()
                        .flatMap(turn -> turn.lines().stream())
                        .filter(line -> line.incident().equals(incident))
                        .toList();

        assertThat(lines)
                .extracting(line -> line.kind() + " " + line.text())
                .containsSubsequence(
                        "alert alert HighLoad fires",
                        "decision scale up when asked: scale service/demo_web from 2 to 3 (bounds 2..5), because alert HighLoad fires",
                        "incident opened: HighLoad on service/demo_web",
                        "incident acting: HighLoad on service/demo_web",
                        "action scale service/demo_web from 2 to 3: Docker took it",
                        "cluster demo_web wants 3 replicas, before 2",
                        "outcome scale service/demo_web from 2 to 3: healed, 3 of 3 tasks of demo_web run for 30 s",
                        "alert alert HighLoad is resolved",
                        "incident resolved: HighLoad on service/demo_web");
    }
}
