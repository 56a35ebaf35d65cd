package io.homeostat.e2e;

import static io.homeostat.e2e.DemoWeb.load;
import static io.homeostat.e2e.DemoWeb.running;
import static io.homeostat.e2e.DemoWeb.staysFor;
import static io.homeostat.e2e.DemoWeb.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The image that `./homeostat image` builds, deployed by the stack file that we ship, in the Swarm
/// that it looks after.
@Tag("e2e")
@ExtendWith(RealSwarm.class)
class LivesInTheSwarmIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration A_WHILE = Duration.ofSeconds(12);
    private static final String MANAGER = "http://198.18.77.11:8080";
    private static final String SERVICE = "homeostat_homeostat";
    private static final Path NODE_1 = Path.of("/var/tmp/swarm-testbed/node1/docker.sock");
    private static final long BYTES_MAX = 200_000_000;

    /// Of a JVM that SIGKILL ended.
    private static final String KILLED = "137";

    /// What the log of a program that is well never has: an error, or a line of a stack.
    private static final Pattern TROUBLE = Pattern.compile("(?m)^.* ERROR .*$|^\\s+at \\S+\\(.*$");

    private final Api homeostat = new Api(MANAGER);

    @TempDir private static Path folder = Path.of("");

    @BeforeAll
    static void deploy() throws IOException {
        Shell.testbed("swarm-testbed", "up", "--fresh", "--nodes", "2");
        // What the build has just packaged is what is tested, even if it had to change nothing.
        Files.setLastModifiedTime(
                Shell.home().resolve("target/quarkus-app/quarkus-run.jar"),
                FileTime.from(Instant.now()));
        String image = folder.resolve("homeostat.tar").toString();
        Shell.run(
                List.of(Shell.home().resolve("homeostat").toString(), "image", "--output", image));
        Shell.docker("load", "-i", image);
        Path token = Files.writeString(folder.resolve("token"), Api.TOKEN);
        Shell.docker("secret", "create", "homeostat_token", token.toString());
        Map<String, String> settings = new TreeMap<>();
        settings.put(
                "DOCKER_GROUP",
                Shell.testbed(
                                "swarm-testbed",
                                "exec",
                                "1",
                                "stat",
                                "-c",
                                "%g",
                                "/var/run/docker.sock")
                        .strip());
        settings.put("HOMEOSTAT_AUTONOMY", "auto");
        settings.put("HOMEOSTAT_ALERTMANAGER_URLS", "http://198.18.77.254:9093");
        Shell.docker(
                settings,
                "stack",
                "deploy",
                "-c",
                "deploy/homeostat.yml",
                "-c",
                "deploy/testbed/homeostat.yml",
                "-c",
                inSeconds().toString(),
                "homeostat");
        Shell.testbed(
                "monitoring/run",
                "up",
                "--webhook",
                MANAGER + "/api/v1/alerts",
                "--token",
                Api.TOKEN);
        await().atMost(SOON).until(() -> !healthy().isEmpty());
    }

    @AfterAll
    static void takeItDown() {
        try {
            Shell.testbed("monitoring/run", "down");
        } finally {
            Shell.testbed("swarm-testbed", "down");
        }
    }

    @AfterEach
    void itsLogIsCalm() {
        assertThat(TROUBLE.matcher(Shell.docker("service", "logs", "--raw", SERVICE)).results())
                .as("errors and stacks in the container's log")
                .map(found -> found.group())
                .isEmpty();
    }

    @Test
    void theDoctorAsksNothingMoreThanItSaysAndFindsWhatOurOwnStackFileOwns() throws IOException {
        Permissions permissions = Permissions.ofTheDoctor();
        JsonNode report;
        try (GuardedSocket docker = GuardedSocket.before(NODE_1, permissions)) {
            report = new ObjectMapper().readTree(doctor(docker.address()));
            assertThat(docker.refused()).isEmpty();
            // Images are asked about only where a service brings no health check itself.
            assertThat(permissions.all()).containsAll(docker.used());
        }

        assertThat(report.path("findings"))
                .extracting(finding ->
                        finding.path("name").asText() + " " + finding.path("code").asText())
                .contains(SERVICE + " single-replica", SERVICE + " local-volume")
                .doesNotContain(
                        SERVICE + " no-health-check",
                        SERVICE + " no-memory-limit",
                        SERVICE + " update-loses-requests");
    }

    @Test
    void isSmallAndHasNoRights() {
        String size = Shell.docker("image", "inspect", "-f", "{{.Size}}", "homeostat:0.1.0");
        String status = Shell.docker("exec", healthy(), "cat", "/proc/1/status");

        assertThat(Long.parseLong(size.strip())).isLessThanOrEqualTo(BYTES_MAX);
        assertThat(status)
                .containsPattern("Uid:\\s+10001\\s")
                .contains("CapEff:\t0000000000000000");
        assertThat(Shell.docker("inspect", "-f", "{{.HostConfig.ReadonlyRootfs}}", healthy()))
                .isEqualToIgnoringNewLines("true");
    }

    @Test
    void theCommandsWorkInIt() {
        await().atMost(SOON).until(homeostat::isReady);

        // It fails while a watcher is blind, and Alertmanager's may just have begun to look.
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(Shell.docker("exec", healthy(), "homeostat", "status"))
                                .containsPattern("autonomy\\s+auto")
                                .containsPattern("store\\s+answers"));
        assertThat(Shell.docker("exec", healthy(), "homeostat", "check")).isNotBlank();
        assertThat(
                        Shell.docker(
                                "exec",
                                healthy(),
                                "homeostat",
                                "freeze",
                                "subject",
                                "shop_api",
                                "--why",
                                "test"))
                .contains("shop_api");
        assertThat(Shell.docker("exec", healthy(), "homeostat", "thaw", "--all")).isNotBlank();
    }

    @Test
    void refusesToTouchItself() {
        await().atMost(SOON).until(homeostat::isReady);
        String version = version();

        homeostat.post(
                "/api/v1/requests",
                """
                {"verb": "restart", "subject": "service/%s", "by": "e2e", "why": "to see it refused"}
                """
                        .formatted(SERVICE));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(homeostat.items("/api/v1/decisions?subject=service/" + SERVICE))
                                .anySatisfy(decision -> {
                                    assertThat(decision.path("verdict").asText())
                                            .isEqualToIgnoringCase("deny");
                                    assertThat(decision.path("reason").asText())
                                            .contains("Homeostat itself runs on");
                                }));
        assertThat(version()).isEqualTo(version);
    }

    @Test
    void anUpdateOfItselfInTheMiddleOfAnActionLosesAndRepeatsNothing() {
        Shell.testbed("demo-service", "up");
        try {
            await().atMost(SOON).until(() -> running() == 2);
            load(95);
            await().atMost(SOON).untilAsserted(() -> assertThat(wanted()).isEqualTo(3));
            assertThat(homeostat.items("/api/v1/actions?kind=scale"))
                    .singleElement()
                    .satisfies(action ->
                            assertThat(action.path("state").asText()).isNotEqualTo("final"));
            String before = healthy();

            Shell.docker("service", "update", "--force", "--detach", SERVICE);
            await().atMost(SOON).until(() -> !healthy().isEmpty() && !healthy().equals(before));

            assertThat(Shell.docker("inspect", "-f", "{{.State.ExitCode}}", before).strip())
                    .as("it stopped by itself, within its grace")
                    .isNotEqualTo(KILLED);
            // It is healthy inside before its port is open outside.
            await().atMost(SOON).until(homeostat::isReady);
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(homeostat.items("/api/v1/actions?kind=scale"))
                                    .singleElement()
                                    .satisfies(action ->
                                            assertThat(action.path("outcome").asText())
                                                    .isEqualToIgnoringCase("healed")));
            staysFor(A_WHILE, 3);
            assertThat(homeostat.items("/api/v1/actions?kind=scale")).hasSize(1);
        } finally {
            Shell.testbed("demo-service", "down");
        }
    }

    /// The container that is healthy, or nothing.
    private static String healthy() {
        return Shell.docker(
                        "ps",
                        "--no-trunc",
                        "-q",
                        "--filter",
                        "health=healthy",
                        "--filter",
                        "label=com.docker.swarm.service.name=" + SERVICE)
                .strip();
    }

    private static String version() {
        return Shell.docker("service", "inspect", "-f", "{{.Version.Index}}", SERVICE);
    }

    /// Everything a test waits for takes seconds; but the outcome of a scaling takes so long that
    /// an update fits in between, and one step is all there can be.
    private static Path inSeconds() throws IOException {
        return Files.writeString(
                folder.resolve("seconds.yml"),
                """
                version: "3.8"
                services:
                  homeostat:
                    environment:
                      HOMEOSTAT_ALERTMANAGER_EVERY: 1s
                      HOMEOSTAT_DOCKER_RESYNC: 3s
                      HOMEOSTAT_SCALE_UP_AFTER: 3s
                      HOMEOSTAT_SCALE_EVERY: 1h
                      HOMEOSTAT_SCALE_HOLD: 20s
                """);
    }

    /// What it says to machines, as it is started by a person beside the packaged program.
    private static String doctor(String docker) {
        String program = Shell.home().resolve("target/quarkus-app").toString();
        return Shell.run(
                List.of(
                        "sh",
                        "-c",
                        "\"$0\" -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp \"$1\""
                                + " io.homeostat.cli.Homeostat doctor --docker \"$2\" --json;"
                                + " test $? -eq 1",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "%1$s/app/*:%1$s/lib/main/*:%1$s/lib/boot/*".formatted(program),
                        docker));
    }
}
