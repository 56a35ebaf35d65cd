package io.homeostat.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallChecksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Limits\": {}}",
                "{\"Limits\": {\"NanoCPUs\": 1000000000}}",
                "{\"Limits\": {\"MemoryBytes\": 0}}",
                "{\"Reservations\": {\"MemoryBytes\": 67108864}}"
            })
    void findsTasksThatMayTakeAllMemory(String resources) {
        assertThat(Sample.well().template("Resources", resources).by(new NoMemoryLimit()))
                .hasValueSatisfying(finding ->
                        assertThat(finding.change()).contains("limits:\n        memory:"));
    }

    @Test
    void leavesALimitOfMemoryAlone() {
        assertThat(Sample.well().by(new NoMemoryLimit())).isEmpty();
    }

    @Test
    void findsLabelsThatOnlyTheContainersHave() {
        assertThat(
                        Sample.well()
                                .container(
                                        "Labels",
                                        "{\"homeostat.autonomy\": \"auto\", \"other\": \"x\"}")
                                .by(new LabelsOnContainer()))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.what())
                            .contains("homeostat.autonomy")
                            .doesNotContain("other");
                    assertThat(finding.change())
                            .contains("deploy:\n    labels:\n      homeostat.autonomy: \"auto\"");
                });
    }

    @Test
    void leavesLabelsAloneThatTheServiceHasToo() {
        assertThat(
                        Sample.well()
                                .container("Labels", "{\"homeostat.autonomy\": \"auto\"}")
                                .label("homeostat.autonomy", "auto")
                                .by(new LabelsOnContainer()))
                .isEmpty();
        assertThat(
                        Sample.well()
                                .container("Labels", "{\"homeostatic\": \"x\"}")
                                .by(new LabelsOnContainer()))
                .isEmpty();
    }

    @Test
    void findsValuesOfOurLabelsThatMakeNoSense() {
        assertThat(
                        Sample.well()
                                .label("homeostat.scale.max", "five")
                                .label("homeostat.scale.min", "2")
                                .by(new BadLabels()))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.what())
                            .contains("homeostat.scale.max", "'five' is ignored")
                            .doesNotContain("scale.min");
                    assertThat(finding.change()).contains("homeostat.scale.max: \"VALUE\"");
                });
        assertThat(Sample.well().label("homeostat.scale.max", "5").by(new BadLabels())).isEmpty();
    }

    @Test
    void findsFourManagersThatBearNoMoreThanThree() {
        assertThat(EvenManagers.of(nodes(4, 1)))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.what())
                            .isEqualTo("there are 4 managers: they bear the loss of 1, as 3 would");
                    assertThat(finding.change())
                            .endsWith("docker node demote m1  # host-m1")
                            .as("the leader stays what it is");
                });
    }

    @Test
    void makesThreeManagersOfTwoWhereThereIsAThirdNode() {
        assertThat(EvenManagers.of(nodes(2, 1)))
                .hasValueSatisfying(
                        finding -> assertThat(finding.change()).contains("docker node promote w0"));
        assertThat(EvenManagers.of(nodes(2, 0)))
                .hasValueSatisfying(
                        finding -> assertThat(finding.change()).contains("docker node demote m1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5})
    void leavesAnOddNumberOfManagersAlone(int managers) {
        assertThat(EvenManagers.of(nodes(managers, 2))).isEmpty();
    }

    private static List<JsonNode> nodes(int managers, int workers) {
        List<JsonNode> nodes = new ArrayList<>();
        for (int i = 0; i < managers + workers; i++) {
            boolean isManager = i < managers;
            String id = isManager ? "m" + i : "w" + (i - managers);
            nodes.add(
                    Sample.json(
                            """
                            {"ID": "%s", "Spec": {"Role": "%s"}, "Description": {"Hostname": "host-%s"},
                             "ManagerStatus": {"Leader": %s}}
                            """
                                    .formatted(id, isManager ? "manager" : "worker", id, i == 0)));
        }
        return nodes;
    }
}
