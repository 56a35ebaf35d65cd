package io.homeostat.e2e;

import static io.homeostat.e2e.DemoWeb.load;
import static io.homeostat.e2e.DemoWeb.running;
import static io.homeostat.e2e.DemoWeb.staysFor;
import static io.homeostat.e2e.DemoWeb.version;
import static io.homeostat.e2e.DemoWeb.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A pipeline and a person at work on a service that is scaled by its load: what the pipeline takes
/// back is given back, what the person does is left alone.
@Tag("e2e")
@ExtendWith(RealSwarm.class)
class HandsOffIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofSeconds(12);
    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final String ALERTMANAGER = "http://198.18.77.254:9093";

    @TempDir private Path folder = Path.of("");

    private Program homeostat = new Program(Path.of("data"));

    @BeforeAll
    static void raiseTheSwarm() {
        Shell.testbed("swarm-testbed", "up", "--fresh", "--nodes", "3");
    }

    @AfterAll
    static void takeItDown() {
        Shell.testbed("swarm-testbed", "down");
    }

    @BeforeEach
    void serve() {
        homeostat = new Program(folder.resolve("data"));
        deploy("1.0", 2);
        await().atMost(SOON).until(() -> running() == 2);
        Shell.testbed(
                "monitoring/run",
                "up",
                "--group-interval",
                "1s",
                "--webhook",
                "http://%s:%d/api/v1/alerts".formatted(Program.ADDRESS, Program.PORT),
                "--token",
                Api.TOKEN);
        Map<String, String> settings = new TreeMap<>();
        settings.put("HOMEOSTAT_AUTONOMY", "auto");
        settings.put("HOMEOSTAT_ALERTMANAGER_URLS", ALERTMANAGER);
        settings.put("HOMEOSTAT_ALERTMANAGER_EVERY", "1s");
        settings.put("HOMEOSTAT_SCALE_EVERY", "3s");
        settings.put("HOMEOSTAT_SCALE_UP_AFTER", "1s");
        settings.put("HOMEOSTAT_SCALE_HOLD", "1s");
        settings.put("HOMEOSTAT_DOCKER_TIMEOUT", "3s");
        settings.put("HOMEOSTAT_LEASE_FOR", "8s");
        settings.put("HOMEOSTAT_HANDS_OFF_BURST", "3s");
        homeostat.start(settings);
        await().atMost(SOON).until(homeostat::isReady);
        load(95);
        await().atMost(SOON).pollInterval(Duration.ofMillis(500)).until(() -> wanted() == 5);
        await().atMost(SOON).until(() -> running() == 5);
        load(95);
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        try {
            homeostat.stop();
        } finally {
            Shell.testbed("monitoring/run", "down");
            Shell.docker("stack", "rm", "demo");
            await().atMost(SOON)
                    .until(() -> Shell.docker("network", "ls", "-q", "-f", "name=demo_").isBlank());
        }
    }

    @Test
    void whatADeploymentTookBackIsGivenBackAtOnceAndLeavesNothingToPeople() {
        deploy("1.1", 2);
        Instant written = Instant.now();
        await().atMost(AT_ONCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(wanted()).isEqualTo(5));

        assertThat(Duration.between(written, Instant.now())).isLessThan(AT_ONCE);
        await().atMost(Duration.ofMinutes(2)).until(() -> running() == 5);
        assertThat(DemoWeb.spec().path("TaskTemplate").toString()).contains("demo/web:1.1");
        assertThat(timeline())
                .filteredOn(line -> line.startsWith("keep replicas: "))
                .singleElement()
                .asString()
                .startsWith("keep replicas: scale service/demo_web from 2 to 5");
        assertThat(timeline()).noneMatch(line -> line.contains("to people until"));
    }

    @Test
    void replicasAloneAreADeploymentsWhenTheWholeStackIsWritten() {
        deploy("1.0", 2);

        await().atMost(AT_ONCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(wanted()).isEqualTo(5));
        assertThat(homeostat.items("/api/v1/decisions")).noneMatch(HandsOffIT::isAsked);
    }

    @Test
    void whatAPersonScalesIsLeftToThemAndAskedFor() {
        Shell.docker("service", "scale", "--detach", "demo_web=1");

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(homeostat.items("/api/v1/decisions"))
                                .anyMatch(HandsOffIT::isAsked));
        assertThat(timeline())
                .anyMatch(line ->
                        line.startsWith(
                                "a person changed it, which leaves its replicas to people"));
        staysFor(A_WHILE, 1);
    }

    @Test
    void anUnchangedDeploymentLeadsToNothing() {
        long version = version();
        deploy("1.0", 5);

        assertThat(version()).as("Docker wrote it").isGreaterThan(version);
        staysFor(A_WHILE, 5);
        assertThat(timeline())
                .noneMatch(line -> line.contains("changed it"))
                .noneMatch(line -> line.startsWith("keep replicas"));
    }

    private void deploy(String version, int replicas) {
        Path file = folder.resolve("stack.yml");
        try {
            Files.writeString(file, stack(version, replicas));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Shell.docker("stack", "deploy", "--compose-file", file.toString(), "demo");
    }

    private List<String> timeline() {
        return StreamSupport.stream(
                        homeostat
                                .items("/api/v1/timeline?subject=service/demo_web&limit=200")
                                .spliterator(),
                        false)
                .map(line -> line.path("text").asText())
                .toList();
    }

    private static boolean isAsked(JsonNode decision) {
        return decision.path("verdict").asText().equalsIgnoreCase("ask")
                && decision.path("reason").asText().contains("a person changed the replicas");
    }

    /// A web server under load, and a neighbour that nothing is ever asked of.
    private static String stack(String version, int replicas) {
        return """
        version: "3.8"
        services:
          web:
            image: demo/web:%s
            environment: {LOAD: "50"}
            ports: [{target: 8080, mode: host}]
            stop_grace_period: 5s
            deploy: &deploy
              replicas: %d
              endpoint_mode: dnsrr
              update_config: {order: start-first, failure_action: rollback, monitor: 2s}
              restart_policy: {delay: 1s}
              labels: {homeostat.autonomy: auto, homeostat.scale.min: "2", homeostat.scale.max: "5"}
          neighbour:
            image: demo/web:1.0
            deploy: {replicas: 1, endpoint_mode: dnsrr}
        """
                .formatted(version, replicas);
    }
}
