package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Deployment.State;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Service;
import io.homeostat.rules.Rulebook;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a deployment goes on, from its acceptance to its end.
class DeploymentsTest {
    private static final Duration WATCH = Duration.ofMinutes(5);

    private static final Rulebook RULES =
            EngineUnderTest.rulebook(
                    """
                    rule "deploy what was asked for"
                        @autonomy( "auto" )
                    when
                        $deployment : Deployment( state == Deployment.State.ACCEPTED, $name : service )
                        not Deployment( service == $name, begun )
                    then
                        insertLogical( deploy( $deployment ).because( $deployment ) );
                    end
                    rule "take back a deployment that is not good"
                        @autonomy( "auto" )
                    when
                        $deployment : Deployment( faulty )
                    then
                        insertLogical( rollback( $deployment ).because( $deployment ) );
                    end
                    """);

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @BeforeEach
    void begin() {
        engine.content = "one";
        engine.look();
        engine.swap(engine.candidate(RULES));
        engine.goesBy(WATCH);
    }

    @Test
    void isCompletedWhenItHasRunWellForTheWatchTime() {
        deploy("d1", "web:2");
        assertThat(state("d1")).isEqualTo(State.DEPLOYING);
        engine.goesBy(Duration.ofSeconds(40));
        assertThat(state("d1")).isEqualTo(State.WATCHING);
        engine.goesBy(Duration.ofMinutes(4));
        assertThat(state("d1")).isEqualTo(State.WATCHING);

        engine.goesBy(Duration.ofSeconds(40));

        assertThat(state("d1")).isEqualTo(State.COMPLETED);
        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.DeployService("demo_web", "spec-2-0", "web:2", "d1"));
    }

    @Test
    void theSameAskedForAgainIsOne() {
        engine.step(ask("d1", "web:2"));
        engine.step(ask("d2", "web:2"));

        assertThat(deployment("d2")).isNull();
        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void oneThatHasBegunIsWaitedFor() {
        deploy("d1", "web:2");
        engine.step(ask("d2", "web:3"));
        engine.goesBy(Duration.ofMinutes(4));
        assertThat(state("d2")).isEqualTo(State.ACCEPTED);

        engine.goesBy(Duration.ofMinutes(2));

        assertThat(state("d1")).isEqualTo(State.COMPLETED);
        assertThat(state("d2")).isEqualTo(State.DEPLOYING);
    }

    @Test
    void oneThatHasNotBegunIsSuperseded() {
        engine.labels.put("homeostat.autonomy", "shadow");
        engine.passes(Duration.ofSeconds(1));
        engine.look();
        engine.step(ask("d1", "web:2"));
        engine.step(ask("d2", "web:3"));

        assertThat(state("d1")).isEqualTo(State.SUPERSEDED);
        assertThat(state("d2")).isEqualTo(State.ACCEPTED);
    }

    @Test
    void oneThatCannotBeginFailsInTheEnd() {
        engine.labels.put("homeostat.autonomy", "shadow");
        engine.passes(Duration.ofSeconds(1));
        engine.look();
        engine.step(ask("d1", "web:2"));
        engine.goesBy(Duration.ofMinutes(31));

        assertThat(state("d1")).isEqualTo(State.FAILED);
        assertThat(engine.told())
                .singleElement()
                .asString()
                .contains("the deployment of web:2 to demo_web has failed: it could not begin");
    }

    @Test
    void aPausedUpdateIsTakenBackAtOnce() {
        deploy("d1", "web:2");
        engine.update = Service.Update.PAUSED;
        engine.passes(Duration.ofSeconds(10));
        engine.look();
        engine.look();

        assertThat(engine.plannedOnSwarm().getLast())
                .isEqualTo(new Action.RollbackService("demo_web", "spec-2-1", "one"));
        goneBack();
        assertThat(state("d1")).isEqualTo(State.TAKEN_BACK);
        assertThat(quarantined("web:2")).isTrue();
    }

    @Test
    void whatSwarmRolledBackWasNotGood() {
        deploy("d1", "web:2");
        engine.update = Service.Update.ROLLBACK_COMPLETED;
        specified("one", "demo/web:1.0");

        assertThat(state("d1")).isEqualTo(State.TAKEN_BACK);
        assertThat(quarantined("web:2")).isTrue();
        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void whatSomebodyReplacedWasNotBad() {
        deploy("d1", "web:2");
        specified("four", "web:4");

        assertThat(state("d1")).isEqualTo(State.SUPERSEDED);
        assertThat(quarantined("web:2")).isFalse();
    }

    @Test
    void withoutAKnownGoodABadOneStaysAndPeopleAreTold() {
        EngineUnderTest young = new EngineUnderTest(EngineUnderTest.auto());
        young.content = "one";
        young.look();
        young.swap(young.candidate(RULES));
        Turn turn = young.step(asked("d1", "web:2", false, young));
        take(young, turn, "two", "web:2");
        young.update = Service.Update.PAUSED;
        young.passes(Duration.ofSeconds(10));
        young.look();
        young.look();

        assertThat(state(young, "d1")).isEqualTo(State.FAILED);
        assertThat(young.plannedOnSwarm()).hasSize(1);
        assertThat(young.told())
                .filteredOn(told -> told.toString().contains("the deployment of web:2"))
                .singleElement()
                .asString()
                .contains("no specification is known to be good, so it stays");
    }

    @Test
    void aForcedOneThatIsCompletedIsOutOfQuarantine() {
        deploy("d1", "web:2");
        engine.update = Service.Update.ROLLBACK_COMPLETED;
        specified("one", "demo/web:1.0");
        engine.update = Service.Update.NONE;
        engine.goesBy(Duration.ofMinutes(3));

        Turn turn = engine.step(asked("d2", "web:2", true, engine));
        take(engine, turn, "two", "web:2");
        engine.goesBy(Duration.ofMinutes(7));

        assertThat(state("d2")).isEqualTo(State.COMPLETED);
        assertThat(quarantined("web:2")).isFalse();
    }

    @Test
    void oneWhoseAnswerWasLostIsFoundInTheCluster() {
        Turn turn = engine.step(ask("d1", "web:2"));
        Undertaking sent = turn.effects().getFirst();
        engine.diesWhile(sent, "spec-2-1");
        engine.content = "two";
        engine.image = "web:2";
        engine.generation++;
        engine.arrives(sent);
        engine.goesBy(Duration.ofMinutes(1));

        assertThat(engine.plannedOnSwarm()).as("it is not sent again").hasSize(1);
        assertThat(state("d1")).isEqualTo(State.WATCHING);
    }

    @Test
    void oneThatDidNotArriveIsWishedAgain() {
        Turn turn = engine.step(ask("d1", "web:2"));
        engine.diesWhile(turn.effects().getFirst(), "spec-2-1");
        engine.goesBy(Duration.ofMinutes(1));

        assertThat(engine.outcomes())
                .singleElement()
                .asString()
                .startsWith("failed, it did not arrive");
        assertThat(engine.plannedOnSwarm()).hasSize(2);
        assertThat(state("d1")).isEqualTo(State.DEPLOYING);
    }

    @Test
    void anImageInQuarantineIsNotTakenUnlessForced() {
        deploy("d1", "web:2");
        engine.update = Service.Update.ROLLBACK_COMPLETED;
        specified("one", "demo/web:1.0");
        engine.update = Service.Update.NONE;
        engine.goesBy(Duration.ofMinutes(3));

        engine.step(ask("d2", "web:2"));

        assertThat(state("d2")).isEqualTo(State.FAILED);
        assertThat(quarantined("web:2")).isTrue();
        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void ofManyTheOldestAreForgottenButNoneThatKeepsAnImageInQuarantine() {
        deploy("d1", "web:2");
        engine.update = Service.Update.ROLLBACK_COMPLETED;
        specified("one", "demo/web:1.0");
        engine.labels.put("homeostat.autonomy", "shadow");
        engine.passes(Duration.ofSeconds(1));
        engine.look();
        for (int i = 0; i < 40; i++) {
            engine.step(ask("e" + i, "web:3." + i));
        }

        assertThat(deployment("e0")).isNull();
        assertThat(state("e38")).isEqualTo(State.SUPERSEDED);
        assertThat(quarantined("web:2")).isTrue();
    }

    @Test
    void isForgottenLongAfterItsEnd() {
        engine.labels.put("homeostat.autonomy", "shadow");
        engine.passes(Duration.ofSeconds(1));
        engine.look();
        engine.step(ask("d1", "web:2"));
        engine.step(ask("d2", "web:3"));
        engine.passes(Duration.ofDays(30));
        engine.look();

        assertThat(deployment("d1")).isNull();
    }

    // --- the rest ---

    private void deploy(String id, String image) {
        take(engine, engine.step(ask(id, image)), "two", image);
    }

    /// Docker takes it, and its tasks run.
    private static void take(EngineUnderTest engine, Turn turn, String content, String image) {
        engine.content = content;
        engine.image = image;
        engine.perform(turn);
    }

    private void specified(String content, String image) {
        engine.content = content;
        engine.image = image;
        engine.generation++;
        engine.forceUpdate++;
        engine.passes(Duration.ofSeconds(10));
        engine.look();
    }

    private void goneBack() {
        engine.update = Service.Update.NONE;
        take(engine, engine.turns.getLast(), "one", "demo/web:1.0");
    }

    private Signal ask(String id, String image) {
        return asked(id, image, false, engine);
    }

    private static Signal asked(String id, String image, boolean forced, EngineUnderTest engine) {
        return new Signal.DeploymentAsked(
                new Deployment(
                        id,
                        "demo_web",
                        image,
                        "ann",
                        "release",
                        forced,
                        engine.now,
                        State.ACCEPTED,
                        engine.now,
                        null,
                        ""));
    }

    private @Nullable Deployment deployment(String id) {
        return deployment(engine, id);
    }

    private static @Nullable Deployment deployment(EngineUnderTest engine, String id) {
        for (Fact fact : engine.picture().facts()) {
            if (fact instanceof Deployment held && held.id().equals(id)) {
                return held;
            }
        }
        return null;
    }

    private State state(String id) {
        return state(engine, id);
    }

    private static State state(EngineUnderTest engine, String id) {
        return Objects.requireNonNull(deployment(engine, id), id).state();
    }

    private boolean quarantined(String image) {
        List<Deployment> held =
                engine.picture().facts().stream()
                        .filter(Deployment.class::isInstance)
                        .map(Deployment.class::cast)
                        .toList();
        return Quarantine.of(held, "demo_web", image) != null;
    }
}
