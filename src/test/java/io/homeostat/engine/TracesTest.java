package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.tracking.Measured;
import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of loads that oscillate, spike and die, beside a scaler that does what the last
/// number says and takes no number for 0.
class TracesTest {
    private static final int EVERY = 15;
    private static final int HOURS = 2;
    private static final int MIN = 2;
    private static final int MAX = 20;

    /// Loads in replicas, by the second; null where the metric says nothing.
    enum Trace {
        /// From 4 to 10 and back in 4 minutes.
        OSCILLATING(second -> 7 + 3 * Math.sin(2 * Math.PI * second / 240)),

        /// 3, and 12 for half a minute in every 5.
        SPIKING(second -> second % 300 < 30 ? 12.0 : 3.0),

        /// 8, with gaps of a minute in every 6, and nothing at all in the last half hour.
        DYING(second -> second % 360 < 60 || second > HOURS * 3600 - 1800 ? null : 8.0);

        private final IntFunction<Double> load;

        Trace(IntFunction<Double> load) {
            this.load = load;
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesLessThanANaiveScaler(Trace trace) {
        int ours = ours(trace);
        int naive = naive(trace);

        System.out.printf(
                "%-11s changes per hour: followed %4.1f, naive %5.1f%n",
                trace, (double) ours / HOURS, (double) naive / HOURS);
        assertThat(ours).isLessThan(naive);
    }

    @Test
    void bearsThePeakOfWhatOscillates() {
        EngineUnderTest engine = run(Trace.OSCILLATING);

        assertThat(engine.replicas.get("demo_web")).isGreaterThanOrEqualTo(9);
    }

    @Test
    void keepsWhatThereIsWhenTheMetricDies() {
        EngineUnderTest engine = run(Trace.DYING);

        assertThat(engine.replicas.get("demo_web")).isEqualTo(8);
    }

    private static int ours(Trace trace) {
        return run(trace).plannedOnSwarm().size();
    }

    private static EngineUnderTest run(Trace trace) {
        EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto(), TrackingsTest.RULES);
        engine.labels.put("homeostat.metric.load.query", "q");
        engine.labels.put("homeostat.metric.load.target", "1");
        engine.labels.put("homeostat.metric.load.type", "average");
        engine.bounds = new ScaleBounds(MIN, MAX, 1, 1);
        engine.replicas.put("demo_web", MIN);
        engine.look();
        for (int second = 0; second < HOURS * 3600; second += EVERY) {
            Double load = trace.load.apply(second);
            Measured measured =
                    load == null ? Measured.nothing("the query finds nothing") : Measured.of(load);
            Turn turn = engine.step(TrackingsTest.look(engine, measured));
            if (load == null) {
                assertThat(turn.effects().stream().map(Undertaking::action))
                        .as("without data, at second %d", second)
                        .noneMatch(TracesTest::isDown);
            }
            engine.perform(turn);
            engine.passes(Duration.ofSeconds(EVERY - 1));
        }
        return engine;
    }

    private static boolean isDown(Action action) {
        return action instanceof Action.ScaleService scale && !scale.isUp();
    }

    private static int naive(Trace trace) {
        int replicas = MIN;
        int changes = 0;
        for (int second = 0; second < HOURS * 3600; second += EVERY) {
            Double load = trace.load.apply(second);
            int wanted = (int) Math.clamp(Math.ceil(load == null ? 0 : load), MIN, MAX);
            changes += wanted == replicas ? 0 : 1;
            replicas = wanted;
        }
        return changes;
    }
}
