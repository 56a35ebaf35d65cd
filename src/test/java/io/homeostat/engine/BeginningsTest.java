package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An alert says how often it began on what it is about.
class BeginningsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @BeforeEach
    void look() {
        engine.look();
    }

    @Test
    void countsTheBeginningsWithinATimeThatEndsWithItsOwn() {
        assertThat(begins("Deep", "a").firedWithin(HOUR)).isEqualTo(1);
        ends("Deep", "a");
        engine.goesBy(Duration.ofMinutes(20));

        assertThat(begins("Deep", "a").firedWithin(HOUR)).isEqualTo(2);
        ends("Deep", "a");
        engine.goesBy(Duration.ofMinutes(40).minusSeconds(2));

        Alert third = begins("Deep", "a");
        assertThat(third.firedWithin(HOUR)).isEqualTo(3);
        assertThat(third.firedWithin(HOUR.minusNanos(1))).isEqualTo(2);
        assertThat(third.firedWithin(Duration.ofMinutes(10))).isEqualTo(1);
    }

    @Test
    void saysTheSameForAsLongAsItFires() {
        begins("Deep", "a");
        ends("Deep", "a");
        engine.goesBy(Duration.ofMinutes(20));
        Alert second = begins("Deep", "a");

        engine.goesBy(Duration.ofHours(2));

        assertThat(alert("Deep", "a")).isEqualTo(second);
    }

    @Test
    void isOneWhenItFiresForSeveralTasksAtOnce() {
        begins("Deep", "a");
        engine.passes(Duration.ofSeconds(10));

        assertThat(begins("Deep", "b").firedWithin(HOUR)).isEqualTo(1);

        ends("Deep", "a");
        engine.passes(Duration.ofSeconds(10));
        assertThat(begins("Deep", "a").firedWithin(HOUR)).isEqualTo(1);
    }

    @Test
    void countsAnotherOneOnTheSameServiceWithOtherLabels() {
        begins("Deep", "a");
        ends("Deep", "a");
        engine.passes(Duration.ofMinutes(1));

        assertThat(begins("Deep", "b").firedWithin(HOUR)).isEqualTo(2);
    }

    @Test
    void doesNotCountAlertsOfOtherNames() {
        begins("Slow", "a");
        ends("Slow", "a");

        assertThat(begins("Deep", "a").firedWithin(HOUR)).isEqualTo(1);
    }

    @Test
    void countsARepeatOnce() {
        Alert first = begins("Deep", "a");
        engine.passes(Duration.ofMinutes(5));

        engine.step(received("Deep", "a", first.startsAt(), true));

        assertThat(alert("Deep", "a").firedWithin(HOUR)).isEqualTo(1);
    }

    @Test
    void remembersAcrossARestart() {
        begins("Deep", "a");
        ends("Deep", "a");

        engine.restart();
        engine.goesBy(Duration.ofMinutes(1));

        assertThat(begins("Deep", "a").firedWithin(HOUR)).isEqualTo(2);
    }

    @Test
    void forgetsWhatNoRuleMayCountAnyMore() {
        begins("Deep", "a");
        ends("Deep", "a");
        assertThat(remembered()).hasSize(1);

        engine.passes(engine.limits.lookBack().plus(HOUR));
        engine.look();

        assertThat(remembered()).isEmpty();
        assertThat(begins("Deep", "a").beginnings()).hasSize(1);
    }

    @Test
    void remembersNoMoreThanAHundredOfOne() {
        for (int i = 0; i < 130; i++) {
            begins("Deep", "a");
            ends("Deep", "a");
            engine.passes(Duration.ofSeconds(20));
        }

        assertThat(begins("Deep", "a").firedWithin(Duration.ofDays(1))).isEqualTo(100);
    }

    private List<Memo> remembered() {
        List<Memo> memos = new ArrayList<>(engine.current.values());
        memos.removeIf(memo -> !(memo instanceof Memo.Begun));
        return memos;
    }

    private Alert begins(String name, String task) {
        engine.passes(Duration.ofSeconds(1));
        engine.step(received(name, task, engine.now, true));
        return alert(name, task);
    }

    /// It began a second before now.
    private void ends(String name, String task) {
        engine.step(received(name, task, alert(name, task).startsAt(), false));
    }

    private Alert alert(String name, String task) {
        return engine.picture().facts().stream()
                .filter(Alert.class::isInstance)
                .map(Alert.class::cast)
                .filter(alert -> alert.fingerprint().equals(name + "-" + task))
                .findFirst()
                .orElseThrow();
    }

    private Signal received(String name, String task, Instant startsAt, boolean firing) {
        Map<String, String> labels = Map.of("alertname", name, "service", "demo_web", "task", task);
        return new Signal.AlertsReceived(
                engine.now,
                "homeostat",
                List.of(
                        new Signal.ReportedAlert(
                                name + "-" + task,
                                firing,
                                startsAt,
                                firing ? null : engine.now,
                                new TreeMap<>(labels),
                                new TreeMap<>())),
                0,
                0,
                "");
    }
}
