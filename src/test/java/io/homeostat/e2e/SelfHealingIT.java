package io.homeostat.e2e;

import static io.homeostat.e2e.DemoWeb.running;
import static io.homeostat.e2e.DemoWeb.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What Homeostat sees for itself in a real Swarm, without any Alertmanager.
@Tag("e2e")
@ExtendWith(RealSwarm.class)
class SelfHealingIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    /// A watch time, some looks, and an update that takes a while to be seen as ended.
    private static final Duration GOOD_WITHIN = Duration.ofSeconds(20);

    private static final String GHOST = "demo_ghost";

    /// Nothing listens there, so that nobody waits for a name to be looked up.
    private static final String NOWHERE = "127.0.0.1:9/demo/ghost:1.0";

    @TempDir private Path folder = Path.of("");

    private Program homeostat = new Program(Path.of("data"));

    @BeforeEach
    void serve() {
        Shell.testbed("swarm-testbed", "up", "--fresh", "--nodes", "1");
        homeostat = new Program(folder.resolve("data"));
        Map<String, String> settings = new TreeMap<>();
        settings.put("HOMEOSTAT_AUTONOMY", "auto");
        settings.put("HOMEOSTAT_SCALE_HOLD", "1s");
        settings.put("HOMEOSTAT_DOCKER_TASKS_FASTEST", "500ms");
        settings.put("HOMEOSTAT_DOCKER_TASKS_SLOWEST", "1s");
        settings.put("HOMEOSTAT_DIAGNOSIS_CLEAR_AFTER", "2s");
        settings.put("HOMEOSTAT_WATCH", "1s");
        settings.put("HOMEOSTAT_DOCKER_TIMEOUT", "3s");
        settings.put("HOMEOSTAT_LEASE_FOR", "6s");
        homeostat.start(settings);
        Shell.testbed(
                "demo-service",
                "up",
                "demo_web",
                "--update-order",
                "stop-first",
                "--update-failure-action",
                "pause");
        await().atMost(SOON).until(homeostat::isReady);
        await().atMost(SOON).until(() -> running() == 2);
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        try {
            homeostat.stop();
        } finally {
            Shell.testbed("swarm-testbed", "down");
        }
    }

    @Test
    void takesABadUpdateBackAndCallsPeopleForAnImageThatDoesNotExist() {
        Shell.docker(
                "service",
                "create",
                "--detach",
                "--no-resolve-image",
                "--name",
                GHOST,
                "--restart-delay",
                "1s",
                NOWHERE);
        await().atMost(SOON)
                .until(() -> !texts("/api/v1/facts?type=Service", "name", "demo_web").isEmpty());
        String good = knownGood();
        update("demo/web:broken");

        await().atMost(SOON).untilAsserted(() -> assertThat(image()).contains(good));
        await().atMost(SOON).until(() -> running() == 2);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(texts("/api/v1/actions", "kind", "rollback"))
                                .singleElement()
                                .satisfies(action ->
                                        assertThat(action.path("outcome").toString())
                                                .containsIgnoringCase("healed")));
        assertThat(texts("/api/v1/decisions", "subject", "service/demo_web"))
                .anyMatch(decision ->
                        decision.path("rule").asText().startsWith("take back ")
                                && decision.path("verdict").asText().equals("allow"));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(texts("/api/v1/incidents", "subject", "service/" + GHOST))
                                .singleElement()
                                .satisfies(incident ->
                                        assertThat(incident.path("title").asText())
                                                .contains("there is no such image", NOWHERE)));
        assertThat(toPeople(GHOST)).hasSize(1);
        assertThat(toPeople("demo_web")).as("nobody is called for the update").isEmpty();
    }

    /// Brings images until one of them is known to be good, which the timeline tells of every one
    /// but the first.
    private String knownGood() {
        for (String image : List.of("demo/web:1.1", "demo/web:1.2", "demo/web:1.1")) {
            update(image);
            await().atMost(SOON)
                    .until(() ->
                            homeostat.timeline("demo_web").contains("demo_web update: COMPLETED"));
            try {
                await().atMost(GOOD_WITHIN).until(() -> isKnownGood(image));
                return image;
            } catch (ConditionTimeoutException _) {
                // It was the first that is known to be good: nothing is told of that one.
            }
        }
        throw new AssertionError("no image came to be known good:\n" + homeostat.log());
    }

    private boolean isKnownGood(String image) {
        return homeostat.timeline("demo_web").stream()
                .anyMatch(line -> line.contains("has run well with %s for".formatted(image)));
    }

    private static void update(String image) {
        Shell.docker(
                "service",
                "update",
                "--detach",
                "--no-resolve-image",
                "--image",
                image,
                "demo_web");
    }

    private static String image() {
        return spec().path("TaskTemplate").path("ContainerSpec").path("Image").asText();
    }

    private List<JsonNode> toPeople(String service) {
        String path = "/api/v1/timeline?limit=200&subject=service/" + service;
        return StreamSupport.stream(homeostat.items(path).spliterator(), false)
                .filter(line -> line.path("text").asText().contains("comes to people"))
                .toList();
    }

    /// The items that have this text in this field.
    private List<JsonNode> texts(String path, String field, String text) {
        return StreamSupport.stream(homeostat.items(path).spliterator(), false)
                .filter(item -> item.path(field).asText().equals(text))
                .toList();
    }
}
