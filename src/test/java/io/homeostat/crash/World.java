package io.homeostat.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.homeostat.standin.DockerStandIn;
import io.homeostat.standin.SlackStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The program and all that is around it. What is around it lives in this process and outlives
/// every kill.
final class World {
    private static final String CHANNEL = "C0CRASH";
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final DockerStandIn docker;
    private final SlackStandIn slack;
    private final Api api;
    private final Alertmanager alertmanager;
    private final Victim victim;

    /// @param folder of one life of this world; its path must be short, for it holds a socket
    World(Path folder) throws IOException {
        Path socket = folder.resolve("docker.sock");
        docker = new DockerStandIn(socket);
        docker.nodes(nodes());
        // So that no list is ever empty: a service that nobody ever asks anything of.
        docker.create("calm_web", 1, Map.of());
        docker.start();
        slack = SlackStandIn.start().withChannel("crash", CHANNEL);
        int port = freePort();
        api = new Api(port);
        alertmanager = new Alertmanager(api);
        victim = new Victim(folder, settings(socket, port));
    }

    private static JsonNode nodes() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(World.class.getResourceAsStream("/docker/nodes.json"))) {
            return new ObjectMapper().readTree(in);
        }
    }

    private Map<String, String> settings(Path socket, int port) {
        Map<String, String> settings = new TreeMap<>(pace());
        settings.put("HOMEOSTAT_CLUSTER", "swarm");
        settings.put("HOMEOSTAT_DOCKER_HOST", "unix://" + socket);
        settings.put("HOMEOSTAT_HTTP_PORT", String.valueOf(port));
        settings.put("HOMEOSTAT_SLACK_URL", slack.endpoint());
        settings.put("HOMEOSTAT_SLACK_TOKEN", SlackStandIn.TOKEN);
        settings.put("HOMEOSTAT_SLACK_CHANNEL", "crash");
        settings.put("HOMEOSTAT_SCALE_EVERY", EVERY.toMillis() + "ms");
        return settings;
    }

    /// Everything that usually takes seconds or minutes, quickly.
    static Map<String, String> pace() {
        Map<String, String> pace = new TreeMap<>();
        pace.put("HOMEOSTAT_AUTONOMY", "auto");
        // Rounds come faster than anything in a cluster would.
        pace.put("HOMEOSTAT_RATE_MAX", "10000");
        pace.put("HOMEOSTAT_DOCKER_TIMEOUT", "2s");
        pace.put("HOMEOSTAT_ACTION_ARRIVES_BY", "2s");
        pace.put("HOMEOSTAT_LEASE_FOR", "5s");
        pace.put("HOMEOSTAT_DOCKER_RESYNC", "500ms");
        pace.put("HOMEOSTAT_DOCKER_TASKS_FASTEST", "200ms");
        pace.put("HOMEOSTAT_DOCKER_TASKS_SLOWEST", "500ms");
        pace.put("HOMEOSTAT_DOCKER_QUICK_POLL", "200ms");
        pace.put("HOMEOSTAT_SCALE_UP_AFTER", "0s");
        pace.put("HOMEOSTAT_SCALE_HOLD", "200ms");
        pace.put("HOMEOSTAT_SCALE_BY", "5s");
        pace.put("HOMEOSTAT_RESTART_BY", "5s");
        pace.put("HOMEOSTAT_PACE_COOLDOWN", "0s");
        pace.put("HOMEOSTAT_PACE_SETTLE", "500ms");
        pace.put("HOMEOSTAT_RETRY_FIRST", "100ms");
        pace.put("HOMEOSTAT_RETRY_MOST", "1s");
        pace.put("HOMEOSTAT_NOTICE_BY", "5s");
        pace.put("HOMEOSTAT_ALERTS_GRACE", "300ms");
        pace.put("HOMEOSTAT_INCIDENT_QUIET", "500ms");
        pace.put("HOMEOSTAT_LOOP_TICK", "500ms");
        pace.put("HOMEOSTAT_LOOP_RETRY", "100ms");
        pace.put("HOMEOSTAT_ACTION_REPORT_RETRY", "100ms");
        pace.put("HOMEOSTAT_GAP", "5s");
        pace.put("HOMEOSTAT_HISTORY_EVERY", "1s");
        return pace;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    DockerStandIn docker() {
        return docker;
    }

    SlackStandIn slack() {
        return slack;
    }

    List<SlackStandIn.Message> messages() {
        return slack.channel(CHANNEL);
    }

    Api api() {
        return api;
    }

    Alertmanager alertmanager() {
        return alertmanager;
    }

    Victim victim() {
        return victim;
    }

    /// How long a step settles.
    Duration every() {
        return EVERY;
    }

    Path database() {
        return victim.data().resolve("homeostat.db");
    }

    /// A folder for a world. The names of sockets are short on every system.
    static Path folder() throws IOException {
        return Files.createTempDirectory("crash");
    }

    void end() throws IOException, InterruptedException {
        victim.kill();
        alertmanager.close();
        docker.close();
        slack.close();
    }
}
