package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Tracking;
import io.homeostat.fact.Tracking.Hold;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Verdict;
import io.homeostat.rules.Rulebook;
import io.homeostat.tracking.Measured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackingsTest {
    static final Rulebook RULES =
            EngineUnderTest.rulebook(
                    EngineUnderTest.RULES
                            + """
                            rule "follow"
                                @autonomy( "auto" )
                            when
                                $tracking : Tracking( $service : service, $replicas : replicas )
                            then
                                insertLogical(
                                    scaleTo( $service, $replicas ).because( $tracking ) );
                            end
                            """);

    private static final Duration EVERY = Duration.ofSeconds(15);

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto(), RULES);

    @BeforeEach
    void follow() {
        engine.labels.put("homeostat.metric.load.query", "q");
        engine.labels.put("homeostat.metric.load.target", "1");
        engine.bounds = new ScaleBounds(1, 20, 1, 1);
        engine.replicas.put("demo_web", 4);
        engine.look();
    }

    @Test
    void saysNothingOfAServiceBeforeItsMetricsWereLookedAt() {
        assertThat(engine.picture().facts()).noneMatch(Tracking.class::isInstance);
    }

    @Test
    void scalesUpAtOnceToWhatTheFormulaSays() {
        Turn turn = measured(1.5);

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.ScaleService("demo_web", 4, 6));
        assertThat(turn.decisions().getFirst().reason())
                .isEqualTo(
                        "scale service/demo_web from 4 to 6 (bounds 1..20), because load is 1.5 and"
                                + " its target 1, with 4 replicas, so ceil(4 × 1.5 / 1) = 6");
        assertThat(engine.lines())
                .contains(
                        "metrics ask for 6 replicas of demo_web: load is 1.5 and its target 1, with"
                                + " 4 replicas, so ceil(4 × 1.5 / 1) = 6");
    }

    @Test
    void wishesToStayWhileNothingIsToBeChanged() {
        Turn turn = measured(1.05);

        Decision stays = turn.decisions().getFirst();
        assertThat(stays.verdict()).isEqualTo(Verdict.DENY);
        assertThat(stays.wish().text()).isEqualTo("scale service/demo_web to 4");
        assertThat(Accounting.isSatisfied(stays)).isTrue();
        assertThat(engine.picture().incidents()).isEmpty();
    }

    /// An old value applied to the replicas that came of it would ask for more and more.
    @Test
    void usesALookOnlyOnce() {
        engine.perform(measured(1.5));
        engine.goesBy(Duration.ofSeconds(12));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
        assertThat(tracking().replicas()).isEqualTo(6);
    }

    @Test
    void needsNoPauseBetweenTwoSteps() {
        engine.perform(measured(1.5));
        engine.passes(EVERY.minusSeconds(1));

        engine.perform(measured(1.5));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(
                        new Action.ScaleService("demo_web", 4, 6),
                        new Action.ScaleService("demo_web", 6, 9));
    }

    @Test
    void growsByNoMoreThanThePoliciesAllow() {
        engine.perform(measured(9));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.ScaleService("demo_web", 4, 8));
        assertThat(engine.decisions().getFirst().reason()).contains("so it is 8 now");
    }

    @Test
    void scalesDownOnlyAfterTheWindow() {
        measuredFor(Duration.ofSeconds(285), 0.5);
        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(tracking().hold()).isEqualTo(Hold.WINDOW);

        measuredFor(Duration.ofSeconds(30), 0.5);

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.ScaleService("demo_web", 4, 2));
    }

    @Test
    void remembersTheWindowAcrossARestart() {
        measuredFor(Duration.ofSeconds(150), 0.5);
        engine.restart();
        engine.look();
        measuredFor(Duration.ofSeconds(120), 0.5);
        assertThat(engine.plannedOnSwarm()).isEmpty();

        measuredFor(Duration.ofSeconds(75), 0.5);

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.ScaleService("demo_web", 4, 2));
    }

    @Test
    void remembersTheHighestOfTheWindowAcrossARestart() {
        measuredFor(Duration.ofSeconds(30), 0.75);
        measuredFor(Duration.ofSeconds(30), 0.25);
        engine.restart();
        engine.look();

        measuredFor(Duration.ofSeconds(255), 0.25);

        assertThat(engine.plannedOnSwarm())
                .as("4 are out of the window, 3 are still in it")
                .containsExactly(new Action.ScaleService("demo_web", 4, 3));
    }

    @Test
    void doesNothingAfterARestartBeforeItHasLookedAnew() {
        measuredFor(Duration.ofSeconds(30), 0.5);
        engine.restart();

        engine.look();

        assertThat(tracking().replicas()).isEqualTo(4);
        assertThat(tracking().hold()).isEqualTo(Hold.NO_DATA);
        assertThat(tracking().why()).contains("it was not asked yet");
    }

    @Test
    void neverScalesDownWithoutData() {
        measuredFor(Duration.ofSeconds(60), 1);
        for (int i = 0; i < 100; i++) {
            nothing("the query finds nothing");
            engine.passes(EVERY);
            engine.look();
        }

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(tracking().blind()).containsExactly("load");
        assertThat(tracking().why())
                .isEqualTo(
                        "load says nothing: the query finds nothing; no data is not zero, so it"
                                + " keeps 4");
    }

    @Test
    void takesALookThatIsTooOldForNoData() {
        measured(1.05);
        assertThat(tracking().hold()).isEqualTo(Hold.NONE);

        engine.goesBy(Duration.ofSeconds(46));

        assertThat(tracking().hold()).isEqualTo(Hold.NO_DATA);
        assertThat(tracking().why()).contains("the last look began at");
    }

    @Test
    void waitsForTheWholeWindowAfterALongTimeWithoutAnyLook() {
        measuredFor(Duration.ofSeconds(30), 0.5);
        engine.goesBy(Duration.ofMinutes(20));

        measuredFor(Duration.ofSeconds(285), 0.5);

        assertThat(engine.plannedOnSwarm()).isEmpty();
    }

    @Test
    void leavesWhatSomebodyElseSetUntilItLookedAgain() {
        measured(1);
        engine.passes(Duration.ofSeconds(1));
        engine.replicas.put("demo_web", 8);

        engine.look();

        assertThat(tracking().replicas()).isEqualTo(8);
        assertThat(tracking().hold()).isEqualTo(Hold.NEXT_LOOK);
        assertThat(engine.plannedOnSwarm()).isEmpty();
    }

    @Test
    void leavesAServiceThatIsStoppedAlone() {
        measured(1);
        engine.replicas.put("demo_web", 0);

        engine.look();
        measured(9);

        assertThat(engine.picture().facts()).noneMatch(Tracking.class::isInstance);
        assertThat(engine.plannedOnSwarm()).isEmpty();
    }

    @Test
    void followsNothingAnyMoreWhenTheLabelsAreGone() {
        measured(1);
        engine.labels.remove("homeostat.metric.load.query");

        engine.look();

        assertThat(engine.picture().facts()).noneMatch(Tracking.class::isInstance);
        assertThat(engine.current.values()).noneMatch(Memo.Tracked.class::isInstance);
    }

    @Test
    void forgetsAServiceThatIsGone() {
        measured(1);
        engine.replicas.clear();
        engine.passes(Duration.ofSeconds(1));

        engine.look();

        assertThat(engine.picture().facts()).noneMatch(Tracking.class::isInstance);
    }

    @Test
    void believesNoAnswerToAnotherQuery() {
        engine.labels.put("homeostat.metric.load.query", "other");
        engine.look();

        measured(9);

        assertThat(tracking().hold()).isEqualTo(Hold.NO_DATA);
        assertThat(engine.plannedOnSwarm()).isEmpty();
    }

    @Test
    void asksForNoMoreThanTheMaximum() {
        engine.bounds = new ScaleBounds(1, 5, 1, 1);
        engine.look();

        measured(2);

        assertThat(tracking().replicas()).isEqualTo(5);
        assertThat(tracking().hold()).isEqualTo(Hold.MAXIMUM);
    }

    @Test
    void scalesNothingUpWithoutAMaximum() {
        engine.bounds = new ScaleBounds(1, null, 1, 1);
        engine.look();

        Turn turn = measured(2);

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(turn.decisions().getFirst().reason()).contains("no readable maximum");
    }

    @Test
    void letsNoStepDownThroughWhileItWishesToStay() {
        measured(1);

        engine.step(engine.firing("Idle", Map.of("service", "demo_web", "scale", "down")));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(engine.decisions().getLast().objections())
                .anyMatch(objection -> objection.code().equals("outvoted"));
    }

    @Test
    void wakesNoRuleWhileTheNumberStays() {
        measured(1);
        engine.passes(EVERY);
        engine.look();
        Turn turn = measured(1.02);

        assertThat(turn.kept()).noneMatch(Memo.Known.class::isInstance);
        assertThat(turn.decisions()).isEmpty();
    }

    @Test
    void writesTheSameRecommendationDownOnlyNowAndThen() {
        measured(1);
        long before = written();
        measuredFor(Duration.ofMinutes(10), 1);

        assertThat(written() - before).isLessThanOrEqualTo(21);
    }

    private long written() {
        return engine.turns.stream()
                .flatMap(turn -> turn.kept().stream())
                .filter(Memo.Tracked.class::isInstance)
                .count();
    }

    /// Looks at the metric for so long, and does what is decided.
    private void measuredFor(Duration time, double value) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(EVERY)) {
            engine.passes(EVERY.minusSeconds(1));
            Turn turn = measured(value);
            engine.perform(turn);
        }
    }

    private Turn measured(double value) {
        return look(Measured.of(value));
    }

    private void nothing(String trouble) {
        look(Measured.nothing(trouble));
    }

    private Turn look(Measured measured) {
        return engine.step(look(engine, measured));
    }

    static Signal look(EngineUnderTest engine, Measured measured) {
        return new Signal.MetricsSeen(
                engine.now,
                EVERY.multipliedBy(3),
                Sorted.copy(
                        Map.of(
                                "demo_web",
                                new TreeMap<>(
                                        Map.of("load", new Signal.MetricAnswer("q", measured))))));
    }

    private Tracking tracking() {
        List<Tracking> all =
                engine.picture().facts().stream()
                        .filter(Tracking.class::isInstance)
                        .map(Tracking.class::cast)
                        .toList();
        assertThat(all).hasSize(1);
        return Objects.requireNonNull(all.getFirst());
    }
}
