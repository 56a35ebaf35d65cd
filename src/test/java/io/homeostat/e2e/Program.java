package io.homeostat.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The packaged program, run as an operator runs it, with all durations set to seconds.
final class Program {
    static final String ADDRESS = "198.18.77.1";
    static final int PORT = 18080;
    static final String TOKEN = "e2e-token";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ObjectMapper json = new ObjectMapper();
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
        environment.put("HOMEOSTAT_HTTP_TOKEN", TOKEN);
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

    String address() {
        return "http://%s:%d".formatted(ADDRESS, port);
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    boolean isReady() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    JsonNode items(String path) {
        return read(path).path("items");
    }

    JsonNode read(String path) {
        try {
            HttpResponse<String> response = get(path);
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        path + " answered " + response.statusCode() + ": " + response.body());
            }
            return json.readTree(response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(address() + path))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
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
