package io.homeostat.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.homeostat.action.Action;
import io.homeostat.action.Outcome;
import io.homeostat.engine.EngineLoop;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.simulated.SimulatedCluster;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What /q/metrics shows, held against what is written about it and what is alerted on.
@QuarkusTest
@TestProfile(Parts.Open.class)
class MetricsTest {
    private static final Path RULES = Path.of("deploy/monitoring/homeostat-rules.yml");
    private static final Path DOCUMENT = Path.of("docs/metrics.md");
    private static final String SCALE_UP = alert("HighLoad", "firing", "shop_web");

    private final EngineLoop loop;
    private final SimulatedCluster cluster;
    private final InstantSource clock;

    @TestHTTPResource("/")
    URI home = URI.create("http://localhost");

    MetricsTest(EngineLoop loop, SimulatedCluster cluster, InstantSource clock) {
        this.loop = loop;
        this.cluster = cluster;
        this.clock = clock;
    }

    /// Some metrics have a line only after what they count has happened.
    @BeforeEach
    void act() {
        cluster.advance(clock.instant()).forEach(loop::offer);
        await().until(() -> loop.picture().facts().stream().anyMatch(Service.class::isInstance));
        post(SCALE_UP);
        await().until(() -> !metrics().of("homeostat_calls_seconds_count").isEmpty());
    }

    @Test
    void theDocumentListsEveryMetricAsItIs() throws IOException {
        Exposition metrics = metrics();
        StringBuilder expected =
                new StringBuilder("| metric | type | labels | meaning |\n|---|---|---|---|\n");
        for (Exposition.Family family : metrics.families("homeostat_")) {
            expected.append(
                    "| `%s` | %s | %s | %s |%n"
                            .formatted(
                                    family.name(),
                                    family.type(),
                                    String.join(", ", family.labels()),
                                    family.help()));
        }

        assertThat(Files.readString(DOCUMENT)).contains(expected.toString());
    }

    @Test
    void theDocumentSaysWhatBoundsEveryLabel() throws IOException {
        SortedSet<String> labels = new TreeSet<>();
        metrics().families("homeostat_").forEach(family -> labels.addAll(family.labels()));
        String document = Files.readString(DOCUMENT);

        assertThat(labels)
                .isNotEmpty()
                .allSatisfy(label -> assertThat(document).contains("\n| `" + label + "` | "));
    }

    @Test
    void alertRulesUseOnlyMetricsAndLabelsThatThereAre() throws IOException {
        Exposition metrics = metrics();
        List<String> faults = new ArrayList<>();
        for (JsonNode rule : rules()) {
            for (Selector selector : Selector.in(rule.path("expr").asText())) {
                // Prometheus itself makes this one, for every target.
                boolean itself = selector.metric().equals("up");
                if (!itself && metrics.samples().stream().noneMatch(selector::selects)) {
                    faults.add("%s asks for %s".formatted(rule.path("alert").asText(), selector));
                }
            }
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void everyOutcomeOfEveryActionHasALineBeforeItHappens() {
        List<Exposition.Sample> outcomes = metrics().of("homeostat_outcomes_total");

        assertThat(outcomes)
                .extracting(sample -> sample.label("outcome"))
                .containsAll(
                        // What was not really done is in replays only.
                        Stream.of(Outcome.class.getPermittedSubclasses())
                                .filter(type -> type != Outcome.Virtual.class)
                                .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
                                .toList());
        // One record makes a node active, paused or drained, and each is a kind.
        int kinds = (int) leaves(Action.class).count() + Node.Availability.values().length - 1;
        assertThat(outcomes.stream().map(sample -> sample.label("kind")).distinct()).hasSize(kinds);
    }

    @Test
    void everyAccountOfAnAlertHasALine() {
        assertThat(metrics().of("homeostat_alerts"))
                .extracting(sample -> sample.label("account"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(io.homeostat.incident.Account.values())
                                .map(io.homeostat.incident.Account::word)
                                .toList());
    }

    @Test
    void watchdogIsYoungAgainWhenItCame() {
        await().until(() -> age() > 2);
        double before = age();

        post(alert("Watchdog", "firing", "none"));

        assertThat(age()).isLessThan(before);
    }

    @Test
    void watchdogThatEndedDoesNotCount() {
        post(alert("Watchdog", "firing", "none"));
        await().until(() -> age() > 0.2);
        double before = age();

        post(alert("Watchdog", "resolved", "none"));

        assertThat(age()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void countsAcceptedAndRefusedAlertsByStatus() {
        double accepted = value("homeostat_intake_accepted_total{door=\"alerts\"}");
        double refused = value("homeostat_intake_refused_total{door=\"alerts\",status=\"400\"}");

        post(SCALE_UP);
        given().body("{}").when().post("/api/v1/alerts").then().statusCode(400);

        await().untilAsserted(() -> {
            assertThat(value("homeostat_intake_accepted_total{door=\"alerts\"}"))
                    .isEqualTo(accepted + 1);
            assertThat(value("homeostat_intake_refused_total{door=\"alerts\",status=\"400\"}"))
                    .isEqualTo(refused + 1);
        });
    }

    @Test
    void whoGoesAwayInTheMiddleOfABodyIsNotRefused() throws IOException {
        double refused = refusedAlerts();
        try (Socket socket = new Socket(home.getHost(), home.getPort())) {
            socket.getOutputStream()
                    .write(
                            "POST /api/v1/alerts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n{"
                                    .getBytes(StandardCharsets.US_ASCII));
        }

        post(SCALE_UP);

        assertThat(refusedAlerts()).isEqualTo(refused);
    }

    private static double refusedAlerts() {
        return metrics().of("homeostat_intake_refused_total").stream()
                .filter(sample -> sample.label("door").equals("alerts"))
                .mapToDouble(Exposition.Sample::value)
                .sum();
    }

    @Test
    void showsWhoLeadsAndWhoSees() {
        assertThat(value("homeostat_lease{standing=\"ours\"}")).isOne();
        assertThat(value("homeostat_lease{standing=\"elsewhere\"}")).isZero();
        assertThat(value("homeostat_watcher_seeing{watcher=\"alerts\"}")).isNaN();
        await().until(() -> value("homeostat_watcher_seeing{watcher=\"services\"}") == 1);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(MetricsTest::leaves)
                : Stream.of(type);
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        new ObjectMapper(new YAMLFactory())
                .readTree(RULES.toFile())
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        assertThat(rules).isNotEmpty();
        return rules;
    }

    private static double age() {
        return value("homeostat_watchdog_age_seconds");
    }

    private static double value(String series) {
        Selector selector = Selector.in(series).getFirst();
        return metrics().samples().stream()
                .filter(selector::selects)
                .mapToDouble(Exposition.Sample::value)
                .findFirst()
                .orElseThrow();
    }

    private static Exposition metrics() {
        return Exposition.read(
                when().get("/q/metrics").then().statusCode(200).extract().asString());
    }

    private static void post(String body) {
        given().body(body)
                .contentType(ContentType.JSON)
                .when()
                .post("/api/v1/alerts")
                .then()
                .statusCode(202);
    }

    private static String alert(String name, String status, String service) {
        return """
        {"version": "4", "receiver": "homeostat", "status": "%2$s", "alerts": [
          {"status": "%2$s", "fingerprint": "%1$s", "startsAt": "2026-11-23T10:00:00Z",
           "labels": {"alertname": "%1$s", "service": "%3$s", "scale": "up"}}]}\
        """
                .formatted(name, status, service);
    }
}
