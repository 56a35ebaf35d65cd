package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.CustomFact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is told from outside holds for its time, and no longer.
class CustomFactsTest {
    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @Test
    void holdsUntilItsTimeIsOver() {
        engine.look();
        Instant until = engine.now.plusSeconds(20);

        Turn turn = engine.step(put("120", 20));
        assertThat(turn.wakeAt()).isBeforeOrEqualTo(until);
        engine.passes(Duration.ofSeconds(20).minusNanos(1));
        engine.look();
        assertThat(told()).hasSize(1);

        engine.passes(Duration.ofNanos(1));
        engine.look();
        assertThat(told()).isEmpty();
        assertThat(engine.lines())
                .anyMatch(line -> line.startsWith("custom/queue/orders is forgotten: ann told it"));
    }

    @Test
    void wakesTheEngineWhenTheNextOfThemIsOver() {
        engine.look();

        engine.step(put("120", 4));

        assertThat(engine.step().wakeAt()).isEqualTo(engine.now.plusSeconds(4));
    }

    @Test
    void onlyHoldsForLongerWhenItIsToldAgain() {
        engine.step(put("120", 60));
        Instant first = engine.now;
        engine.passes(Duration.ofSeconds(10));

        Turn again = engine.step(put("120", 60));

        assertThat(again.lines()).isEmpty();
        CustomFact held = told().getFirst();
        assertThat(held.since()).isEqualTo(first);
        assertThat(held.at()).isEqualTo(engine.now);
        assertThat(held.until()).isEqualTo(engine.now.plusSeconds(60));
    }

    @Test
    void isNotCutShortByBeingToldAgain() {
        engine.step(put("120", 60));
        Instant until = told().getFirst().until();

        engine.step(put("120", 5));

        assertThat(told().getFirst().until()).isEqualTo(until);
    }

    @Test
    void isAnotherWhenOtherValuesAreTold() {
        engine.step(put("120", 60));
        engine.passes(Duration.ofSeconds(1));

        engine.step(put("7", 5));

        CustomFact held = told().getFirst();
        assertThat(held.values()).containsEntry("depth", "7");
        assertThat(held.since()).isEqualTo(engine.now);
        assertThat(held.until()).isEqualTo(engine.now.plusSeconds(5));
    }

    @Test
    void goesWhenItIsTakenBack() {
        engine.step(put("120", 60));

        engine.step(new Signal.FactRemoved("queue", "orders", "bob", "drained", engine.now));
        engine.step(new Signal.FactRemoved("queue", "orders", "bob", "twice", engine.now));

        assertThat(told()).isEmpty();
        assertThat(engine.lines())
                .filteredOn(line -> line.contains("custom/"))
                .containsExactly(
                        "ann tells of custom/queue/orders: {depth=120}; it grows",
                        "bob takes back what was told of custom/queue/orders: drained");
    }

    @Test
    void survivesARestartAndIsOverInTime() {
        engine.step(put("120", 60));
        List<CustomFact> before = told();

        engine.restart();
        engine.passes(Duration.ofSeconds(59));
        engine.look();
        assertThat(told()).isEqualTo(before);

        engine.passes(Duration.ofSeconds(1));
        engine.look();
        assertThat(told()).isEmpty();
    }

    @Test
    void isOverWhenItsTimeEndedWhileNobodyLooked() {
        engine.step(put("120", 60));
        engine.passes(Duration.ofHours(3));

        engine.restart();
        engine.look();

        assertThat(told()).isEmpty();
    }

    private List<CustomFact> told() {
        return engine.picture().facts().stream()
                .filter(CustomFact.class::isInstance)
                .map(CustomFact.class::cast)
                .toList();
    }

    private Signal put(String depth, int seconds) {
        return new Signal.FactPut(
                new CustomFact(
                        "queue",
                        "orders",
                        new TreeMap<>(Map.of("depth", depth)),
                        engine.now,
                        engine.now,
                        engine.now.plusSeconds(seconds),
                        "ann",
                        "it grows"));
    }
}
