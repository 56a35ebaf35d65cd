package io.homeostat.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Who hears of what, by the sample of Alertmanager's configuration.
class AlertRoutesTest {
    private static final String CONFIGURATION = "deploy/monitoring/alertmanager.yml";
    private static final Path RULES = Path.of("deploy/monitoring/homeostat-rules.yml");

    @Test
    @ExtendWith(TheirTools.class)
    void alertmanagerReadsIt() {
        TheirTools.Ended check = TheirTools.run("amtool", "check-config", CONFIGURATION);

        assertThat(check.status()).as(check.output()).isZero();
    }

    /// The labels of an alert, and the receivers that hear of it.
    @ParameterizedTest
    @ExtendWith(TheirTools.class)
    @CsvSource(
            delimiter = '|',
            value = {
                "alertname=HighLoad service=shop_web scale=up severity=warning | homeostat,people",
                "alertname=NodeDown node=n1 severity=critical | homeostat,people",
                "alertname=Strange | homeostat,people",
                "alertname=JustSo severity=info | homeostat,people",
                "alertname=Watchdog severity=none | homeostat",
                "alertname=HomeostatDown about=homeostat severity=critical | people-about-homeostat-now",
                "alertname=HomeostatLoopLags about=homeostat severity=warning | people-about-homeostat",
                "alertname=MemoryHigh service=homeostat severity=warning | homeostat,people",
            })
    void eachKindOfAlertReachesThoseWhoAreToHearOfIt(String labels, String receivers) {
        assertThat(receivers(List.of(labels.split(" ", -1)))).isEqualTo(receivers);
    }

    @ParameterizedTest
    @ExtendWith(TheirTools.class)
    @MethodSource("aboutHomeostat")
    void whatIsWrongWithHomeostatDoesNotPassThroughIt(List<String> labels) {
        String severity = labels.contains("severity=critical") ? "-now" : "";

        assertThat(receivers(labels)).isEqualTo("people-about-homeostat" + severity);
    }

    @Test
    void tokensAndAddressesThatAreSecretComeFromFiles() throws IOException {
        JsonNode configuration = read(Path.of(CONFIGURATION));

        assertThat(configuration.findValues("webhook_configs"))
                .isNotEmpty()
                .allSatisfy(hooks ->
                        assertThat(hooks.findValues("authorization"))
                                .isNotEmpty()
                                .allMatch(each -> each.has("credentials_file"))
                                .noneMatch(each -> each.has("credentials")));
        assertThat(configuration.findValues("api_url")).isEmpty();
    }

    /// The labels of every alert about Homeostat that there is.
    static Stream<List<String>> aboutHomeostat() throws IOException {
        List<List<String>> alerts = new ArrayList<>();
        for (JsonNode group : read(RULES).path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                JsonNode labels = rule.path("labels");
                if (labels.path("about").asText().equals("homeostat")) {
                    alerts.add(
                            List.of(
                                    "alertname=" + rule.path("alert").asText(),
                                    "about=homeostat",
                                    "severity=" + labels.path("severity").asText()));
                }
            }
        }
        assertThat(alerts).isNotEmpty();
        return alerts.stream();
    }

    private static String receivers(List<String> labels) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("amtool", "config", "routes", "test"));
        command.add("--config.file=" + CONFIGURATION);
        command.addAll(labels);
        TheirTools.Ended test = TheirTools.run(command.toArray(String[]::new));
        assertThat(test.status()).as(test.output()).isZero();
        // Above it, amtool may warn of its own configuration.
        return test.output().lines().reduce("", (_, last) -> last);
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    }
}
