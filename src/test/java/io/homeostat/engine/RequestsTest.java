package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Request;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a person requests is done exactly once, whatever comes between.
class RequestsTest {
    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @Test
    void isDoneOnce() {
        engine.look();
        engine.perform(engine.step(requested()));

        engine.goesBy(Duration.ofMinutes(15));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.RestartService("demo_web", 0));
        assertThat(requests()).isZero();
    }

    @Test
    void isDoneAfterARestartWhenItHadOnlyBeenPlanned() {
        engine.look();
        engine.step(requested());
        engine.restart();
        engine.passes(Duration.ofSeconds(1));

        engine.perform(engine.look());
        engine.goesBy(Duration.ofMinutes(15));

        assertThat(engine.plannedOnSwarm()).hasSize(2);
        assertThat(engine.forceUpdate).isEqualTo(1);
        assertThat(requests()).isZero();
    }

    @Test
    void isNotDoneAgainWhenTheAnswerWasLostAndItHadArrived() {
        engine.look();
        Undertaking restart = engine.step(requested()).effects().getFirst();
        engine.forceUpdate++;
        engine.step(
                new Signal.ActionReported(restart.id(), new Report.Lost("timeout"), engine.now));

        engine.goesBy(Duration.ofMinutes(15));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
        assertThat(requests()).isZero();
    }

    @Test
    void isTriedAgainWhenDockerRefusedItAndForgottenWhenItsTimeIsOver() {
        engine.look();
        Turn turn = engine.step(requested());
        for (int i = 0; i < 100; i++) {
            for (Undertaking each : turn.effects()) {
                engine.step(
                        new Signal.ActionReported(each.id(), new Report.Failed("no"), engine.now));
            }
            engine.passes(Duration.ofSeconds(10));
            turn = engine.look();
        }

        assertThat(engine.plannedOnSwarm()).hasSizeGreaterThan(2);
        assertThat(requests()).isZero();
        assertThat(engine.lines())
                .contains("the request of ann expired: it could not be done in time");
    }

    @Test
    void isHeardOnceAlsoWhenTheInboxHoldsItTwice() {
        engine.look();
        Signal.RequestMade made = requested();
        engine.perform(engine.step(made));
        engine.goesBy(Duration.ofMinutes(2));

        engine.perform(engine.step(made));
        engine.goesBy(Duration.ofMinutes(5));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void ofANumberThatIsThereAlreadyIsRefusedWithTheReason() {
        engine.look();
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("replicas", "2");

        engine.step(new Signal.RequestMade(request("scale", parameters)));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(requests()).isZero();
        assertThat(engine.lines()).anyMatch(line -> line.contains("is refused"));
    }

    private Signal.RequestMade requested() {
        return new Signal.RequestMade(request("restart", new TreeMap<>()));
    }

    private Request request(String verb, SortedMap<String, String> parameters) {
        return new Request(
                "r1",
                verb,
                Subject.service("demo_web"),
                parameters,
                "ann",
                "it hangs",
                engine.now,
                engine.now.plus(Duration.ofMinutes(10)));
    }

    private long requests() {
        return engine.picture().facts().stream().filter(Request.class::isInstance).count();
    }
}
