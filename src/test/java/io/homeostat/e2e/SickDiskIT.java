package io.homeostat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program on disks that really are full or read-only: it confirms nothing that it
/// cannot write, says so, corrupts nothing and goes on when it can.
@Tag("crash")
@ExtendWith(OwnDisks.Wanted.class)
final class SickDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Set<Long> confirmed = new TreeSet<>();
    private OwnDisks disks;
    private Path data;
    private Path log;
    private int port;
    private int posted;
    private @Nullable Process process;

    @BeforeEach
    void mountNothingYet() throws IOException {
        disks = new OwnDisks();
        data = Files.createDirectory(directory.resolve("data"));
        log = directory.resolve("log");
        try (ServerSocket any = new ServerSocket(0)) {
            port = any.getLocalPort();
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        disks.close();
    }

    @Test
    void confirmsNothingOnAFullDiskAndGoesOnWhenThereIsSpace() throws Exception {
        disks.run("mount -t tmpfs -o size=12m,mode=700 none " + data);
        start();
        postUntilConfirmed(20);

        disks.run("dd if=/dev/zero of=" + data + "/ballast bs=4k 2>/dev/null || true");
        postUntilRefused();
        for (int i = 0; i < 100; i++) {
            post();
        }
        assertThat(said("nothing can be written since"))
                .as("not for each request")
                .isBetween(1L, 9L);

        disks.run("rm " + data + "/ballast");
        await().atMost(PATIENCE).until(this::isReady);
        postUntilConfirmed(20);
        assertThat(said("it can be written again")).isPositive();

        stop();
        disks.run("cp -a " + data + " " + directory.resolve("after"));
        assertThatNothingIsLostOrCorrupt();
    }

    @Test
    void confirmsNothingOnADiskThatBecameReadOnlyAndLosesNothing() throws Exception {
        Path image = directory.resolve("disk.img");
        disks.run("truncate -s 32M " + image + " && mkfs.ext4 -q -F " + image);
        mount("loop,errors=remount-ro", image);
        start();
        postUntilConfirmed(20);

        // Files that are open for writing refuse to be written: this can be mended.
        String files = data + "/homeostat.db " + data + "/homeostat.db-wal";
        disks.run("chattr +i " + files);
        postUntilRefused();
        disks.run("chattr -i " + files);
        await().atMost(PATIENCE).until(this::isReady);
        postUntilConfirmed(20);

        // The kernel makes a disk read-only when it fails; only mounting it anew ends that. SQLite
        // shares memory through a file there, and a process that touches it then may be ended.
        disks.run("mount -o remount,abort " + data);
        await().atMost(PATIENCE).until(this::isRefusedOrUnheard);
        kill();
        disks.run("umount " + data);

        mount("loop", image); // writable first, so that the disk can play its journal
        disks.run("mount -o remount,ro " + data);
        Process refused = launch();
        assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(1);
        assertThat(Files.readString(log)).contains("cannot be used", "make it writable");
        disks.run("mount -o remount,rw " + data);

        start();
        postUntilConfirmed(20);
        stop();
        disks.run("cp -a " + data + " " + directory.resolve("after"));
        assertThatNothingIsLostOrCorrupt();
    }

    @Test
    void refusesTheDatabaseOfANewerProgramInASentence() throws Exception {
        start();
        stop();
        try (Connection connection = database(data);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO flyway_schema_history (installed_rank, version, description,"
                            + " type, script, installed_by, execution_time, success) VALUES"
                            + " (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, 1)");
        }

        Process refused = launch();

        assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(1);
        assertThat(Files.readString(log).lines())
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith("Homeostat could not start: the database")
                                .contains("was written by a newer Homeostat (its version is 99"));
    }

    // --- the program ---

    private void mount(String options, Path image) {
        disks.run("mount -o %s %s %s".formatted(options, image, data));
        disks.run("mountpoint -q " + data);
    }

    private Process launch() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        disks.inside(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-Xmx256m",
                                        "-jar",
                                        Shell.home()
                                                .resolve("target/quarkus-app/quarkus-run.jar")
                                                .toString(),
                                        "serve")));
        builder.environment().put("HOMEOSTAT_CLUSTER", "simulated");
        builder.environment().put("HOMEOSTAT_HTTP_PORT", String.valueOf(port));
        builder.environment().put("HOMEOSTAT_DATA", data.toString());
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process = builder.start();
        return process;
    }

    private void start() throws IOException {
        Process running = launch();
        await().atMost(PATIENCE)
                .failFast("the program ended", () -> !running.isAlive())
                .until(this::isReady);
    }

    private void stop() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        running.destroy();
        assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private void kill() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        running.destroyForcibly();
        assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    // --- what it is asked and what it answers ---

    /// Posts until so many more alerts are confirmed.
    private void postUntilConfirmed(int more) {
        int wanted = confirmed.size() + more;
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    post();
                    return confirmed.size() >= wanted;
                });
    }

    /// Posts until nothing is confirmed any more, and holds what it then says of itself.
    private void postUntilRefused() throws Exception {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> post().statusCode() == 503);
        HttpResponse<String> refused = post();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
        JsonNode status = json.readTree(get("/api/v1/status").body());
        assertThat(status.path("storeOk").asBoolean(true)).isFalse();
        assertThat(status.path("store").path("reason").asText()).contains("homeostat.db");
    }

    private boolean isRefusedOrUnheard() throws InterruptedException {
        try {
            return post().statusCode() == 503;
        } catch (IOException unheard) {
            return true;
        }
    }

    private HttpResponse<String> post() throws IOException, InterruptedException {
        String body =
                """
                {"version": "4", "groupKey": "g", "status": "firing", "receiver": "homeostat",
                 "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {},
                 "externalURL": "http://am", "truncatedAlerts": 0, "alerts": [{
                   "status": "firing", "labels": {"alertname": "Test", "n": "%d"},
                   "annotations": {"text": "%s"}, "startsAt": "2026-11-24T06:00:00Z",
                   "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "",
                   "fingerprint": "%016x"}]}
                """
                        .formatted(++posted, "x".repeat(4000), posted % 50);
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(uri("/api/v1/alerts"))
                                .timeout(Duration.ofSeconds(20))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 202) {
            confirmed.add(json.readTree(response.body()).path("id").asLong());
        }
        return response;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private long said(String text) throws IOException {
        return Files.readString(log).lines().filter(line -> line.contains(text)).count();
    }

    // --- what is left ---

    private void assertThatNothingIsLostOrCorrupt() throws Exception {
        List<Long> ids = new ArrayList<>();
        try (Connection connection = database(directory.resolve("after"));
                Statement statement = connection.createStatement()) {
            try (ResultSet integrity = statement.executeQuery("PRAGMA integrity_check")) {
                assertThat(integrity.getString(1)).isEqualTo("ok");
            }
            try (ResultSet rows = statement.executeQuery("SELECT id FROM inbox")) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        assertThat(ids).containsAll(confirmed);
    }

    private static Connection database(Path folder) throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("homeostat.db"));
    }
}
