package io.homeostat.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceLabelsTest {
    @Test
    void takesTheDefaultsWhenNothingIsSaid() {
        assertThat(ServiceLabels.read(Map.of("owner", "shop")))
                .returns(ScaleBounds.NONE, ServiceLabels::scale)
                .satisfies(labels -> assertThat(labels.bad()).isEmpty());
    }

    @Test
    void readsOurLabels() {
        Map<String, String> labels =
                Map.of(
                        ServiceLabels.MIN, "2",
                        ServiceLabels.MAX, " 5 ",
                        ServiceLabels.UP, "3",
                        ServiceLabels.DOWN, "2");

        assertThat(ServiceLabels.read(labels).scale()).isEqualTo(new ScaleBounds(2, 5, 3, 2));
    }

    @Test
    void readsDockerFlowsLabels() {
        Map<String, String> labels =
                Map.of(
                        "com.df.scaleMin", "2",
                        "com.df.scaleMax", "6",
                        "com.df.scaleUpBy", "2",
                        "com.df.scaleDownBy", "1");

        assertThat(ServiceLabels.read(labels).scale()).isEqualTo(new ScaleBounds(2, 6, 2, 1));
    }

    @Test
    void prefersOurLabelsToDockerFlows() {
        Map<String, String> labels = Map.of("com.df.scaleMax", "9", ServiceLabels.MAX, "4");

        assertThat(ServiceLabels.read(labels).scale().max()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "five", "5x", "-1", "0", "2.5", "+5", "99999999999"})
    void ignoresAMaximumThatCannotBeReadAndSaysSo(String text) {
        ServiceLabels read = ServiceLabels.read(Map.of(ServiceLabels.MAX, text));

        assertThat(read.scale().max()).isNull();
        assertThat(read.bad().get(ServiceLabels.MAX))
                .contains("'" + text + "'")
                .contains("whole number, 1 or more");
    }

    @Test
    void ignoresBothBoundsWhenTheyContradictEachOther() {
        ServiceLabels read =
                ServiceLabels.read(Map.of(ServiceLabels.MIN, "6", "com.df.scaleMax", "5"));

        assertThat(read.scale()).isEqualTo(ScaleBounds.NONE);
        assertThat(read.bad()).containsOnlyKeys(ServiceLabels.MIN, "com.df.scaleMax");
    }

    @Test
    void namesAnAutonomyThatIsNone() {
        assertThat(ServiceLabels.read(Map.of(ServiceLabels.AUTONOMY, "full")).bad())
                .containsOnlyKeys(ServiceLabels.AUTONOMY);
        assertThat(ServiceLabels.read(Map.of(ServiceLabels.AUTONOMY, "Auto")).bad()).isEmpty();
    }

    @Test
    void takesTheReplicasForTheFilesWhenTheLabelSaysSoOrCannotBeRead() {
        assertThat(ServiceLabels.replicasAreTheFiles(Map.of())).isFalse();
        assertThat(ServiceLabels.replicasAreTheFiles(Map.of(ServiceLabels.REPLICAS, "homeostat")))
                .isFalse();
        assertThat(ServiceLabels.replicasAreTheFiles(Map.of(ServiceLabels.REPLICAS, " File ")))
                .isTrue();
        assertThat(ServiceLabels.replicasAreTheFiles(Map.of(ServiceLabels.REPLICAS, "flie")))
                .isTrue();
        assertThat(ServiceLabels.read(Map.of(ServiceLabels.REPLICAS, "file")).bad()).isEmpty();
        assertThat(ServiceLabels.read(Map.of(ServiceLabels.REPLICAS, "flie")).bad())
                .containsOnlyKeys(ServiceLabels.REPLICAS);
    }

    @Test
    void takesAServiceForVitalUnlessTheLabelSaysNo() {
        assertThat(ServiceLabels.vital(Map.of(ServiceLabels.VITAL, ""))).isTrue();
        assertThat(ServiceLabels.vital(Map.of(ServiceLabels.VITAL, "maybe"))).isTrue();
        assertThat(ServiceLabels.vital(Map.of(ServiceLabels.VITAL, "False"))).isFalse();
        assertThat(ServiceLabels.vital(Map.of())).isFalse();
        assertThat(ServiceLabels.read(Map.of(ServiceLabels.VITAL, "maybe")).bad())
                .containsOnlyKeys(ServiceLabels.VITAL);
    }
}
