package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Signal.ActionReported;
import io.homeostat.fact.Request;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How an action may end: all seven ways, and what each is told by.
class OutcomesTest {
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");
    private static final Map<String, String> RESTART =
            Map.of("service", "demo_web", "restart", "yes");

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @Test
    void aScalingIsHealedWhenItsReplicasHaveRunForAWhile() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        engine.goesBy(Duration.ofSeconds(20));
        assertThat(engine.outcomes()).isEmpty();

        engine.goesBy(Duration.ofSeconds(20));

        assertThat(engine.outcomes())
                .containsExactly("healed, 3 of 3 tasks of demo_web run for 30 s");
    }

    @Test
    void aScalingThatIsOnlyWatchedDoesNotHideTheActionAfterIt() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        Undertaking restart = engine.step(engine.firing("Hangs", RESTART)).effects().getFirst();
        reports(restart, new Report.Taken("hash"));

        engine.step(
                new Signal.RequestMade(
                        new Request(
                                "r1",
                                "scale",
                                Subject.service("demo_web"),
                                Sorted.copy(Map.of("replicas", "5")),
                                "ann",
                                "it is needed",
                                engine.now,
                                engine.now.plusSeconds(600))));

        assertThat(engine.outcomes()).isEmpty();
        assertThat(engine.plannedOnSwarm()).hasSize(2);
    }

    @Test
    void aRestartIsHealedOnlyWhenItsAlertEndsAsWell() {
        engine.look();
        engine.perform(engine.step(engine.firing("Hangs", RESTART)));
        engine.goesBy(Duration.ofMinutes(3));
        assertThat(engine.outcomes()).isEmpty();

        engine.step(engine.resolved("Hangs", RESTART));

        assertThat(engine.outcomes()).singleElement().asString().startsWith("healed");
    }

    @Test
    void aRestartAfterWhichItsAlertGoesOnIsIneffective() {
        engine.look();
        engine.perform(engine.step(engine.firing("Hangs", RESTART)));

        engine.goesBy(Duration.ofMinutes(7));

        assertThat(engine.outcomes())
                .containsExactly(
                        "ineffective, all runs as expected, and alert Hangs still fires 6 min later");
    }

    @Test
    void aRestartOfWhichOldTasksAreLeftIsIneffective() {
        engine.look();
        Undertaking restart = engine.step(engine.firing("Hangs", RESTART)).effects().getFirst();
        engine.forceUpdate++;
        reports(restart, new Report.Taken("hash"));

        engine.goesBy(Duration.ofMinutes(11));

        assertThat(engine.outcomes())
                .singleElement()
                .asString()
                .startsWith("ineffective, expected was that all tasks of demo_web are fresh");
    }

    @Test
    void aRestartAfterWhichFewerRunThanBeforeIsWorse() {
        engine.look();
        engine.perform(engine.step(engine.firing("Hangs", RESTART)));
        for (int i = 0; i < 66; i++) {
            engine.passes(Duration.ofSeconds(10));
            engine.step(engine.withRunning(1));
        }

        assertThat(engine.outcomes())
                .singleElement()
                .asString()
                .startsWith("worse")
                .contains("1 run");
    }

    @Test
    void aWriteThatDockerRefusedHasFailed() {
        engine.look();
        reports(
                engine.step(engine.firing("HighLoad", UP)).effects().getFirst(),
                new Report.Failed("no"));

        assertThat(engine.outcomes()).containsExactly("failed, no");
    }

    @Test
    void aWriteThatSomebodyForestalledIsConflictedAndDecidedAgain() {
        engine.look();
        Undertaking first = engine.step(engine.firing("HighLoad", UP)).effects().getFirst();
        engine.replicas.put("demo_web", 4);
        reports(first, new Report.Conflicted("out of sequence"));
        engine.goesBy(Duration.ofSeconds(70));

        assertThat(engine.outcomes()).startsWith("conflicted, out of sequence");
        assertThat(engine.plannedOnSwarm()).last().asString().contains("from=4, to=5");
    }

    @Test
    void fiveConflictsInARowAreAFailure() {
        engine.look();
        Turn turn = engine.step(engine.firing("HighLoad", UP));
        for (int i = 0; i < 5; i++) {
            assertThat(turn.effects()).hasSize(1);
            reports(turn.effects().getFirst(), new Report.Conflicted("out of sequence"));
            turn = next();
        }

        assertThat(engine.outcomes())
                .hasSize(5)
                .last()
                .asString()
                .startsWith("failed, 5 conflicts in a row");
    }

    @Test
    void anActionThatAPersonOvertookIsSuperseded() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        engine.replicas.put("demo_web", 2);

        engine.goesBy(Duration.ofSeconds(10));

        assertThat(engine.outcomes()).containsExactly("superseded, demo_web wants 2 replicas now");
    }

    @Test
    void anActionOnAServiceThatIsGoneIsSuperseded() {
        engine.look();
        Undertaking scale = engine.step(engine.firing("HighLoad", UP)).effects().getFirst();
        reports(scale, new Report.Lost("timeout"));
        engine.replicas.clear();

        engine.goesBy(Duration.ofSeconds(20));

        assertThat(engine.outcomes()).containsExactly("superseded, service/demo_web is gone");
    }

    @Test
    void anAnswerThatWasLostAndAClusterThatShowsAThirdThingIsUnknownAndComesToPeople() {
        engine.look();
        Undertaking scale = engine.step(engine.firing("HighLoad", UP)).effects().getFirst();
        reports(scale, new Report.Lost("timeout"));
        engine.replicas.put("demo_web", 4);

        engine.goesBy(Duration.ofSeconds(20));

        assertThat(engine.outcomes())
                .containsExactly("unknown, the cluster shows 4, neither 2 nor 3");
        assertThat(engine.told()).singleElement().asString().contains("cannot be told");
    }

    @Test
    void whatWasSentWithoutAnAnswerMayStillArriveAndIsNotSentAgainMeanwhile() {
        engine.look();
        Undertaking restart =
                engine.step(engine.firing("Stuck", Map.of("restart", "yes", "service", "demo_web")))
                        .effects()
                        .getFirst();
        reports(restart, new Report.Lost("timeout"));
        engine.passes(Duration.ofSeconds(9));
        engine.look();
        assertThat(engine.outcomes()).isEmpty();

        engine.arrives(restart);
        engine.goesBy(Duration.ofSeconds(40));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
        assertThat(engine.forceUpdate).isEqualTo(1);
    }

    @Test
    void aLostAnswerThatNobodyCanLookAfterIsNotUnderWayForEver() {
        engine.look();
        Undertaking scale = engine.step(engine.firing("HighLoad", UP)).effects().getFirst();
        reports(scale, new Report.Lost("timeout"));

        for (int i = 0; i < 61; i++) {
            engine.passes(Duration.ofSeconds(10));
            engine.step();
        }

        assertThat(engine.outcomes())
                .containsExactly(
                        "unknown, its answer was lost and service/demo_web could not be looked at for 10 min");
    }

    @Test
    void anActionThatNobodyReportsOnIsLookedFor() {
        engine.look();
        engine.step(engine.firing("HighLoad", UP));

        engine.goesBy(Duration.ofMinutes(2));

        assertThat(engine.outcomes())
                .first()
                .asString()
                .isEqualTo("failed, it did not arrive: the cluster still shows 2");
    }

    @Test
    void whatCannotBeSeenIsUnknownAndNotIneffective() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        engine.passes(Duration.ofSeconds(1));
        engine.step(engine.withRunning(2));

        for (int i = 0; i < 40; i++) {
            engine.passes(Duration.ofSeconds(10));
            engine.step();
        }

        assertThat(engine.outcomes())
                .singleElement()
                .asString()
                .startsWith("unknown, the watchers");
    }

    @Test
    void threeThatDidNotHealWithinAnHourAreForPeopleAndAfterTheHourItIsTriedAgain() {
        engine.look();
        Turn turn = engine.step(engine.firing("HighLoad", UP));
        for (int i = 0; i < 3; i++) {
            reports(turn.effects().getFirst(), new Report.Failed("no"));
            turn = next();
        }
        engine.goesBy(Duration.ofMinutes(50));
        assertThat(engine.plannedOnSwarm()).hasSize(3);
        assertThat(engine.told())
                .isNotEmpty()
                .allSatisfy(title -> assertThat(title).contains("3 actions of kind scale"));

        engine.goesBy(Duration.ofMinutes(11));

        assertThat(engine.plannedOnSwarm()).hasSize(4);
    }

    /// Waits for the next plan, at most two minutes.
    private Turn next() {
        for (int i = 0; i < 240; i++) {
            engine.passes(Duration.ofMillis(500));
            Turn turn = engine.look();
            if (!turn.effects().isEmpty()) {
                return turn;
            }
        }
        return engine.look();
    }

    private void reports(Undertaking undertaking, Report report) {
        engine.step(new ActionReported(undertaking.id(), report, engine.now));
    }
}
