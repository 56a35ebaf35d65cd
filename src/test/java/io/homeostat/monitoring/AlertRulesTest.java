package io.homeostat.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The alerts about Homeostat itself. Whether their metrics exist, `MetricsTest` says.
class AlertRulesTest {
    private static final Path RULES = Path.of("deploy/monitoring/homeostat-rules.yml");
    private static final Path CASES = Path.of("deploy/monitoring/homeostat-rules-test.yml");
    private static final Path DOCUMENT = Path.of("docs/monitoring.md");
    private static final String WATCHDOG = "Watchdog";

    @Test
    @ExtendWith(TheirTools.class)
    void prometheusReadsThem() {
        TheirTools.Ended check =
                TheirTools.run("promtool", "check", "config", "deploy/monitoring/prometheus.yml");

        assertThat(check.status()).as(check.output()).isZero();
        assertThat(check.output()).contains("rules found");
    }

    @Test
    @ExtendWith(TheirTools.class)
    void eachFiresWhenItShouldAndNotBefore() {
        TheirTools.Ended test = TheirTools.run("promtool", "test", "rules", CASES.toString());

        assertThat(test.status()).as(test.output()).isZero();
    }

    @Test
    void eachIsTestedBothWays() throws IOException {
        List<String> untested = new ArrayList<>();
        for (String alert : names()) {
            String expression = "ALERTS{alertname=\"%s\",alertstate=\"firing\"}".formatted(alert);
            boolean fires = false;
            boolean rests = false;
            for (JsonNode test : read(CASES).path("tests")) {
                for (JsonNode each : test.path("promql_expr_test")) {
                    boolean mine = each.path("expr").asText().equals(expression);
                    fires |= mine && !each.path("exp_samples").isEmpty();
                    rests |= mine && each.path("exp_samples").isEmpty();
                }
            }
            if (!(fires && (rests || alert.equals(WATCHDOG)))) {
                untested.add(alert);
            }
        }

        assertThat(untested).isEmpty();
    }

    @Test
    void eachSaysWhatHappenedAndWhereItGoes() throws IOException {
        for (JsonNode rule : rules()) {
            String name = rule.path("alert").asText();
            String severity = rule.path("labels").path("severity").asText();
            JsonNode words = rule.path("annotations");
            assertThat(words.path("summary").asText()).as(name).hasSizeBetween(10, 80);
            assertThat(words.path("description").asText()).as(name).endsWith(".");
            if (!name.equals(WATCHDOG)) {
                assertThat(severity).as(name).isIn("warning", "critical");
                assertThat(rule.path("labels").path("about").asText()).isEqualTo("homeostat");
                assertThat(words.path("description").asText()).as(name).hasSizeGreaterThan(150);
            }
        }
    }

    @Test
    void eachIsExplained() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(names())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(document).contains("\n| `" + alert + "` | "));
    }

    private static SortedSet<String> names() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        rules().forEach(rule -> names.add(rule.path("alert").asText()));
        return names;
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        read(RULES).path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    }
}
