package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What survives when Homeostat, or time itself, stops for a while: everything that was decided,
/// and nothing that has to be seen anew.
class RestartsAndGapsTest {
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");
    private static final Map<String, String> UNSOLVED = Map.of("severity", "critical");

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @Test
    void aGraceIsNotShortenedAndNotBegunAnewByARestart() {
        engine.look();
        engine.step(engine.firing("DiskFull", UNSOLVED));
        engine.goesBy(Duration.ofSeconds(20));
        engine.restart();
        engine.passes(Duration.ofSeconds(1));
        engine.look();
        assertThat(engine.told()).isEmpty();

        engine.goesBy(Duration.ofSeconds(30));

        assertThat(engine.told()).hasSize(1);
    }

    @Test
    void aGraceThatWasDueInsideAGapIsDueThatMuchLaterOnce() {
        engine.look();
        engine.step(engine.firing("DiskFull", UNSOLVED));
        Instant begun = engine.now;
        engine.passes(Duration.ofMinutes(2));
        engine.look();
        assertThat(engine.told()).isEmpty();
        assertThat(engine.lines()).contains("nothing was seen for 120 s");

        while (engine.told().isEmpty()) {
            engine.goesBy(Duration.ofSeconds(10));
        }

        assertThat(Duration.between(begun, engine.now)).isBetween(ofSeconds(150), ofSeconds(160));
    }

    @Test
    void whatWasNotDueInsideTheGapIsDueWhenItWas() {
        engine.look();
        engine.step(
                new Signal.FreezeSet(
                        new Freeze(
                                "f1",
                                Freeze.Scope.EVERYTHING,
                                "",
                                "ann",
                                "month's end",
                                engine.now,
                                engine.now.plus(Duration.ofHours(1)))));
        engine.step(engine.firing("HighLoad", UP));
        Instant begun = engine.now;
        engine.goesBy(Duration.ofMinutes(1));
        engine.passes(Duration.ofMinutes(2));

        while (engine.told().isEmpty()) {
            engine.goesBy(Duration.ofSeconds(10));
        }

        assertThat(Duration.between(begun, engine.now)).isBetween(ofSeconds(600), ofSeconds(620));
    }

    @Test
    void afterAGapNothingIsActedOnUntilItHasBeenLookedAt() {
        engine.look();
        engine.passes(Duration.ofSeconds(40));

        engine.step(engine.firing("HighLoad", UP));
        assertThat(engine.plannedOnSwarm()).isEmpty();

        engine.look();
        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void anExpectationThatWasDueInsideAGapIsJudgedOnWhatIsSeenAfterIt() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        engine.passes(Duration.ofSeconds(1));
        engine.step(engine.withRunning(2));
        engine.passes(Duration.ofMinutes(6));
        engine.step(engine.withRunning(2));
        assertThat(engine.outcomes()).isEmpty();

        engine.goesBy(Duration.ofSeconds(50));

        assertThat(engine.outcomes()).singleElement().asString().startsWith("healed");
    }

    @Test
    void whatHeldBeforeARestartHasToBeSeenToHoldAgain() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        engine.goesBy(Duration.ofSeconds(20));
        engine.restart();
        engine.passes(Duration.ofSeconds(15));
        engine.look();
        assertThat(engine.outcomes()).isEmpty();

        engine.goesBy(Duration.ofSeconds(40));

