package io.homeostat.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {
    private static final Pattern SECTION = Pattern.compile("(?m)^### `([a-z-]+)`");

    @Test
    void findsNothingWrongWithAServiceThatIsWell() {
        assertThat(examine(Sample.well().service())).isEmpty();
    }

    @Test
    void ordersFindingsByWhatTheyAreAbout() {
        DeployedService sick =
                Sample.well().order("stop-first").container("Healthcheck", "null").service();
        DeployedService other = Sample.well().set("Name", "\"a\"").replicas(1).service();

        assertThat(examine(sick, other))
                .extracting(finding -> finding.about() + " " + finding.ailment().code())
                .containsExactly(
                        "service a single-replica",
                        "service shop_api no-health-check",
                        "service shop_api update-loses-requests");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"Spec\": null}",
                "{\"Spec\": {\"Labels\": null, \"Mode\": {\"Replicated\": null}}}",
                "{\"Spec\": {\"Labels\": [1], \"Mode\": 3, \"EndpointSpec\": {\"Ports\": {}}}}",
                "{\"Spec\": {\"Mode\": {\"Replicated\": {\"Replicas\": \"x\"}},"
                        + " \"TaskTemplate\": {\"ContainerSpec\": {\"Mounts\": [null, 1, {}],"
                        + " \"Healthcheck\": {\"Test\": 5}}}}}"
            })
    void bearsAnyJson(String service) {
        assertThat(examine(new DeployedService(Sample.json(service)))).isNotNull();
    }

    @Test
    void eachFindingHasASectionInItsDocument() throws IOException {
        List<String> sections =
                SECTION.matcher(Files.readString(Path.of("docs/doctor.md")))
                        .results()
                        .map(section -> section.group(1))
                        .toList();

        assertThat(sections)
                .containsExactlyElementsOf(
                        Arrays.stream(Ailment.values()).map(Ailment::code).toList());
    }

    private static List<Finding> examine(DeployedService... services) {
        List<JsonNode> nodes = List.of();
        return Doctor.examine(
                new Seen(
                        List.of(services),
                        nodes,
                        Collections.emptySortedMap(),
                        List.of(),
                        List.of(),
                        List.of()));
    }
}
