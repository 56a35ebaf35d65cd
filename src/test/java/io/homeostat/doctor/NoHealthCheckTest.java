package io.homeostat.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NoHealthCheckTest {
    private final NoHealthCheck unseen = new NoHealthCheck(Collections.emptySortedMap());

    @Test
    void findsAServiceWithoutOneWhoseImageHasNone() {
        assertThat(without().by(knowing("{\"Config\": {}}")))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.certain()).isTrue();
                    assertThat(finding.what()).contains("neither the service nor its image");
                    assertThat(finding.change()).startsWith("api:\n  healthcheck:\n    test:");
                });
    }

    @Test
    void isNotSureWhenTheImageCannotBeSeen() {
        assertThat(without().by(unseen))
                .hasValueSatisfying(finding -> assertThat(finding.certain()).isFalse());
    }

    @Test
    void findsOneThatIsSwitchedOff() {
        assertThat(Sample.well().container("Healthcheck", "{\"Test\": [\"NONE\"]}").by(unseen))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.certain()).isTrue();
                    assertThat(finding.what()).contains("switched off");
                });
    }

    @Test
    void findsAnImageThatSwitchesItOff() {
        assertThat(without().by(knowing("{\"Config\": {\"Healthcheck\": {\"Test\": [\"NONE\"]}}}")))
                .isPresent();
    }

    @Test
    void leavesAnImageAloneThatBringsOne() {
        assertThat(
                        without()
                                .by(
                                        knowing(
                                                "{\"Config\": {\"Healthcheck\": {\"Test\":"
                                                        + " [\"CMD\", \"true\"]}}}")))
                .isEmpty();
    }

    @Test
    void leavesJobsAloneAndServicesOfNoTask() {
        assertThat(without().set("Mode", "{\"ReplicatedJob\": {}}").by(unseen)).isEmpty();
        assertThat(without().replicas(0).by(unseen)).isEmpty();
        assertThat(Sample.well().by(unseen)).isEmpty();
    }

    private static Sample without() {
        return Sample.well().container("Healthcheck", "null");
    }

    private static NoHealthCheck knowing(String image) {
        SortedMap<String, JsonNode> images =
                new TreeMap<>(Map.of(Sample.IMAGE, Sample.json(image)));
        return new NoHealthCheck(images);
    }
}