        assertThat(engine.outcomes()).singleElement().asString().startsWith("healed");
    }

    @Test
    void aRestartInTheWatchTimeIsNoFailureAlthoughNothingIsSeenAtFirst() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        engine.goesBy(Duration.ofSeconds(20));
        engine.restart();
        engine.passes(Duration.ofSeconds(5));
        engine.step();
        assertThat(watcher("tasks")).isEqualTo(Watcher.Sight.BLIND);

        engine.goesBy(Duration.ofSeconds(50));

        assertThat(engine.outcomes()).singleElement().asString().startsWith("healed");
    }

    @Test
    void whatADeadProcessSentMayStillArriveAndIsNotSentAgainMeanwhile() {
        engine.look();
        Undertaking restart =
                engine.step(engine.firing("Stuck", Map.of("restart", "yes", "service", "demo_web")))
                        .effects()
                        .getFirst();
        engine.diesWhile(restart);
        engine.passes(Duration.ofSeconds(1));
        engine.look();
        engine.passes(Duration.ofSeconds(8));
        engine.look();
        assertThat(engine.outcomes()).isEmpty();

        engine.arrives(restart);
        engine.goesBy(Duration.ofSeconds(40));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
        assertThat(engine.forceUpdate).isEqualTo(1);
    }

    @Test
    void whatADeadProcessDidNotSendIsSentWhenItCannotArriveAnyMore() {
        engine.look();
        Undertaking scale = engine.step(engine.firing("HighLoad", UP)).effects().getFirst();
        engine.diesWhile(scale);

        engine.goesBy(Duration.ofSeconds(50));

        assertThat(engine.outcomes())
                .first()
                .asString()
                .isEqualTo("failed, it did not arrive: the cluster still shows 2");
        assertThat(engine.plannedOnSwarm()).hasSize(2);
    }

    @Test
    void theBackoffAfterAFailureSurvivesARestart() {
        engine.look();
        fails(engine.step(engine.firing("HighLoad", UP)).effects().getFirst());
        engine.restart();
        engine.passes(Duration.ofSeconds(1));
        engine.look();
        assertThat(engine.plannedOnSwarm()).hasSize(1);

        engine.passes(Duration.ofSeconds(2));
        engine.look();

        assertThat(engine.plannedOnSwarm()).hasSize(2);
    }

    @Test
    void attemptsAndPacesSurviveARestart() {
        engine.look();
        fails(engine.step(engine.firing("HighLoad", UP)).effects().getFirst());
        for (int i = 0; i < 2; i++) {
            engine.restart();
            engine.passes(Duration.ofSeconds(20));
            fails(engine.look().effects().getFirst());
        }
        engine.restart();

        engine.goesBy(Duration.ofMinutes(5));

        assertThat(engine.plannedOnSwarm()).hasSize(3);
        assertThat(engine.told()).isNotEmpty();
    }

    @Test
    void aFreezeAndAnEscalationSurviveARestart() {
        engine.look();
        engine.step(engine.firing("DiskFull", UNSOLVED));
        engine.goesBy(Duration.ofSeconds(40));
        int told = engine.told().size();
        engine.step(
                new Signal.FreezeSet(
                        new Freeze(
                                "f1",
                                Freeze.Scope.EVERYTHING,
                                "",
                                "ann",
                                "month's end",
                                engine.now,
                                engine.now.plus(Duration.ofMinutes(5)))));
        engine.restart();
        engine.passes(Duration.ofSeconds(1));
        engine.look();
        engine.step(engine.firing("HighLoad", UP));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(engine.picture().freezes()).hasSize(1);
        assertThat(engine.picture().incidents()).hasSize(2);
        assertThat(engine.told().stream().distinct()).hasSize(1);
        assertThat(engine.told()).hasSizeGreaterThanOrEqualTo(told);
    }

    @Test
    void theSameDecisionIsNotRecordedAgainAfterARestart() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        engine.goesBy(Duration.ofMinutes(1));
        int decided = engine.decisions().size();

        for (int i = 0; i < 5; i++) {
            engine.restart();
            engine.passes(Duration.ofMillis(100));
            engine.look();
        }

        assertThat(engine.decisions().stream().skip(decided))
                .allSatisfy(decision ->
                        assertThat(decision.objections())
                                .anyMatch(objection -> objection.code().equals("blind")))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void aWatcherThatThisProcessDoesNotHaveIsForgotten() {
        engine.look();
        engine.step(new Signal.WatcherLooked(Watcher.ALERTS, engine.now, Duration.ofMinutes(2)));
        assertThat(watcher(Watcher.ALERTS)).isEqualTo(Watcher.Sight.SEEING);

        engine.restart();
        engine.passes(Duration.ofSeconds(1));
        engine.look();

        assertThat(engine.picture().facts())
                .noneMatch(fact -> fact.subject().name().equals(Watcher.ALERTS));
    }

    private void fails(Undertaking undertaking) {
        engine.step(
                new Signal.ActionReported(undertaking.id(), new Report.Failed("no"), engine.now));
    }

    private Watcher.Sight watcher(String name) {
        return engine.picture().facts().stream()
                .filter(Watcher.class::isInstance)
                .map(Watcher.class::cast)
                .filter(watcher -> watcher.name().equals(name))
                .findFirst()
                .orElseThrow()
                .sight();
    }

    private static Duration ofSeconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
