package io.homeostat.e2e;

import static io.homeostat.e2e.DemoWeb.running;
import static io.homeostat.e2e.DemoWeb.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Foul weather on a real Swarm of five nodes, three of them managers: what is lost is not made
/// worse.
@Tag("e2e")
@ExtendWith(RealSwarm.class)
class WeatherIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofSeconds(4);
    private static final String API = "demo_api";
    private static final String THIRD = "node3";
    private static final GuardedSocket DOCKER =
            GuardedSocket.before(Path.of("/var/tmp/swarm-testbed/node1/docker.sock"));
    private static final FaultySocket FAULTY = FaultySocket.before(DOCKER.address());

    @TempDir private Path folder = Path.of("");

    private Program homeostat = new Program(Path.of("data"));

    @BeforeAll
    static void raiseTheSwarm() {
        Shell.testbed("swarm-testbed", "up", "--fresh", "--nodes", "5", "--managers", "3");
        Shell.testbed("demo-service", "up");
        Shell.testbed(
                "demo-service",
                "up",
                API,
                "--update-order",
                "stop-first",
                "--constraint",
                "node.role==manager");
    }

    @AfterAll
    static void takeItDown() throws Exception {
        try {
            FAULTY.close();
            DOCKER.close();
        } finally {
            Shell.testbed("swarm-testbed", "down");
        }
        assertThat(DOCKER.refused()).as("asked of Docker, and not documented").isEmpty();
    }

    @BeforeEach
    void serve() {
        homeostat = new Program(folder.resolve("data"));
        Map<String, String> settings = new TreeMap<>();
        settings.put("HOMEOSTAT_DOCKER_HOST", FAULTY.address());
        settings.put("HOMEOSTAT_DOCKER_TIMEOUT", "2s");
        settings.put("HOMEOSTAT_DOCKER_RESYNC", "1s");
        settings.put("HOMEOSTAT_LEASE_FOR", "8s");
        settings.put("HOMEOSTAT_AUTONOMY", "auto");
        settings.put("HOMEOSTAT_SCALE_UP_AFTER", "1s");
        settings.put("HOMEOSTAT_SCALE_HOLD", "1s");
        settings.put("HOMEOSTAT_STORM_DOWN_FOR", "2s");
        settings.put("HOMEOSTAT_STORM_CALM", "5s");
        homeostat.start(settings);
        await().atMost(SOON).until(homeostat::isReady);
        awaitSight("seeing", "services", "nodes", "tasks");
        await().atMost(SOON).until(() -> running() == 2);
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        FAULTY.be(FaultySocket.Fault.NONE);
        homeostat.kill();
        Shell.docker("service", "scale", "--detach", DemoWeb.NAME + "=2");
    }

    @Test
    void
            withTwoNodesCutOffNothingThatIsWellIsTakenOutAndPeopleHearOnceThatItBeganAndOnceThatItIsOver() {
        Shell.testbed("swarm-testbed", "stop-node", "4");
        Shell.testbed("swarm-testbed", "stop-node", "5");
        await().atMost(SOON).untilAsserted(() -> assertThat(stormNotices()).hasSize(1));
        assertThat(stormNotices().getFirst())
                .contains("2 of 5 nodes are sick (40 %)", "node4", "node5");

        request("restart", "service/" + API);
        request("drain", "node/" + id(THIRD));
        alert("Storm", "firing");

        awaitDecision("service/" + API, "wait", "2 of 5 nodes are sick (40 %)");
        awaitDecision("node/" + id(THIRD), "wait", "2 of 5 nodes are sick (40 %)");
        await().atMost(SOON).untilAsserted(() -> assertThat(wanted()).isEqualTo(3));
        staysWhile(() -> restarts() == 0 && availability(THIRD).equals("active"));
        assertThat(stormNotices()).hasSize(1);

        Shell.testbed("swarm-testbed", "start-node", "4");
        Shell.testbed("swarm-testbed", "start-node", "5");
        await().atMost(SOON).untilAsserted(() -> assertThat(stormNotices()).hasSize(2));
        assertThat(stormNotices().getLast())
                .contains("the storm of", "is over", "0 of 5 nodes are sick (0 %)");
        await().atMost(SOON).untilAsserted(() -> assertThat(restarts()).isEqualTo(1));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(availability(THIRD)).isEqualTo("drain"));
        Shell.docker("node", "update", "--availability", "active", THIRD);
        assertThat(stormNotices()).hasSize(2);
    }

    @Test
    void afterAManagerIsLostTheNextIsNotTakenOutUntilItIsBack() {
        String second = id("node2");
        Shell.testbed("swarm-testbed", "kill-node", "3");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(homeostat.items("/api/v1/facts?type=Node"))
                                .anySatisfy(node -> {
                                    assertThat(node.path("hostname").asText()).isEqualTo(THIRD);
                                    assertThat(node.path("manager").asText())
                                            .isEqualToIgnoringCase("unreachable");
                                }));

        request("drain", "node/" + second);

        awaitDecision(
                "node/" + second,
                "deny",
                "2 of 3 managers are reachable, and a majority is 2; at least 1 more must be"
                        + " reachable before another is taken out");
        staysWhile(() -> availability("node2").equals("active"));

        Shell.testbed("swarm-testbed", "start-node", "3");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(homeostat.items("/api/v1/facts?type=Node"))
                                .allSatisfy(node ->
                                        assertThat(node.path("state").asText())
                                                .isEqualToIgnoringCase("ready"))
                                .noneSatisfy(node ->
                                        assertThat(node.path("manager").asText())
                                                .isEqualToIgnoringCase("unreachable")));
        request("drain", "node/" + second);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(availability("node2")).isEqualTo("drain"));
        Shell.docker("node", "update", "--availability", "active", "node2");
    }

    @Test
    void whatDockerDoesNotSayIsNotBelieved() {
        int facts = facts();
        for (FaultySocket.Fault fault : FaultySocket.Fault.values()) {
            if (fault != FaultySocket.Fault.NONE) {
                FAULTY.be(fault);
                awaitSight("blind", "services", "nodes");
                alert(fault.name(), "firing");
                awaitDecision(
                        "service/" + DemoWeb.NAME,
                        "wait",
                        "alert %s fires".formatted(fault),
                        "the watcher of services is blind");
                staysWhile(() -> wanted() == 2 && facts() == facts);
                alert(fault.name(), "resolved");
                FAULTY.be(FaultySocket.Fault.NONE);
                awaitSight("seeing", "services", "nodes", "tasks");
            }
        }
        assertThat(homeostat.items("/api/v1/actions?kind=scale")).isEmpty();

        alert("Heard", "firing");
        await().atMost(SOON).untilAsserted(() -> assertThat(wanted()).isEqualTo(3));
    }

    // --- Homeostat ---

    private void alert(String name, String status) {
        homeostat.api().post("/api/v1/alerts", Webhook.scaleUp(DemoWeb.NAME, name, status));
    }

    private void request(String verb, String subject) {
        homeostat
                .api()
                .post(
                        "/api/v1/requests",
                        """
                        {"verb": "%s", "subject": "%s", "by": "e2e", "why": "to see what becomes of it"}
                        """
                                .formatted(verb, subject));
    }

    private void awaitDecision(String subject, String verdict, String... reasons) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(homeostat.items("/api/v1/decisions?subject=" + subject))
                                .anySatisfy(decision -> {
                                    assertThat(decision.path("verdict").asText())
                                            .isEqualToIgnoringCase(verdict);
                                    assertThat(decision.path("reason").asText()).contains(reasons);
                                }));
    }

    /// What people were told of a storm, in its order.
    private List<String> stormNotices() {
        return homeostat
                .log()
                .lines()
                .filter(line -> line.contains("To people") && line.contains("storm"))
                .toList();
    }

    private void awaitSight(String sight, String... watchers) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(homeostat.items("/api/v1/facts?type=Watcher"))
                                .filteredOn(watcher ->
                                        List.of(watchers).contains(watcher.path("name").asText()))
                                .hasSize(watchers.length)
                                .allSatisfy(watcher ->
                                        assertThat(
                                                        watcher.path("sight")
                                                                .asText()
                                                                .toLowerCase(Locale.ROOT))
                                                .as(homeostat::log)
                                                .isEqualTo(sight)));
    }

    /// How many services and nodes are held to be there.
    private int facts() {
        return homeostat.items("/api/v1/facts?type=Service").size()
                + homeostat.items("/api/v1/facts?type=Node").size();
    }

    // --- the Swarm ---

    private static void staysWhile(BooleanSupplier holds) {
        await().during(A_WHILE)
                .atMost(SOON)
                .ignoreExceptions()
                .pollInterval(Duration.ofSeconds(1))
                .until(holds::getAsBoolean);
    }

    private static String id(String hostname) {
        return Shell.docker("node", "inspect", "--format", "{{.ID}}", hostname).strip();
    }

    private static String availability(String hostname) {
        return Shell.docker("node", "inspect", "--format", "{{.Spec.Availability}}", hostname)
                .strip();
    }

    private static int restarts() {
        return Integer.parseInt(
                Shell.docker(
                                "service",
                                "inspect",
                                "--format",
                                "{{.Spec.TaskTemplate.ForceUpdate}}",
                                API)
                        .strip());
    }
}
