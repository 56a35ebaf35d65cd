package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.fact.Request;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.homeostat.guard.KnownGood;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is the last known good specification of a service, and since when.
class ProvingTest {
    private static final Duration WATCH = Duration.ofMinutes(5);

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @BeforeEach
    void begin() {
        engine.content = "one";
        engine.look();
    }

    // --- becoming good ---

    @Test
    void isGoodWhenAllTasksHaveRunItForTheWatchTime() {
        engine.goesBy(WATCH.minusSeconds(10));
        assertThat(good()).isNull();

        engine.goesBy(Duration.ofSeconds(10));

        assertThat(good())
                .isEqualTo(new KnownGood("one", "demo/web:1.0", engine.turns.getLast().at()));
    }

    @Test
    void theLabelSaysHowLongThatIs() {
        engine.labels.put("homeostat.watch", "30s");
        engine.look();
        deployed("two");
        engine.goesBy(Duration.ofSeconds(40));

        assertThat(good()).extracting(KnownGood::content).isEqualTo("two");
    }

    @Test
    void aTaskThatWasReplacedMeanwhileBeginsTheTimeAnew() {
        engine.goesBy(Duration.ofMinutes(3));
        engine.generation++;
        engine.goesBy(Duration.ofMinutes(3));
        assertThat(good()).isNull();

        engine.goesBy(WATCH);

        assertThat(good()).isNotNull();
    }

    @Test
    void scalingDoesNotBeginItAnew() {
        engine.goesBy(Duration.ofMinutes(2));
        engine.replicas.put("demo_web", 4);
        engine.goesBy(Duration.ofMinutes(2));
        engine.replicas.put("demo_web", 1);
        engine.goesBy(Duration.ofMinutes(1));

        assertThat(good()).isNotNull();
    }

    @Test
    void tooFewTasksAreNotGood() {
        for (int i = 0; i < 40; i++) {
            engine.passes(Duration.ofSeconds(10));
            engine.step(engine.withRunning(1));
        }

        assertThat(good()).isNull();
    }

    @Test
    void ofNoTasksNothingIsKnown() {
        engine.replicas.put("demo_web", 0);
        engine.goesBy(Duration.ofMinutes(20));

        assertThat(good()).isNull();
    }

    @Test
    void anUpdateThatPausedIsNotGood() {
        engine.update = Service.Update.PAUSED;
        engine.goesBy(Duration.ofMinutes(20));

        assertThat(good()).isNull();
    }

    @Test
    void anAlertThatBeganWithItAndGoesOnSpeaksAgainstIt() {
        engine.passes(Duration.ofSeconds(10));
        engine.step(beginning("SlowResponse", true));
        engine.goesBy(Duration.ofMinutes(20));
        assertThat(good()).isNull();

        engine.step(beginning("SlowResponse", false));
        engine.goesBy(WATCH.plusSeconds(20));

        assertThat(good()).isNotNull();
    }

    @Test
    void anAlertThatBeganAndEndedMeanwhileBeginsTheTimeAnew() {
        engine.goesBy(Duration.ofMinutes(3));
        engine.step(beginning("SlowResponse", true), beginning("SlowResponse", false));
        engine.goesBy(Duration.ofMinutes(3));

        assertThat(good()).isNull();
    }

    @Test
    void anAlertThatFiredBeforeItCameSaysNothingOfIt() {
        engine.step(engine.firing("SlowResponse", Map.of("service", "demo_web")));
        engine.goesBy(WATCH);

        assertThat(good()).isNotNull();
    }

    @Test
    void whatRanWhileWeWereAwayCounts() {
        engine.goesBy(Duration.ofMinutes(1));
        engine.restart();
        engine.passes(Duration.ofMinutes(10));
        engine.look();
        engine.goesBy(Duration.ofSeconds(20));

        assertThat(good()).isNotNull();
    }

    // --- staying good ---

    @Test
    void theLastKnownGoodStaysWhileAnotherIsOnTrial() {
        engine.goesBy(WATCH);
        deployed("two");
        engine.goesBy(Duration.ofMinutes(4));
        assertThat(good()).extracting(KnownGood::content).isEqualTo("one");

        engine.goesBy(Duration.ofMinutes(2));

        assertThat(good()).extracting(KnownGood::content).isEqualTo("two");
        assertThat(engine.lines())
                .contains(
                        "demo_web has run well with demo/web:two for 5 min: that is its last known good now, before demo/web:1.0");
    }

