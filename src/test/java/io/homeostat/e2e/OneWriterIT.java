package io.homeostat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Two Homeostats on two managers of a real Swarm of three, each told of every alert: one of them
/// writes, whatever becomes of the network between them.
@Tag("e2e")
@ExtendWith(RealSwarm.class)
class OneWriterIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration REPEAT = Duration.ofSeconds(5);
    private static final String WEB = "demo_web";
    private static final int CUT_OFF = 3;

    @TempDir private Path folder = Path.of("");

    private GuardedSocket third = socketOf(CUT_OFF);
    private GuardedSocket second = socketOf(2);
    private GuardedSocket first = socketOf(1);
    private Program a = new Program(Path.of("a"));
    private Program b = new Program(Path.of("b"));

    @BeforeAll
    static void raiseTheSwarm() {
        Shell.testbed("swarm-testbed", "up", "--fresh", "--nodes", "3", "--managers", "3");
    }

    @AfterAll
    static void takeItDown() {
        Shell.testbed("swarm-testbed", "down");
    }

    @BeforeEach
    void serve() {
        a = new Program(folder.resolve("a"), Program.PORT);
        b = new Program(folder.resolve("b"), Program.PORT + 1);
        Shell.testbed("demo-service", "up");
    }

    @AfterEach
    void leaveNothing() throws Exception {
        a.kill();
        b.kill();
        for (GuardedSocket each : List.of(first, second, third)) {
            each.close();
            assertThat(each.refused()).as("asked of Docker, and not documented").isEmpty();
        }
    }

    @Test
    void exactlyOneWritesBeforeDuringAndAfterAPartition() throws Exception {
        start(a, "8s", third.address());
        awaitState(a, "leads");
        start(b, "8s", second.address() + "," + first.address());
        awaitState(b, "waits");
        assertThat(lease(b).path("holder").asText()).isNotEmpty();

        // Before.
        alert("Before", "firing");
        awaitReplicas("Before", 3);
        alert("Before", "resolved");
        assertThat(scalings(b)).isEmpty();

        // During: A's manager is cut off, and A with it.
        Shell.testbed("swarm-testbed", "stop-node", String.valueOf(CUT_OFF));
        alert("During", "firing");
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    boolean bLeads = state(b).equals("leads");
                    assertThat(bLeads && state(a).equals("leads")).as("both lead").isFalse();
                    return bLeads;
                });
        assertThat(lease(b).path("epoch").asLong()).isEqualTo(2);
        assertThat(b.log()).contains("this process leads (epoch 2)", "has not renewed it for");
        assertThat(state(a)).isEqualTo("unsure");
        awaitReplicas("During", 4);
        alert("During", "resolved");
        assertThat(scalings(a)).containsExactly("2 to 3");

        // After.
        Shell.testbed("swarm-testbed", "start-node", String.valueOf(CUT_OFF));
        awaitState(a, "waits");
        assertThat(a.log()).contains("leads; this process waits since");
        awaitState(b, "leads");
        alert("After", "firing");
        awaitReplicas("After", 5);

        assertThat(scalings(a)).containsExactly("2 to 3");
        assertThat(scalings(b)).containsExactlyInAnyOrder("3 to 4", "4 to 5");
        a.stop();
        managerInUseIsLost();
        leaderIsKilled();
    }

    /// The next manager is in use soon (within ten seconds where nothing else runs), and B goes on
    /// leading.
    private void managerInUseIsLost() {
        long epoch = lease(b).path("epoch").asLong();
        Shell.testbed("swarm-testbed", "kill-node", "2");
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> b.log().contains("is asked from now on"));
        awaitState(b, "leads");
        assertThat(lease(b).path("epoch").asLong()).isEqualTo(epoch);
        Shell.testbed("swarm-testbed", "start-node", "2");
    }

    /// Had it to wait for its own lease, that would take far longer than this waits.
    private void leaderIsKilled() throws InterruptedException {
        // The managers may still elect a leader, and until they have one nobody knows the epoch.
        awaitState(b, "leads");
        long epoch = lease(b).path("epoch").asLong();
        b.kill();

        start(b, "5m", first.address());

        awaitState(b, "leads");
        assertThat(lease(b).path("epoch").asLong()).isEqualTo(epoch + 1);
        assertThat(b.log()).contains("our former process on this data directory had it");
    }

    private void start(Program program, String lease, String dockers) {
        Map<String, String> all = new TreeMap<>();
        all.put("HOMEOSTAT_DOCKER_HOST", dockers);
        all.put("HOMEOSTAT_DOCKER_TIMEOUT", "3s");
        all.put("HOMEOSTAT_DOCKER_FAILOVER", "4s");
        all.put("HOMEOSTAT_DOCKER_RESYNC", "3s");
        all.put("HOMEOSTAT_LEASE_FOR", lease);
        all.put("HOMEOSTAT_AUTONOMY", "auto");
        all.put("HOMEOSTAT_SCALE_EVERY", "2s");
        all.put("HOMEOSTAT_PACE_COOLDOWN", "1s");
        all.put("HOMEOSTAT_SCALE_UP_AFTER", "1s");
        all.put("HOMEOSTAT_SCALE_HOLD", "1s");
        program.start(all);
        await().atMost(SOON).until(program::isReady);
    }

    /// Posts an alert that asks for one more replica to both.
    private void alert(String name, String status) {
        String body = Webhook.scaleUp(WEB, name, status);
        for (Program each : List.of(a, b)) {
            each.api().post("/api/v1/alerts", body);
        }
    }

    /// Alertmanager repeats what still fires, and only a repeat is evidence that the last step was
    /// not enough. While the managers elect a leader, they do not answer.
    private void awaitReplicas(String alert, int replicas) {
        AtomicReference<Instant> said = new AtomicReference<>(Instant.now());
        await().atMost(SOON)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    if (Instant.now().isAfter(said.get().plus(REPEAT))) {
                        said.set(Instant.now());
                        alert(alert, "firing");
                    }
                    assertThat(wanted())
                            .as(() -> decided(a) + "\n" + decided(b))
                            .isEqualTo(String.valueOf(replicas));
                });
    }

    private static String wanted() {
        return Shell.testbed(
                        "swarm-testbed",
                        "docker",
                        "1",
                        "service",
                        "inspect",
                        WEB,
                        "--format",
                        "{{.Spec.Mode.Replicated.Replicas}}")
                .strip();
    }

    private static void awaitState(Program program, String state) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() ->
                        assertThat(lease(program).path("state").asText())
                                .as(() -> lease(program) + "\n" + program.log())
                                .isEqualTo(state));
    }

    /// What a program decided about the service, or what it printed when it does not answer.
    private static String decided(Program program) {
        try {
            return program.read("/api/v1/decisions").toPrettyString();
        } catch (IllegalStateException | UncheckedIOException gone) {
            return gone + "\n" + program.log();
        }
    }

    private static String state(Program program) {
        return lease(program).path("state").asText();
    }

    private static JsonNode lease(Program program) {
        return program.read("/api/v1/status").path("lease");
    }

    /// The scalings that were sent, as `2 to 3`.
    private static List<String> scalings(Program program) {
        List<String> scalings = new ArrayList<>();
        for (JsonNode action : program.items("/api/v1/actions")) {
            if (action.path("kind").asText().equals("scale")) {
                scalings.add(
                        action.path("text").asText().replaceAll(".*from (\\d+ to \\d+).*", "$1"));
            }
        }
        return scalings;
    }

    private static GuardedSocket socketOf(int node) {
        return GuardedSocket.before(
                Path.of("/var/tmp/swarm-testbed/node%d/docker.sock".formatted(node)));
    }
}
