package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Notice;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What logs say stands where people look, and decides nothing.
class EvidenceTest {
    private static final List<String> LINES = List.of("task t1 failed:", "  cannot connect to db");

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());
    private String incident = "";

    @BeforeEach
    void anIncidentComesToPeople() {
        engine.look();
        engine.step(engine.firing("Odd", Map.of("service", "demo_web")));
        engine.goesBy(engine.limits.grace().plusSeconds(20));
        incident = engine.picture().incidents().getFirst().id();
        deliver();
    }

    @Test
    void standsInTheMessageAndInTheTimeline() {
        Turn turn = engine.step(new Signal.LogsRead(incident, LINES));

        assertThat(notice(turn).lines()).containsSequence(LINES);
        assertThat(turn.lines())
                .filteredOn(line -> line.kind().equals("evidence"))
                .allMatch(line -> line.incident().equals(incident))
                .extracting(Turn.Line::text)
                .containsExactlyElementsOf(LINES);
    }

    @Test
    void isSaidOnceHoweverOftenItIsReadTheSame() {
        engine.step(new Signal.LogsRead(incident, LINES));

        assertThat(engine.step(new Signal.LogsRead(incident, LINES)).isEmpty()).isTrue();
    }

    @Test
    void givesWayToWhatWasReadLater() {
        engine.step(new Signal.LogsRead(incident, LINES));
        deliver();
        Turn turn = engine.step(new Signal.LogsRead(incident, List.of("task t2 failed:")));

        assertThat(engine.lines()).contains("task t2 failed:");
        assertThat(turn.kept()).contains(new Memo.Logged(incident, List.of("task t2 failed:")));
    }

    @Test
    void survivesARestart() {
        engine.step(new Signal.LogsRead(incident, LINES));
        engine.restart();

        assertThat(engine.step(new Signal.LogsRead(incident, LINES)).lines())
                .noneMatch(line -> line.kind().equals("evidence"));
    }

    @Test
    void isOfNoUseWithoutAnIncident() {
        Turn turn = engine.step(new Signal.LogsRead("i0.none", LINES));

        assertThat(turn.kept()).noneMatch(memo -> memo instanceof Memo.Logged);
        assertThat(turn.lines()).isEmpty();
    }

    @Test
    void goesWithItsIncident() {
        engine.step(new Signal.LogsRead(incident, LINES));
        engine.step(engine.resolved("Odd", Map.of("service", "demo_web")));
        for (int i = 0; i < 20; i++) {
            engine.goesBy(Duration.ofSeconds(10));
            deliver();
        }
        engine.look();

        assertThat(engine.picture().incidents()).isEmpty();
        assertThat(engine.current.values()).noneMatch(memo -> memo instanceof Memo.Logged);
    }

    /// People have the messages that are under way.
    private void deliver() {
        for (Undertaking notice : engine.picture().unsettled()) {
            engine.step(
                    new Signal.ActionReported(
                            notice.id(), new Report.Taken("reference"), engine.now));
        }
    }

    private static Notice notice(Turn turn) {
        return turn.effects().stream()
                .map(undertaking -> ((Action.PostNotice) undertaking.action()).notice())
                .findFirst()
                .orElseThrow();
    }
}
