package io.homeostat.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.e2e.RealSwarm;
import io.homeostat.e2e.Shell;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The packaged program is killed with SIGKILL while it scales a service of a real Swarm: at two of
/// the edges, and at any instant. Each time the service is scaled once, and nothing else of it is
/// changed.
@Tag("e2e")
@ExtendWith(RealSwarm.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwarmCrashIT {
    private static final String WEB = "demo_web";
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int ANY_MILLIS = 12_000;

    /// Longer than it takes to see that a step was taken, so that the repeats until then confirm no
    /// second one.
    private static final String EVERY = "10s";

    private final Random random = new Random(SEED);
    private final ObjectMapper json = new ObjectMapper();
    private final Api api;
    private final Alertmanager alertmanager;
    private final Victim victim;
    private int steps;

    SwarmCrashIT() throws IOException {
        int port = World.freePort();
        api = new Api(port);
        alertmanager = new Alertmanager(api);
        victim = new Victim(World.folder(), settings(port));
    }

    private static Map<String, String> settings(int port) {
        Map<String, String> settings = new TreeMap<>(World.pace());
        settings.put("HOMEOSTAT_CLUSTER", "swarm");
        settings.put("HOMEOSTAT_DOCKER_HOST", "unix:///var/tmp/swarm-testbed/node1/docker.sock");
        settings.put("HOMEOSTAT_HTTP_PORT", String.valueOf(port));
        settings.put("HOMEOSTAT_SCALE_EVERY", EVERY);
        settings.put("HOMEOSTAT_SCALE_DOWN_AFTER", "0s");
        settings.put("HOMEOSTAT_SCALE_BY", "1m");
        return settings;
    }

    @BeforeAll
    void raiseTheSwarm() throws IOException {
        System.out.printf("crash rounds on a real Swarm with -Dcrash.seed=%d%n", SEED);
        Shell.testbed("swarm-testbed", "up", "--fresh", "--nodes", "2");
        Shell.testbed("demo-service", "up");
        victim.start();
    }

    @AfterAll
    void takeItDown() throws InterruptedException {
        try {
            victim.kill();
            alertmanager.close();
        } finally {
            Shell.testbed("swarm-testbed", "down");
        }
    }

    @Test
    void scalesOnceWhereverItIsKilled() throws IOException, InterruptedException {
        scales("up", 3, Edges.STARTED_NOT_SENT);
        scales("up", 4, Edges.ANSWER_READ);
        scales("up", 5, Edges.ANY_INSTANT);
        scales("down", 4, Edges.ANY_INSTANT);
        scales("down", 3, Edges.ANY_INSTANT);
    }

    private void scales(String direction, int wanted, Edge edge)
            throws IOException, InterruptedException {
        awaitReady();
        JsonNode before = service();
        steps++;
        Alertmanager.Alert alert =
                alertmanager.alert("Step-" + steps, Map.of("scale", direction, "service", WEB));
        if (edge instanceof Edge.Inside inside) {
            victim.order(inside.order());
            repeatUntil(alert, victim::isAtTheEdge);
        } else {
            alert.fires();
            // Any instant is right; the seed says which.
            new CountDownLatch(1).await(random.nextInt(ANY_MILLIS), TimeUnit.MILLISECONDS);
        }
        victim.kill();
        victim.start();
        awaitReady();
        repeatUntil(alert, () -> replicas() == wanted);
        awaitOutcome();
        alert.resolves();

        JsonNode after = service();
        assertThat(withReplicas(after.path("Spec"), 0))
                .as("nothing but the replicas is changed (%s)", edge.sentence())
                .isEqualTo(withReplicas(before.path("Spec"), 0));
        assertThat(after.path("PreviousSpec"))
                .as("one write and no second one (%s)", edge.sentence())
                .isEqualTo(before.path("Spec"));
    }

    private void awaitReady() {
        await("ready").atMost(SOON).until(api::isReady);
    }

    private void repeatUntil(Alertmanager.Alert alert, Callable<Boolean> condition) {
        await(alert.name())
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    boolean holds = condition.call();
                    if (!holds) {
                        alert.fires();
                    }
                    return holds;
                });
    }

    /// As many scalings were taken as there were steps, and none is without an outcome.
    private void awaitOutcome() {
        await("outcome")
                .atMost(SOON)
                .untilAsserted(() -> {
                    List<JsonNode> actions = api.items("/api/v1/actions?subject=service/" + WEB);
                    assertThat(actions)
                            .allMatch(action -> action.path("state").asText().equals("final"));
                    assertThat(actions)
                            .filteredOn(action -> action.path("kind").asText().equals("scale"))
                            .filteredOn(action -> !action.path("takenAt").isNull())
                            .hasSize(steps);
                });
    }

    private static JsonNode withReplicas(JsonNode spec, int replicas) {
        ObjectNode copy = spec.deepCopy();
        copy.withObject("/Mode/Replicated").put("Replicas", replicas);
        return copy;
    }

    private int replicas() throws IOException {
        return Evidence.replicas(service().path("Spec"));
    }

    private JsonNode service() throws IOException {
        return json.readTree(
                        Shell.testbed("swarm-testbed", "docker", "1", "service", "inspect", WEB))
                .path(0);
    }
}
