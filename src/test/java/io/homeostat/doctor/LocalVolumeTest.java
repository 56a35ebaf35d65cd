package io.homeostat.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalVolumeTest {
    private static final String OF_THE_STACK =
            "{\"Type\": \"volume\", \"Source\": \"shop_data\", \"Target\": \"/data\","
                    + " \"VolumeOptions\": {\"Labels\": {\"com.docker.stack.namespace\":"
                    + " \"shop\"}}}";

    private final LocalVolume check = new LocalVolume();

    @Test
    void findsAVolumeOnWhateverNodeATaskIsOn() {
        assertThat(Sample.well().mount(OF_THE_STACK).by(check))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.certain()).isTrue();
                    assertThat(finding.what()).contains("shop_data", "may be started on another");
                    assertThat(finding.change())
                            .startsWith("volumes:\n  data:")
                            .contains("node.hostname == NODE");
                });
    }

    @Test
    void saysWhenItIsBoundToItsNode() {
        assertThat(
                        Sample.well()
                                .mount(OF_THE_STACK)
                                .template("Placement", "{\"Constraints\": [\"node.hostname==n1\"]}")
                                .by(check))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.what()).contains("may run on that node only");
                    assertThat(finding.change()).doesNotContain("constraints");
                });
    }

    @Test
    void isNotSureOfAVolumeThatWasMadeBefore() {
        assertThat(
                        Sample.well()
                                .mount(
                                        "{\"Type\": \"volume\", \"Source\": \"data\","
                                                + " \"Target\": \"/data\"}")
                                .by(check))
                .hasValueSatisfying(finding -> assertThat(finding.certain()).isFalse());
    }

    @Test
    void leavesStorageAloneThatNodesShare() {
        assertThat(
                        volume(
                                "{\"Name\": \"local\", \"Options\": {\"type\": \"nfs\", \"o\":"
                                        + " \"addr=10.0.0.9\"}}"))
                .isEmpty();
        assertThat(volume("{\"Name\": \"rexray/efs\"}")).isEmpty();
        assertThat(volume("{\"Name\": \"local\", \"Options\": {\"type\": \"tmpfs\"}}")).isPresent();
    }

    @Test
    void leavesWhatNobodyMeansToKeepAlone() {
        assertThat(Sample.well().mount("{\"Type\": \"tmpfs\", \"Target\": \"/t\"}").by(check))
                .isEmpty();
        assertThat(Sample.well().mount("{\"Type\": \"volume\", \"Target\": \"/t\"}").by(check))
                .isEmpty();
        assertThat(
                        Sample.well()
                                .mount(
                                        "{\"Type\": \"bind\", \"Source\": \"/mnt/efs\","
                                                + " \"Target\": \"/t\"}")
                                .by(check))
                .isEmpty();
    }

    @Test
    void leavesAServiceAloneThatHasATaskOnEachNode() {
        assertThat(Sample.well().mount(OF_THE_STACK).set("Mode", "{\"Global\": {}}").by(check))
                .isEmpty();
    }

    private Optional<Finding> volume(String driver) {
        return Sample.well()
                .mount(
                        "{\"Type\": \"volume\", \"Source\": \"data\", \"Target\": \"/d\","
                                + " \"VolumeOptions\": {\"DriverConfig\": "
                                + driver
                                + "}}")
                .by(check);
    }
}
