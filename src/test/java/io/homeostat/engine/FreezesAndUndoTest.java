package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.fact.Request;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a person stops, lets go on, and undoes.
class FreezesAndUndoTest {
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");
    private static final Map<String, String> RESTART =
            Map.of("service", "demo_web", "restart", "yes");

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @BeforeEach
    void look() {
        engine.look();
    }

    @Test
    void whatWasWishedAndIsOverAtTheThawLeadsToNothing() {
        engine.step(freeze(Freeze.Scope.EVERYTHING, ""));
        engine.step(engine.firing("Busy", UP));
        engine.step(engine.firing("Stuck", RESTART));
        engine.goesBy(Duration.ofMinutes(2));
        engine.step(engine.resolved("Busy", UP));
        engine.step(engine.resolved("Stuck", RESTART));

        thaw();

        assertThat(engine.decisions()).extracting(Decision::verdict).contains(Verdict.WAIT);
        assertThat(engine.plannedOnSwarm()).isEmpty();
    }

    @Test
    void whatIsStillWishedAtTheThawIsJudgedByWhatIsThereThen() {
        engine.step(freeze(Freeze.Scope.EVERYTHING, ""));
        engine.step(engine.firing("Busy", UP));
        engine.replicas.put("demo_web", 4);
        engine.goesBy(Duration.ofMinutes(2));

        thaw();

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.ScaleService("demo_web", 4, 5));
    }

    @Test
    void aFreezeThatEndsByItselfReplaysNothingEither() {
        engine.step(freeze(Freeze.Scope.EVERYTHING, ""));
        engine.step(engine.firing("Busy", UP));
        engine.goesBy(Duration.ofMinutes(1));
        engine.step(engine.resolved("Busy", UP));

        engine.goesBy(Duration.ofMinutes(40));

        assertThat(engine.plannedOnSwarm()).isEmpty();
    }

    @Test
    void undoingRequestsTheOppositeAndKeepsTheRuleFromDoingItAgain() {
        engine.perform(engine.step(engine.firing("Busy", UP)));
        engine.goesBy(Duration.ofMinutes(1));

        engine.perform(engine.step(undo()));
        engine.goesBy(Duration.ofMinutes(6));
        engine.step(engine.firing("Busy", UP));
        engine.goesBy(Duration.ofMinutes(50));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(
                        new Action.ScaleService("demo_web", 2, 3),
                        new Action.ScaleService("demo_web", 3, 2));
        assertThat(engine.lines()).anyMatch(line -> line.startsWith("ann undoes a3.1"));
        assertThat(engine.picture().freezes()).hasSize(1);
    }

    @Test
    void anotherRuleMayStillActOnWhatWasUndone() {
        engine.perform(engine.step(engine.firing("Busy", UP)));
        engine.goesBy(Duration.ofMinutes(1));
        engine.perform(engine.step(undo()));
        engine.goesBy(Duration.ofMinutes(1));

        engine.perform(engine.step(engine.firing("Stuck", RESTART)));

        assertThat(engine.plannedOnSwarm()).contains(new Action.RestartService("demo_web", 0));
    }

    @Test
    void undoingTheSameOrderTwiceIsHeardOnce() {
        engine.perform(engine.step(engine.firing("Busy", UP)));
        engine.goesBy(Duration.ofMinutes(1));
        Signal.UndoOrdered undo = undo();
        engine.perform(engine.step(undo));
        engine.step(new Signal.FreezeLifted("f-undo", "bob", "not needed", engine.now));

        engine.step(undo);

        assertThat(engine.picture().freezes()).isEmpty();
    }

    @Test
    void aPreviewOfARequestLeavesNothingBehind() {
        try (Engine fresh = engine.anew()) {
            Decision decision = fresh.preview(request("r-preview", 3));

            assertThat(decision.wish().text()).isEqualTo("scale service/demo_web to 3");
            assertThat(fresh.picture(0).facts()).noneMatch(Request.class::isInstance);
        }
    }

    @Test
    void aRequestMayOverridePaceWhichIsSaid() {
        engine.perform(engine.step(engine.firing("Busy", UP)));
        engine.goesBy(Duration.ofSeconds(40));
        engine.step(new Signal.RequestMade(request("r-1", 4)));
        engine.goesBy(Duration.ofSeconds(10));
        int patient = engine.plannedOnSwarm().size();

        TreeMap<String, String> parameters = new TreeMap<>(Map.of("replicas", "5"));
        parameters.put(Requests.OVERRIDE, "pace");
        engine.step(new Signal.RequestMade(request("r-2", parameters)));

        assertThat(patient).isBetween(1, 2);
        assertThat(engine.lines())
                .anyMatch(line ->
                        line.equals(
                                "ann requests to scale service/demo_web to 5, overriding pace: too"
                                        + " much"));
    }

    private void thaw() {
        engine.step(new Signal.FreezeLifted("f1", "ann", "done", engine.now));
        engine.look();
    }

    private Signal.FreezeSet freeze(Freeze.Scope scope, String value) {
        return new Signal.FreezeSet(
                new Freeze(
                        "f1",
                        scope,
                        value,
                        "ann",
                        "closing",
                        engine.now,
                        engine.now.plus(Duration.ofMinutes(30))));
    }

    private Signal.UndoOrdered undo() {
        return new Signal.UndoOrdered(
                "a3.1",
                request("r-undo", 2),
                List.of(
                        new Freeze(
                                "f-undo",
                                Freeze.Scope.RULE_ON_SUBJECT,
                                Freeze.ruleOn("service/demo_web", "scale up when asked"),
                                "ann",
                                "undid a3.1",
                                engine.now,
                                engine.now.plus(Duration.ofHours(1)))));
    }

    private Request request(String id, int replicas) {
        return request(id, new TreeMap<>(Map.of("replicas", String.valueOf(replicas))));
    }

    private Request request(String id, SortedMap<String, String> parameters) {
        return new Request(
                id,
                "scale",
                Subject.service("demo_web"),
                parameters,
                "ann",
                "too much",
                engine.now,
                engine.now.plus(Duration.ofMinutes(10)));
    }
}
