package io.homeostat.e2e;

import static io.homeostat.e2e.DemoWeb.load;
import static io.homeostat.e2e.DemoWeb.running;
import static io.homeostat.e2e.DemoWeb.spec;
import static io.homeostat.e2e.DemoWeb.staysFor;
import static io.homeostat.e2e.DemoWeb.version;
import static io.homeostat.e2e.DemoWeb.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A real alert from a real Prometheus and Alertmanager changes a real Docker Swarm, because a rule
/// says so.
@Tag("e2e")
@ExtendWith(RealSwarm.class)
class LoopClosesIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofSeconds(12);
    private static final String ALERTMANAGER = "http://198.18.77.254:9093";

    private static String choking = "";
    private static final GuardedSocket DOCKER =
            GuardedSocket.before(Path.of("/var/tmp/swarm-testbed/node1/docker.sock"));

    private final Api alertmanager = new Api(ALERTMANAGER);
    private final ObjectMapper json = new ObjectMapper();

    @TempDir private Path folder = Path.of("");

    private Program homeostat = new Program(Path.of("data"));

    @BeforeAll
    static void raiseTheSwarm() {
        Shell.testbed("swarm-testbed", "up", "--fresh", "--nodes", "3");
        Shell.testbed("choking-services", "up");
        choking = Shell.testbed("choking-services", "snapshot");
    }

    /// What the tests before have asked of Docker is in the documentation. That it needs all that
    /// stands there is for `PermissionsTest` to show.
    @AfterAll
    static void takeItDown() throws IOException {
        try {
            DOCKER.close();
            Shell.testbed("monitoring/run", "down");
        } finally {
            Shell.testbed("swarm-testbed", "down");
        }
        assertThat(DOCKER.refused()).as("asked of Docker, and not documented").isEmpty();
        assertThat(Permissions.documented().all()).containsAll(DOCKER.used());
    }

    @BeforeEach
    void serve() {
        homeostat = new Program(folder.resolve("data"));
        Shell.testbed("demo-service", "up");
        await().atMost(SOON).until(() -> running() == 2);
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        try {
            homeostat.stop();
            assertThat(Shell.testbed("choking-services", "snapshot")).isEqualTo(choking);
        } finally {
            Shell.testbed("monitoring/run", "down");
            Shell.testbed("demo-service", "down");
        }
    }

    @Test
    void loadUpMakesThreeAndLoadDownMakesTwoAndNotFewer() {
        watch("1s");
        start(Map.of("HOMEOSTAT_AUTONOMY", "auto"));
        JsonNode before = spec();

        load(95);
        await().atMost(SOON).untilAsserted(() -> assertThat(wanted()).isEqualTo(3));
        load(50);
        JsonNode after = spec();
        await().atMost(SOON).untilAsserted(() -> assertThat(running()).isEqualTo(3));
        load(5);
        await().atMost(SOON).untilAsserted(() -> assertThat(wanted()).isEqualTo(2));

        assertThat(Difference.paths(before, after)).containsExactly("/Mode/Replicated/Replicas");
        staysFor(A_WHILE, 2);
        assertThat(homeostat.items("/api/v1/actions"))
                .filteredOn(action -> "scale".equals(action.path("kind").asText()))
                .hasSize(2);
    }

    @Test
    void oneMessageWithAGroupIntervalOfFiveMinutesMakesOneStep() {
        watch("5m");
        start(Map.of("HOMEOSTAT_AUTONOMY", "auto", "HOMEOSTAT_ALERTMANAGER_URLS", ""));

        load(95);
        await().atMost(SOON).untilAsserted(() -> assertThat(wanted()).isEqualTo(3));

        staysFor(A_WHILE, 3);
    }

    @Test
    void underTheCeilingShadowNothingIsWrittenAndTheDecisionSaysWhatWouldHaveBeen() {
        watch("1s");
        start(Map.of("HOMEOSTAT_AUTONOMY", "shadow"));
        long version = version();

        load(95);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(homeostat.items("/api/v1/decisions"))
                                .anySatisfy(decision -> {
                                    assertThat(decision.path("verdict").asText())
                                            .isEqualToIgnoringCase("shadow");
                                    assertThat(decision.path("reason").asText())
                                            .contains("from 2 to 3");
                                }));

        staysFor(A_WHILE, 2);
        assertThat(version()).isEqualTo(version);
    }

    @Test
    void aRestartInTheMiddleNeitherForgetsNorRepeats() throws InterruptedException {
        watch("5m");
        Map<String, String> settings =
                Map.of("HOMEOSTAT_AUTONOMY", "auto", "HOMEOSTAT_ALERTMANAGER_URLS", "");
        start(settings);
        load(95);
        await().atMost(SOON).untilAsserted(() -> assertThat(wanted()).isEqualTo(3));

        assertThat(homeostat.stop()).isLessThan(Duration.ofSeconds(10));
        start(settings);

        assertThat(homeostat.items("/api/v1/facts?type=Alert"))
                .anySatisfy(alert ->
                        assertThat(alert.path("labels").path("alertname").asText())
                                .isEqualTo("HighLoad"));
        staysFor(A_WHILE, 3);
    }

    @Test
    void aSilencedAlertIsNotActedOnAndIsWhenTheSilenceEnds() {
        watch("1s");
        load(50);
        String silence = silence(Map.of("alertname", "HighLoad"));
        start(Map.of("HOMEOSTAT_AUTONOMY", "auto"));

        load(95);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(homeostat.items("/api/v1/facts?type=Alert"))
                                .anySatisfy(alert ->
                                        assertThat(alert.path("status").asText())
                                                .isEqualToIgnoringCase("suppressed")));
        staysFor(A_WHILE, 2);
        alertmanager.delete("/api/v2/silence/" + silence);

        await().atMost(SOON).untilAsserted(() -> assertThat(wanted()).isEqualTo(3));
    }

    @Test
    void anAlertThatResolvesBeforeTheActionBeganIsNotActedOn() {
        watch("1s");
        start(Map.of("HOMEOSTAT_AUTONOMY", "auto"));
        post(
                "/api/v1/freezes",
                """
                {"scope": "everything", "value": "", "by": "e2e", "why": "hold", "for": "10m"}
                """);

        load(95);
        await().atMost(SOON).untilAsserted(() -> assertThat(alerts()).contains("HighLoad"));
        load(50);
        await().atMost(SOON).untilAsserted(() -> assertThat(alerts()).doesNotContain("HighLoad"));
        String freeze = homeostat.items("/api/v1/freezes").path(0).path("id").asText();
        delete("/api/v1/freezes/" + freeze + "?by=e2e&why=over");

        staysFor(A_WHILE, 2);
    }

    @Test
    void aNodeIsDrainedAndActivatedAgainBecauseAPersonRequestsIt() {
        start(Map.of("HOMEOSTAT_AUTONOMY", "auto", "HOMEOSTAT_PACE_COOLDOWN", "1s"));
        JsonNode before = node();

        request("drain", before.path("ID").asText());
        awaitAvailability("drain");
        assertThat(Difference.paths(before.path("Spec"), node().path("Spec")))
                .containsExactly("/Availability");
        awaitHealed("drain");
        assertThat(Shell.docker("node", "ps", "node3", "--filter", "desired-state=running", "-q"))
                .isBlank();

        request("activate", before.path("ID").asText());
        awaitAvailability("active");
        assertThat(node().path("Spec")).isEqualTo(before.path("Spec"));
        awaitHealed("activate");
    }

    @Test
    void aStoppedDockerLeavesItAliveSayingSoAndItComesBackByItself() {
        watch("1s");
        start(Map.of("HOMEOSTAT_AUTONOMY", "auto"));

        Shell.testbed("swarm-testbed", "kill-node", "1");
        try {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(sight("services")).isEqualTo("blind"));
            assertThat(homeostat.isAlive()).isTrue();
        } finally {
            Shell.testbed("swarm-testbed", "start-node", "1");
        }

        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(sight("services")).isEqualTo("seeing"));
        await().atMost(Duration.ofMinutes(2)).until(() -> running() == 2);
    }

    @Test
    void whatAFailedTaskWroteStandsBesideItsIncidentWithoutItsSecrets() {
        start(Map.of("HOMEOSTAT_ALERTS_GRACE", "1s"));
        FailingService.create(
                "demo_crash", "echo no configuration; echo password=hunter22 >&2; exit 3");
        try {
            await().atMost(SOON)
                    .until(() ->
                            homeostat
                                    .items("/api/v1/facts?type=Service")
                                    .findValuesAsText("name")
                                    .contains("demo_crash"));
            post("/api/v1/alerts", Webhook.fires("demo_crash", "Crashes"));

            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(homeostat.timeline("demo_crash"))
                                    .anyMatch(line -> line.contains("(exit code 3)"))
                                    .anyMatch(line -> line.contains("no configuration"))
                                    .anyMatch(line -> line.contains("password=[redacted]"))
                                    .noneMatch(line -> line.contains("hunter22")));
        } finally {
            FailingService.remove("demo_crash");
        }
    }

    private void request(String verb, String node) {
        post(
                "/api/v1/requests",
                """
                {"verb": "%s", "subject": "node/%s", "by": "e2e", "why": "to see it done"}
                """
                        .formatted(verb, node));
    }

    private JsonNode node() {
        try {
            return json.readTree(Shell.docker("node", "inspect", "node3")).path(0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void awaitAvailability(String wanted) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(node().path("Spec").path("Availability").asText())
                                .as(homeostat::log)
                                .isEqualTo(wanted));
    }

    private void awaitHealed(String kind) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(homeostat.items("/api/v1/actions?kind=" + kind))
                                .singleElement()
                                .satisfies(action ->
                                        assertThat(action.path("outcome").asText())
                                                .isEqualToIgnoringCase("healed")));
    }

    private void watch(String groupInterval) {
        Shell.testbed(
                "monitoring/run",
                "up",
                "--group-interval",
                groupInterval,
                "--webhook",
                "http://%s:%d/api/v1/alerts".formatted(Program.ADDRESS, Program.PORT),
                "--token",
                Api.TOKEN);
    }

    private void start(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>();
        all.put("HOMEOSTAT_DOCKER_HOST", DOCKER.address());
        all.put("HOMEOSTAT_DOCKER_TIMEOUT", "3s");
        all.put("HOMEOSTAT_LEASE_FOR", "8s");
        all.put("HOMEOSTAT_ALERTMANAGER_URLS", ALERTMANAGER);
        all.put("HOMEOSTAT_ALERTMANAGER_EVERY", "1s");
        all.put("HOMEOSTAT_SCALE_EVERY", "10s");
        all.put("HOMEOSTAT_DOCKER_RESYNC", "3s");
        all.put("HOMEOSTAT_SCALE_UP_AFTER", "3s");
        all.put("HOMEOSTAT_SCALE_DOWN_AFTER", "3s");
        all.put("HOMEOSTAT_SCALE_HOLD", "2s");
        all.putAll(settings);
        homeostat.start(all);
        await().atMost(SOON).until(homeostat::isReady);
    }

    private List<String> alerts() {
        return homeostat.items("/api/v1/facts?type=Alert").findValuesAsText("alertname");
    }

    private String sight(String watcher) {
        for (JsonNode each : homeostat.items("/api/v1/facts?type=Watcher")) {
            if (watcher.equals(each.path("name").asText())) {
                return each.path("sight").asText().toLowerCase(Locale.ROOT);
            }
        }
        return "missing";
    }

    private String silence(Map<String, String> labels) {
        String silence = Webhook.silence(labels);
        return alertmanager.post("/api/v2/silences", silence).path("silenceID").asText();
    }

    private void post(String path, String body) {
        homeostat.api().post(path, body);
    }

    private void delete(String path) {
        homeostat.api().delete(path);
    }
}