    @Test
    void aServiceThatIsGoneTakesItAlong() {
        engine.goesBy(WATCH);
        engine.replicas.remove("demo_web");
        engine.passes(Duration.ofSeconds(10));
        engine.look();
        engine.replicas.put("demo_web", 2);
        engine.passes(Duration.ofSeconds(10));
        engine.look();

        assertThat(good()).isNull();
    }

    // --- going back to it ---

    @Test
    void aRollbackLeadsBackToIt() {
        engine.goesBy(WATCH);
        deployed("two");

        engine.step(wishesBack());

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.RollbackService("demo_web", "spec-2-0", "one"));
        assertThat(lastDecision().reason())
                .startsWith("roll back service/demo_web to demo/web:1.0, known to be good since");
    }

    @Test
    void withoutItARollbackIsRefusedAndSaysWhy() {
        deployed("two");

        engine.step(wishesBack());

        assertThat(lastDecision().verdict()).isEqualTo(Verdict.DENY);
        assertThat(lastDecision().reason())
                .contains(
                        "no specification of service/demo_web is known to be good, so there is nothing to go back to");
    }

    @Test
    void thereIsNothingToGoBackToFromIt() {
        engine.goesBy(WATCH);

        engine.step(wishesBack());

        assertThat(lastDecision().verdict()).isEqualTo(Verdict.DENY);
        assertThat(lastDecision().reason())
                .contains("service/demo_web is specified as when it was last known to be good");
    }

    @Test
    void fromOneThatBecameGoodJustNowItLeadsToTheOneBefore() {
        engine.goesBy(WATCH);
        deployed("two");
        engine.goesBy(WATCH.plusMinutes(1));
        assertThat(good()).extracting(KnownGood::content).isEqualTo("two");

        engine.step(wishesBack());

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.RollbackService("demo_web", "spec-2-0", "one"));
    }

    @Test
    void butNotFromOneThatHasBeenGoodForLong() {
        engine.goesBy(WATCH);
        deployed("two");
        engine.goesBy(WATCH.plus(Limits.DEFAULT.diagnosis().afterChange()).plusMinutes(1));

        engine.step(wishesBack());

        assertThat(lastDecision().verdict()).isEqualTo(Verdict.DENY);
    }

    @Test
    void whatWasLeftForTheOneBeforeIsNotGoodAnyMore() {
        engine.goesBy(WATCH);
        deployed("two");
        engine.goesBy(WATCH.plusMinutes(1));
        deployed("one");

        engine.step(wishesBack());

        assertThat(good()).extracting(KnownGood::content).isEqualTo("one");
        assertThat(lastDecision().verdict()).isEqualTo(Verdict.DENY);
    }

    private void deployed(String content) {
        engine.content = content;
        engine.image = "demo/web:" + content;
        engine.generation++;
        engine.passes(Duration.ofSeconds(10));
        engine.look();
    }

    private @Nullable KnownGood good() {
        for (Memo memo : engine.current.values()) {
            if (memo instanceof Memo.Proven proven) {
                return proven.good();
            }
        }
        return null;
    }

    private Decision lastDecision() {
        return engine.decisions().getLast();
    }

    private Signal wishesBack() {
        return new Signal.RequestMade(
                new Request(
                        "r1",
                        "rollback",
                        Subject.service("demo_web"),
                        Sorted.copy(Map.<String, String>of()),
                        "ann",
                        "it is bad",
                        engine.now,
                        engine.now.plus(Duration.ofMinutes(10))));
    }

    private Signal beginning(String name, boolean firing) {
        TreeMap<String, String> labels =
                new TreeMap<>(Map.of("service", "demo_web", "alertname", name));
        return new Signal.AlertsReceived(
                engine.now,
                "homeostat",
                List.of(
                        new Signal.ReportedAlert(
                                name,
                                firing,
                                engine.now,
                                firing ? null : engine.now,
                                labels,
                                new TreeMap<>())),
                0,
                0,
                "");
    }
}
