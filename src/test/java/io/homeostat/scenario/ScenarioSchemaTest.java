package io.homeostat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The schema that editors read says what the readers of scenarios say.
class ScenarioSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GIVEN = "scenario: s\ngiven: { services: { web: {} } }\n";
    private static final String THEN = "then: [ { nothing: true } ]\n";

    private static JsonNode schema;

    @BeforeAll
    static void read() throws IOException {
        schema = JSON.readTree(Path.of("src/main/resources/scenario.schema.json").toFile());
    }

    @Test
    void allowsEverySample() throws IOException {
        List<String> faults = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("facts-samples"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                for (JsonNode document : documents(Files.readString(file))) {
                    fault(schema, document, file.toString()).ifPresent(faults::add);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void knowsEveryKeyThatTheReadersKnow() {
        assertKeys("/properties", ScenarioReader.KEYS);
        assertKeys("/properties/given/properties", ScenarioReader.GIVEN);
        assertKeys("/properties/given/properties/settings/properties", SettingReader.known());
        assertKeys(
                "/properties/given/properties/services/additionalProperties/properties",
                ScenarioReader.SERVICE);
        assertKeys(
                "/properties/when/anyOf/0/properties",
                Stream.concat(StepReader.TIMES.stream(), StepReader.STEPS.stream()).toList());
        assertKeys(
                "/properties/then/anyOf/0/properties",
                Stream.concat(Stream.of("at"), CheckReader.CHECKS.stream()).toList());
        assertKeys(
                "/properties/then/anyOf/0/properties/waits/anyOf/0/properties", CheckReader.WAIT);
        assertKeys("/properties/never/anyOf/0/properties", CheckReader.NEVER);
        assertKeys("/$defs/decision/properties", CheckReader.DECISION);
        assertKeys("/$defs/telling/anyOf/1/properties", CheckReader.TELLING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fires: { alertname: A, annotations: { summary: s } }",
                "fires: [ { alertname: A, n: 1 } ]",
                "resolves: { alertname: A }",
                "silences: { alertname: A }",
                "unsilences: all",
                "freezes: { subject: service/web, for: 1h }",
                "thaws: all",
                "requests: { scale: web, replicas: 4, by: ann }",
                "requests: { drain: node-1 }",
                "scales: { web: 4 }",
                "relabels: { service: web, labels: { a: b } }",
                "deploys: { service: web, image: x, crashes: true }",
                "blinds: tasks",
                "next-write: arrives-unanswered",
                "restarts: homeostat",
            })
    void allowsWhatCanHappen(String step) throws IOException {
        assertThat(bothAllow(GIVEN + "when: [ { at: 1m30s, " + step + " } ]\n" + THEN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "when: [ { fire: { alertname: A } } ]",
                "when: [ { fires: { service: web } } ]",
                "when: [ { at: 90, thaws: all } ]",
                "when: [ { at: soon, thaws: all } ]",
                "when: [ { thaws: some } ]",
                "when: [ { freezes: { evrything: true } } ]",
                "when: [ { requests: { scales: web } } ]",
                "when: [ { relabels: { service: web } } ]",
                "when: [ { deploys: { service: web, image: x, crash: true } } ]",
                "when: [ { blinds: secrets } ]",
                "when: [ { scales: { web: -1 } } ]",
                "when: [ { thaws: all } ]\nthen: [ { decision: {} } ]",
                "when: [ { thaws: all } ]\nthen: [ { decisions: { verdct: deny } } ]",
                "when: [ { thaws: all } ]\nthen: [ { waits: { verdict: wait } } ]",
                "when: [ { thaws: all } ]\nthen: [ { nothing: false } ]",
                "when: [ { thaws: all } ]\nthen: [ { alerts: { A: wating } } ]",
                "when: [ { thaws: all } ]\nthen: [ { incidents: { service/web: opened } } ]",
                "when: [ { thaws: all } ]\nnever: [ { actions: [ x ] } ]",
                "when: [ { thaws: all } ]\nfor: 5",
                "wen: [ { thaws: all } ]",
            })
    void refusesWhatTheReadersRefuse(String wrong) throws IOException {
        String then = wrong.contains("then:") || wrong.contains("never:") ? "" : THEN;
        String text = GIVEN + wrong + "\n" + then;

        assertThat(readersAllow(text)).isFalse();
        assertThat(schemaAllows(text)).isFalse();
    }

    @Test
    void refusesUnknownKeysOfWhatIsGiven() throws IOException {
        for (String given :
                List.of(
                        "{ service: {} }",
                        "{ services: { web: { replcas: 1 } } }",
                        "{ nodes: { n1: { rol: worker } } }",
                        "{ settings: { ceilin: auto } }",
                        "{ place: { nod: n1 } }")) {
            String text = "scenario: s\ngiven: " + given + "\nwhen: [ { thaws: all } ]\n" + THEN;

            assertThat(readersAllow(text)).as(given).isFalse();
            assertThat(schemaAllows(text)).as(given).isFalse();
        }
    }

    private static boolean bothAllow(String text) throws IOException {
        return readersAllow(text) && schemaAllows(text);
    }

    private static boolean readersAllow(String text) {
        try {
            ScenarioReader.read("s.yaml", text, Path.of("facts-samples").toAbsolutePath());
            return true;
        } catch (BadScenario refused) {
            return false;
        }
    }

    private static boolean schemaAllows(String text) throws IOException {
        return documents(text).stream().allMatch(each -> fault(schema, each, "s").isEmpty());
    }

    private static void assertKeys(String pointer, Collection<String> known) {
        List<String> keys = new ArrayList<>();
        schema.at(pointer).fieldNames().forEachRemaining(keys::add);
        assertThat(keys).as(pointer).containsExactlyInAnyOrderElementsOf(known);
    }

    private static List<JsonNode> documents(String text) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        return StreamSupport.stream(yaml.loadAll(text).spliterator(), false)
                .map(document -> JSON.<JsonNode>valueToTree(document))
                .toList();
    }

    private static Optional<String> fault(JsonNode schema, JsonNode value, String at) {
        return new SchemaCheck(ScenarioSchemaTest.schema).fault(schema, value, at);
    }
}
