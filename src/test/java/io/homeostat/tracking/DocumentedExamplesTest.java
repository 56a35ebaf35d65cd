package io.homeostat.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.ScalingPace;
import io.homeostat.fact.TrackingLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples and rules of Kubernetes' own page "Horizontal Pod Autoscaling", as a table. Where
/// an example there has no numbers of its own, the smallest ones that show its rule stand here.
class DocumentedExamplesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    value 200m with target 100m doubles          | value   | 200  | 100 |  3 |  3 |  6
                    value 50m with target 100m halves            | value   |  50  | 100 |  4 |  4 |  2
                    a half replica is rounded up                 | value   |  50  | 100 |  3 |  3 |  2
                    at the target nothing changes                | value   | 100  | 100 |  3 |  3 |  3
                    a ratio of 1.1 is within the tolerance       | value   | 110  | 100 | 10 | 10 | 10
                    a ratio just above 1.1 is not                | value   | 110.1| 100 | 10 | 10 | 12
                    a ratio of 0.9 is within the tolerance       | value   |  90  | 100 | 10 | 10 | 10
                    a ratio just below 0.9 is not                | value   |  89.9| 100 | 10 | 10 |  9
                    a value of 0 is data and asks for nothing    | value   |   0  | 100 |  4 |  4 |  0
                    a sum is divided by the pods                 | average | 600  | 100 |  4 |  4 |  6
                    a sum within the tolerance changes nothing   | average | 430  | 100 |  4 |  4 |  4
                    a sum that is less asks for fewer            | average | 150  | 100 |  4 |  4 |  2
                    pods that are not ready count 0 when growing | value   | 200  | 100 |  4 |  3 |  6
                    so that it may end within the tolerance      | value   | 140  | 100 |  4 |  3 |  4
                    and never turns the direction                | value   | 120  | 100 |  4 |  2 |  4
                    missing pods count 100 % when shrinking      | value   |  50  | 100 |  4 |  3 |  3
                    so that it may end within the tolerance too  | value   |  80  | 100 |  4 |  1 |  4
                    of a sum what is missing counts too          | average | 100  | 100 |  4 |  2 |  3
                    while it shrinks more run than are wanted    | value   | 100  | 100 |  2 |  5 |  2
                    """)
    void oneMetric(
            String what,
            String kind,
            double value,
            double target,
            int wanted,
            int ready,
            int then) {
        TrackingLabels labels =
                labels(
                        Map.of(
                                "homeostat.metric.load.query",
                                "q",
                                "homeostat.metric.load.target",
                                String.valueOf(target),
                                "homeostat.metric.load.type",
                                kind));

        Recommendation asked = recommendation(labels, Map.of("load", value), wanted, ready);

        assertThat(asked.replicas()).as(asked.why()).isEqualTo(then);
        assertThat(asked.isHeld()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    the largest of several counts                | 200 | 100 | 8 | false
                    also when the other wants fewer              | 200 |  50 | 8 | false
                    both want fewer: the larger of them          |  50 |  75 | 3 | false
                    one says nothing, the other wants more       | 200 |     | 8 | false
                    one says nothing, the other wants fewer      |  50 |     | 4 | true
                    one says nothing, the other wants to stay    | 100 |     | 4 | false
                    none says anything                           |     |     | 4 | true
                    """)
    void severalMetrics(String what, Double one, Double other, int then, boolean isHeld) {
        TrackingLabels labels =
                labels(
                        Map.of(
                                "homeostat.metric.a.query", "a",
                                "homeostat.metric.a.target", "100",
                                "homeostat.metric.b.query", "b",
                                "homeostat.metric.b.target", "100"));
        Map<String, Double> seen = new TreeMap<>();
        if (one != null) {
            seen.put("a", one);
        }
        if (other != null) {
            seen.put("b", other);
        }

        Recommendation asked = recommendation(labels, seen, 4, 4);

        assertThat(asked.replicas()).as(asked.why()).isEqualTo(then);
        assertThat(asked.isHeld()).isEqualTo(isHeld);
    }

    /// "The first step 8 replicas will be reduced. In the next iteration when the number is 72, 10
    /// % is 7.2 but rounded up to 8"; from 40 on 4 at a time.
    @Test
    void shrinksFrom80BySharesAndBelow40ByFours() {
        Steering steering =
                steering(
                        Map.of(
                                "homeostat.tracking.down.window", "0s",
                                "homeostat.tracking.down.policies", "4/60s,10%/60s"));

        List<Integer> steps = steps(steering, 80, 10, Duration.ofSeconds(60));

        assertThat(steps).containsExactly(72, 64, 57, 51, 45, 40, 36, 32, 28, 24, 20, 16, 12, 10);
    }

    @Test
    void shrinksByTheSmallestPolicyWhenThatIsSelected() {
        Steering steering =
                steering(
                        Map.of(
                                "homeostat.tracking.down.window", "0s",
                                "homeostat.tracking.down.policies", "10%/60s,5/60s",
                                "homeostat.tracking.down.select", "min"));

        assertThat(steps(steering, 80, 40, Duration.ofSeconds(60)))
                .containsExactly(75, 70, 65, 60, 55, 50, 45, 40);
    }

    @Test
    void growsBy4OrToTheDoubleInEach15SecondsByDefault() {
        assertThat(steps(steering(Map.of()), 1, 50, Duration.ofSeconds(15)))
                .containsExactly(5, 10, 20, 40, 50);
    }

    @Test
    void aPolicyHoldsForItsWholePeriod() {
        Steering steering = steering(Map.of("homeostat.tracking.up.policies", "2/60s"));

        assertThat(steps(steering, 4, 9, Duration.ofSeconds(15)))
                .as("one step each minute, looked at four times as often")
                .containsExactly(6, 6, 6, 6, 8, 8, 8, 8, 9);
    }

    @Test
    void shrinksToTheMinimumAtOnceAfterTheWindowByDefault() {
        Steering steering = steering(Map.of());
        Course course = Course.begin(10, NOW).recommended(10, NOW, HOUR);

        Instant before = NOW.plusSeconds(299);
        Instant after = NOW.plusSeconds(300);

        assertThat(steering.aim(2, course.recommended(2, before, HOUR), before).replicas())
                .isEqualTo(10);
        assertThat(steering.aim(2, course.recommended(2, after, HOUR), after).replicas())
                .isEqualTo(2);
    }

    @Test
    void usesTheHighestOfTheWindow() {
        Steering steering = steering(Map.of());
        Course course = Course.begin(10, NOW.minusSeconds(600));
        course = course.recommended(6, NOW.minusSeconds(200), HOUR).recommended(2, NOW, HOUR);

        assertThat(steering.aim(2, course, NOW).replicas()).isEqualTo(6);
    }

    @Test
    void growsOnlyAsFarAsWasAskedForThroughoutAWindowForGrowing() {
        Steering steering = steering(Map.of("homeostat.tracking.up.window", "60s"));
        Course course = Course.begin(4, NOW.minusSeconds(600));
        course = course.recommended(6, NOW.minusSeconds(30), HOUR).recommended(8, NOW, HOUR);

        assertThat(steering.aim(8, course, NOW).replicas()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"up, 8, 4", "down, 2, 4"})
    void aDirectionThatIsDisabledIsNotTaken(String direction, int asked, int then) {
        Steering steering =
                steering(
                        Map.of(
                                "homeostat.tracking." + direction + ".window", "0s",
                                "homeostat.tracking." + direction + ".select", "disabled"));
        Course course = Course.begin(4, NOW).recommended(asked, NOW, HOUR);

        assertThat(steering.aim(asked, course, NOW.plusSeconds(1)).replicas()).isEqualTo(then);
    }

    /// The replicas after each look, while always the same number is asked for.
    private static List<Integer> steps(Steering steering, int from, int to, Duration every) {
        List<Integer> steps = new ArrayList<>();
        Course course = Course.begin(from, NOW.minusSeconds(3600));
        Instant now = NOW;
        while (course.replicas() != to && steps.size() < 50) {
            course = course.recommended(to, now, HOUR);
            int next = steering.aim(to, course, now).replicas();
            steps.add(next);
            if (next != course.replicas()) {
                course = course.changed(next, now);
            }
            now = now.plus(every);
        }
        return steps;
    }

    private static Steering steering(Map<String, String> said) {
        TrackingLabels labels = labels(said);
        assertThat(labels.bad()).isEmpty();
        ScalingPace up = labels.up();
        return new Steering(up, labels.down(), Duration.ofSeconds(300), 1, 1000);
    }

    private static TrackingLabels labels(Map<String, String> said) {
        return TrackingLabels.read(said);
    }

    private static Recommendation recommendation(
            TrackingLabels labels, Map<String, Double> seen, int wanted, int ready) {
        TreeMap<String, Measured> measured = new TreeMap<>();
        seen.forEach((name, value) -> measured.put(name, Measured.of(value)));
        return Recommendation.of(
                labels, measured, new Tasks(wanted, ready), new MetricFormula(0.1));
    }
}
