package io.homeostat.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The packaged program, run as an operator runs it, with all durations set to seconds.
final class Program {
    static final String ADDRESS = "198.18.77.1";
    static final int PORT = 18080;

    private final Api api;
    private final Path data;
    private final int port;
    private final Path log;
    private @Nullable Process process;

    Program(Path data) {
        this(data, PORT);
    }

    Program(Path data, int port) {
        this.data = data;
        this.port = port;
        this.api = new Api("http://%s:%d".formatted(ADDRESS, port));
        this.log = data.resolveSibling(data.getFileName() + ".log");
    }

    void start(Map<String, String> settings) {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx384m",
                        "-jar",
                        Shell.home().resolve("target/quarkus-app/quarkus-run.jar").toString(),
                        "serve");
        Map<String, String> environment = new TreeMap<>();
        environment.put("HOMEOSTAT_CLUSTER", "swarm");
        environment.put("HOMEOSTAT_DOCKER_HOST", "unix:///var/tmp/swarm-testbed/node1/docker.sock");
        environment.put("HOMEOSTAT_HTTP_HOST", ADDRESS);
        environment.put("HOMEOSTAT_HTTP_PORT", String.valueOf(port));
        environment.put("HOMEOSTAT_HTTP_TOKEN", Api.TOKEN);
        environment.put("HOMEOSTAT_DATA", data.toString());
        environment.putAll(settings);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            process = builder.start();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Asks it to stop, as Swarm does.
    ///
    /// @return how long it took
    Duration stop() throws InterruptedException {
        Process running = process;
        if (running == null) {
            return Duration.ZERO;
        }
        long began = System.nanoTime();
        running.destroy();
        if (!running.waitFor(20, TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new IllegalStateException("it did not stop within 20 s of SIGTERM:\n" + log());
        }
        process = null;
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /// Ends it without a warning, as a power cut does.
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
            process = null;
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    boolean isReady() {
        return api.isReady();
    }

    JsonNode items(String path) {
        return api.items(path);
    }

    JsonNode read(String path) {
        return api.read(path);
    }

    /// The newest lines of a service's timeline.
    List<String> timeline(String service) {
        return items("/api/v1/timeline?limit=100&subject=service%2F" + service)
                .findValuesAsText("text");
    }

    Api api() {
        return api;
    }

    String log() {
        try {
            String text = Files.exists(log) ? Files.readString(log) : "";
            return text.length() > 20_000 ? text.substring(text.length() - 20_000) : text;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
