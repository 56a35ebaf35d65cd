package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Request;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Verdict;
import io.homeostat.incident.IncidentState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final Map<String, String> UP =
            Map.of("service", "demo_web", "scale", "up", "severity", "critical");
    private static final Map<String, String> DOWN =
            Map.of("service", "demo_web", "scale", "down", "severity", "warning");

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @Test
    void anAlertThatAsksForItScalesItsServiceByOneStep() {
        engine.look();

        Turn turn = engine.step(engine.firing("HighLoad", UP));

        assertThat(turn.effects())
                .extracting(Undertaking::action)
                .containsExactly(new Action.ScaleService("demo_web", 2, 3));
        assertThat(turn.decisions())
                .singleElement()
                .satisfies(decision -> assertThat(decision.verdict()).isEqualTo(Verdict.ALLOW));
        assertThat(engine.picture().accounts().values()).containsExactly("acting");
    }

    @Test
    void oneMessageMakesExactlyOneStepHoweverLongItStandsUnconfirmed() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));

        engine.goesBy(Duration.ofMinutes(9));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
        assertThat(engine.told()).isEmpty();
    }

    @Test
    void anAlertConfirmedAnewLaterThanTheStepIsOverMakesOneFurtherStep() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        engine.goesBy(Duration.ofSeconds(130));

        engine.perform(engine.step(engine.firing("HighLoad", UP)));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(
                        new Action.ScaleService("demo_web", 2, 3),
                        new Action.ScaleService("demo_web", 3, 4));
    }

    @Test
    void atTheMaximumAndStillFiringPeopleAreToldOnce() {
        engine.replicas.put("demo_web", 5);
        engine.look();

        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        engine.goesBy(Duration.ofMinutes(5));
        engine.perform(engine.step(engine.firing("HighLoad", UP)));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(engine.told()).hasSize(1).first().asString().contains("at max 5 since");
    }

    @Test
    void anAlertThatResolvesBeforeTheActionBeganTakesTheWishAlong() {
        engine.step(engine.firing("HighLoad", UP));
        engine.step(engine.resolved("HighLoad", UP));

        engine.look();
        engine.goesBy(Duration.ofMinutes(1));

        assertThat(engine.planned()).isEmpty();
    }

    @Test
    void aQuietHourAtTheMinimumMakesNoWriteAndTellsNobody() {
        engine.look();
        engine.step(engine.firing("LowLoad", DOWN));
        engine.step(engine.firing("Watchdog", Map.of("severity", "none")));
        for (String name : List.of("A", "B", "C")) {
            engine.step(engine.firing(name, Map.of("severity", "info")));
        }

        engine.goesBy(Duration.ofHours(1));

        assertThat(engine.planned()).isEmpty();
        assertThat(engine.picture().accounts().values())
                .containsExactlyInAnyOrder(
                        "satisfied", "observed", "observed", "observed", "observed");
        assertThat(engine.picture().incidents()).isEmpty();
    }

    @Test
    void whatNoRuleHandlesComesToPeopleAfterItsGrace() {
        engine.look();
        engine.step(engine.firing("DiskFull", Map.of("severity", "critical")));
        engine.goesBy(Duration.ofSeconds(20));
        assertThat(engine.told()).isEmpty();

        engine.goesBy(Duration.ofSeconds(20));

        assertThat(engine.told()).singleElement().asString().contains("DiskFull");
        assertThat(engine.picture().incidents())
                .singleElement()
                .satisfies(each -> assertThat(each.state()).isEqualTo(IncidentState.ESCALATED));
    }

    @Test
    void theMessageOfAnIncidentIsEditedWhenItEnds() {
        Map<String, String> labels = Map.of("severity", "critical");
        engine.look();
        engine.step(engine.firing("DiskFull", labels));
        engine.goesBy(Duration.ofSeconds(40));
        Undertaking first = lastEffect();
        engine.step(new Signal.ActionReported(first.id(), new Report.Taken("C1:1.5"), engine.now));

        engine.step(engine.resolved("DiskFull", labels));
        engine.goesBy(Duration.ofMinutes(3));

        Undertaking edit =
                engine.turns.stream().flatMap(turn -> turn.effects().stream()).toList().get(1);
        assertThat(((Action.PostNotice) edit.action()).notice().posted()).isEqualTo("C1:1.5");
    }

    @Test
    void aSilencedAlertIsNotActedOnAndIsWhenTheSilenceEnds() {
        engine.look();
        Signal.ReportedAlert alert = engine.alert("HighLoad", UP, true);
        engine.step(listed(alert, List.of("silence-1")));
        engine.goesBy(Duration.ofMinutes(1));
        assertThat(engine.planned()).isEmpty();
        assertThat(engine.picture().accounts().values()).containsExactly("suppressed");

        engine.step(listed(alert, List.of()));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void peopleHearAgainOfAnAlertThatFiresOnAfterTheyHeardThatItIsOver() {
        engine.look();
        Signal.ReportedAlert alert = engine.alert("DiskFull", Map.of("severity", "warning"), true);
        engine.step(listed(alert, List.of()));
        engine.goesBy(Duration.ofMinutes(1));
        engine.step(listed(alert, List.of("silence-1")));
        engine.goesBy(Duration.ofMinutes(3));
        assertThat(engine.picture().incidents()).isEmpty();

        engine.step(listed(alert, List.of()));
        engine.goesBy(Duration.ofMinutes(1));

        assertThat(engine.picture().incidents())
                .singleElement()
                .satisfies(incident -> assertThat(incident.channels()).isNotEmpty());
    }

    @Test
    void underTheCeilingShadowNothingIsDoneAndTheDecisionSaysWhatWouldHaveBeen() {
        EngineUnderTest shadow = new EngineUnderTest(Limits.DEFAULT);
        shadow.look();
        shadow.step(shadow.firing("HighLoad", UP));
        shadow.goesBy(Duration.ofMinutes(5));

        assertThat(shadow.planned()).isEmpty();
        assertThat(shadow.decisions())
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.verdict()).isEqualTo(Verdict.SHADOW);
                    assertThat(decision.shadowed()).isEqualTo(Verdict.ALLOW);
                    assertThat(decision.action())
                            .isEqualTo(new Action.ScaleService("demo_web", 2, 3));
                });
        assertThat(shadow.picture().accounts().values()).containsExactly("shadowed");
    }

    @Test
    void aRestartNeitherForgetsNorRepeats() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        int decided = engine.decisions().size();

        engine.restart();
        engine.passes(Duration.ofSeconds(2));
        engine.look();
        engine.step(engine.firing("HighLoad", UP));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
        assertThat(engine.picture().accounts()).hasSize(1);
        assertThat(engine.decisions().size()).isLessThanOrEqualTo(decided + 2);
    }

    @Test
    void whatWasPlannedAndNotSentBeforeARestartIsJudgedAgain() {
        engine.look();
        engine.step(engine.firing("HighLoad", UP));

        engine.restart();
        engine.passes(Duration.ofSeconds(2));
        engine.look();
        engine.goesBy(Duration.ofSeconds(20));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(
                        new Action.ScaleService("demo_web", 2, 3),
                        new Action.ScaleService("demo_web", 2, 3));
    }

    @Test
    void everyActionHasADecisionOnRecordAlsoWhenItIsPlannedAgain() {
        engine.look();
        engine.step(engine.firing("HighLoad", UP));

        engine.restart();
        engine.goesBy(Duration.ofSeconds(20));

        List<String> decided = engine.decisions().stream().map(Decision::id).toList();
        assertThat(engine.plannedOnSwarm()).hasSize(2);
        assertThat(engine.turns.stream().flatMap(turn -> turn.effects().stream()))
                .filteredOn(effect -> effect.action() instanceof Action.OnSwarm)
                .allSatisfy(effect -> assertThat(decided).contains(effect.decision()));
    }

    @Test
    void aRequestThatWasPlannedAndNotSentBeforeARestartIsDoneAfterIt() {
        engine.look();
        engine.step(new Signal.RequestMade(restart("q1")));

        engine.restart();
        engine.goesBy(Duration.ofSeconds(20));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(
                        new Action.RestartService("demo_web", 0),
                        new Action.RestartService("demo_web", 0));
    }

    @Test
    void aRequestWhoseActionWasTakenIsNotDoneAgain() {
        engine.look();
        Undertaking done = engine.step(new Signal.RequestMade(restart("q1"))).effects().getFirst();
        engine.step(new Signal.ActionReported(done.id(), new Report.Taken("hash"), engine.now));

        engine.restart();
        engine.goesBy(Duration.ofMinutes(20));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void whatIsStillBeingCarriedOutWhenTheEngineIsBuiltAnewIsWaitedFor() {
        engine.look();
        Turn turn = engine.step(engine.firing("HighLoad", UP));

        engine.rebuildWhile(turn.effects().getFirst());
        engine.look();
        assertThat(engine.outcomes()).isEmpty();

        engine.perform(turn);
        engine.goesBy(Duration.ofMinutes(1));
        assertThat(engine.outcomes()).singleElement().asString().startsWith("healed");
        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    private Request restart(String id) {
        return new Request(
                id,
                "restart",
                Subject.service("demo_web"),
                Sorted.copy(new TreeMap<String, String>()),
                "ann",
                "it hangs",
                engine.now,
                engine.now.plus(Duration.ofMinutes(10)));
    }

    @Test
    void aLostAnswerIsSettledByLookingAtTheCluster() {
        engine.look();
        Undertaking lost = engine.step(engine.firing("HighLoad", UP)).effects().getFirst();
        engine.step(new Signal.ActionReported(lost.id(), new Report.Lost("timeout"), engine.now));
        engine.replicas.put("demo_web", 3);

        engine.goesBy(Duration.ofMinutes(1));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
        assertThat(engine.outcomes()).singleElement().asString().startsWith("healed");
    }

    @Test
    void aWriteThatFailedIsTriedAgainAfterItsBackoffAndNotAfterTheCooldown() {
        engine.look();
        Undertaking failed = engine.step(engine.firing("HighLoad", UP)).effects().getFirst();
        engine.step(new Signal.ActionReported(failed.id(), new Report.Failed("500"), engine.now));
        assertThat(engine.plannedOnSwarm()).hasSize(1);

        engine.passes(Duration.ofSeconds(3));
        engine.look();

        assertThat(engine.plannedOnSwarm()).hasSize(2);
    }

    @Test
    void aFreezeHoldsActionsBackAndTheWishIsJudgedAfreshAtTheThaw() {
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
                                engine.now.plus(Duration.ofMinutes(5)))));
        engine.step(engine.firing("HighLoad", UP));
        assertThat(engine.planned()).isEmpty();
        assertThat(engine.picture().accounts().values()).containsExactly("waiting");

        engine.goesBy(Duration.ofMinutes(5));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void blindWatchersHoldActionsBack() {
        engine.look();
        engine.passes(Duration.ofMinutes(3));

        engine.step(engine.firing("HighLoad", UP));

        assertThat(engine.planned()).isEmpty();
        assertThat(engine.picture().accounts().values()).containsExactly("waiting");
    }

    @Test
    void aScalingThatItsTasksNeverFollowIsIneffective() {
        engine.look();
        Undertaking scale = engine.step(engine.firing("HighLoad", UP)).effects().getFirst();
        engine.step(new Signal.ActionReported(scale.id(), new Report.Taken("hash"), engine.now));
        engine.replicas.put("demo_web", 3);
        Instant end = engine.now.plus(Duration.ofMinutes(6));
        while (engine.now.isBefore(end)) {
            engine.passes(Duration.ofSeconds(10));
            engine.step(engine.withRunning(2));
        }

        assertThat(engine.outcomes()).singleElement().asString().startsWith("ineffective");
    }

    private Signal.AlertsListed listed(Signal.ReportedAlert alert, List<String> suppressedBy) {
        return new Signal.AlertsListed(
                engine.now, Instant.EPOCH, List.of(new Signal.ListedAlert(alert, suppressedBy)));
    }

    private Undertaking lastEffect() {
        return engine.turns.stream().flatMap(turn -> turn.effects().stream()).toList().getLast();
    }
}
