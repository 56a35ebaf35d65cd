package io.homeostat.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.ScalingPace.Policy;
import io.homeostat.fact.ScalingPace.Select;
import io.homeostat.fact.ScalingPace.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackingLabelsTest {
    private static final String QUERY = "homeostat.metric.cpu.query";
    private static final String TARGET = "homeostat.metric.cpu.target";
    private static final String TYPE = "homeostat.metric.cpu.type";

    @Test
    void followsNothingAndHasTheUsualPaceWithoutLabels() {
        TrackingLabels labels = TrackingLabels.read(Map.of("homeostat.scale.max", "5"));

        assertThat(labels.hasAims()).isFalse();
        assertThat(labels.bad()).isEmpty();
        assertThat(labels.up()).isEqualTo(ScalingPace.UP);
        assertThat(labels.down()).isEqualTo(ScalingPace.DOWN);
    }

    @Test
    void readsSeveralMetrics() {
        TrackingLabels labels =
                TrackingLabels.read(
                        Map.of(
                                QUERY,
                                " avg(cpu) ",
                                TARGET,
                                "0.6",
                                "homeostat.metric.queue.query",
                                "sum(depth)",
                                "homeostat.metric.queue.target",
                                "100",
                                "homeostat.metric.queue.type",
                                "average"));

        assertThat(labels.aims().values())
                .containsExactly(
                        new MetricAim("cpu", "avg(cpu)", 0.6, MetricAim.Kind.VALUE),
                        new MetricAim("queue", "sum(depth)", 100, MetricAim.Kind.AVERAGE));
        assertThat(labels.unreadable()).isEmpty();
        assertThat(labels.bad()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0.0",
                "-1",
                "half",
                "1e9",
                "NaN",
                "Infinity",
                "80%",
                "0,8",
                "1.5 s"
            })
    void ignoresAMetricWithoutAReadableTargetAndSaysSo(String target) {
        TrackingLabels labels = TrackingLabels.read(Map.of(QUERY, "avg(cpu)", TARGET, target));

        assertThat(labels.aims()).isEmpty();
        assertThat(labels.unreadable()).containsExactly("cpu");
        assertThat(labels.bad().get(TARGET)).contains("'" + target + "'").contains("above 0");
    }

    @Test
    void ignoresAMetricOfWhichAPartIsMissing() {
        assertThat(TrackingLabels.read(Map.of(QUERY, "avg(cpu)")).bad()).containsOnlyKeys(QUERY);
        assertThat(TrackingLabels.read(Map.of(TARGET, "1")).bad()).containsOnlyKeys(TARGET);
        assertThat(TrackingLabels.read(Map.of(TYPE, "value")).aims()).isEmpty();
    }

    @Test
    void ignoresAMetricOfAnUnknownType() {
        TrackingLabels labels =
                TrackingLabels.read(Map.of(QUERY, "avg(cpu)", TARGET, "1", TYPE, "mean"));

        assertThat(labels.aims()).isEmpty();
        assertThat(labels.bad().get(TYPE)).contains("value or average");
    }

    @Test
    void ignoresAQueryThatIsTooLong() {
        TrackingLabels labels = TrackingLabels.read(Map.of(QUERY, "x".repeat(4001), TARGET, "1"));

        assertThat(labels.bad()).containsOnlyKeys(QUERY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "homeostat.metric.cpu",
                "homeostat.metric.cpu.goal",
                "homeostat.metric.a.b.query",
                "homeostat.tracking.window",
                "homeostat.tracking.sideways.window"
            })
    void saysThatALabelDoesNotExist(String label) {
        assertThat(TrackingLabels.read(Map.of(label, "1")).bad().get(label))
                .contains("no such label");
    }

    @Test
    void readsAPace() {
        TrackingLabels labels =
                TrackingLabels.read(
                        Map.of(
                                "homeostat.tracking.up.window", "1m30s",
                                "homeostat.tracking.up.policies", "4/15s, 50%/1m",
                                "homeostat.tracking.up.select", "min",
                                "homeostat.tracking.down.select", "disabled"));

        assertThat(labels.bad()).isEmpty();
        assertThat(labels.up())
                .isEqualTo(
                        new ScalingPace(
                                Duration.ofSeconds(90),
                                List.of(
                                        new Policy(4, Unit.REPLICAS, Duration.ofSeconds(15)),
                                        new Policy(50, Unit.PERCENT, Duration.ofMinutes(1))),
                                Select.MIN));
        assertThat(labels.down()).isEqualTo(ScalingPace.DOWN.disabled());
    }

    /// To move in a direction at another pace than was meant is the costlier mistake.
    @ParameterizedTest
    @CsvSource({
        "window, soon",
        "window, 61m",
        "window, -1s",
        "policies, 4",
        "policies, 0/15s",
        "policies, 4/0s",
        "policies, 4/31m",
        "policies, '4/15s,'",
        "policies, '1/1s,1/1s,1/1s,1/1s,1/1s,1/1s,1/1s,1/1s,1/1s,1/1s,1/1s'",
        "select, most"
    })
    void movesInNoDirectionWhosePaceCannotBeRead(String what, String value) {
        for (String direction : new String[] {"up", "down"}) {
            String label = "homeostat.tracking." + direction + "." + what;
            TrackingLabels labels = TrackingLabels.read(new TreeMap<>(Map.of(label, value)));

            assertThat(labels.bad().get(label))
                    .contains("'" + value + "'")
                    .contains("not scaled " + direction);
            ScalingPace pace = direction.equals("up") ? labels.up() : labels.down();
            ScalingPace other = direction.equals("up") ? labels.down() : labels.up();
            assertThat(pace.select()).isEqualTo(Select.DISABLED);
            assertThat(other.select()).isEqualTo(Select.MAX);
        }
    }

    @Test
    void isPartOfWhatAServiceSaysOfItsLabels() {
        assertThat(ServiceLabels.read(Map.of(TARGET, "none")).bad()).containsKey(TARGET);
    }
}
