package io.homeostat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.homeostat.doctor.AlertRule;
import io.homeostat.doctor.Receiver;
import io.homeostat.doctor.SeenAlert;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What Prometheus and Alertmanager say of themselves, read from their addresses or from their
/// files. It begins to read as soon as it is told of a source.
final class MonitoringSources implements AutoCloseable {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final long ANSWER_BYTES_MAX = 64L * 1024 * 1024;

    private final Home home;
    private final long until;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<List<SeenAlert>>> alerts = new ArrayList<>();
    private final List<Future<List<AlertRule>>> rules = new ArrayList<>();
    private final List<Future<List<Receiver>>> receivers = new ArrayList<>();

    /// @param time how long all of them may take from now on
    MonitoringSources(Home home, Duration time) {
        this.home = home;
        this.until = System.nanoTime() + time.toNanos();
    }

    /// @param source an address, or a configuration file
    void alertmanager(String source) {
        if (isAddress(source)) {
            alerts.add(threads.submit(() -> SeenAlert.list(get(source, "api/v2/alerts"))));
            receivers.add(
                    threads.submit(() -> {
                        String text =
                                get(source, "api/v2/status")
                                        .path("config")
                                        .path("original")
                                        .asText("");
                        return Receiver.list(YAML.readTree(text));
                    }));
        } else {
            receivers.add(threads.submit(() -> Receiver.list(file(source, "receivers"))));
        }
    }

    /// @param source an address, or a file of rules
    void prometheus(String source) {
        Callable<JsonNode> read =
                isAddress(source)
                        ? () -> get(source, "api/v1/rules")
                        : () -> file(source, "groups");
        rules.add(threads.submit(() -> AlertRule.list(read.call())));
    }

    List<SeenAlert> alerts() throws Problem, InterruptedException {
        return all(alerts);
    }

    List<AlertRule> rules() throws Problem, InterruptedException {
        return all(rules);
    }

    List<Receiver> receivers() throws Problem, InterruptedException {
        return all(receivers);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private <T> List<T> all(List<Future<List<T>>> sources) throws Problem, InterruptedException {
        List<T> all = new ArrayList<>();
        for (Future<List<T>> source : sources) {
            try {
                all.addAll(source.get(until - System.nanoTime(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException late) {
                throw Problem.usage(
                        "Prometheus or Alertmanager has not answered in time; is the address right?",
                        late);
            } catch (ExecutionException failed) {
                throw Problem.usage(reason(failed), failed);
            }
        }
        return all;
    }

    private static boolean isAddress(String source) {
        return source.matches("https?://.*");
    }

    /// @param field what such a file has
    private JsonNode file(String name, String field) throws IOException {
        String text;
        try {
            text = Files.readString(home.here().resolve(name));
        } catch (NoSuchFileException missing) {
            throw new IOException(name + ": there is no such file", missing);
        } catch (IOException unreadable) {
            throw new IOException(
                    "%s cannot be read: %s".formatted(name, unreadable.getMessage()), unreadable);
        }
        try {
            JsonNode tree = YAML.readTree(text);
            if (tree.has(field)) {
                return tree;
            }
        } catch (JsonProcessingException notYaml) {
            throw new IOException(
                    "%s is no YAML: %s".formatted(name, notYaml.getOriginalMessage()), notYaml);
        }
        throw new IOException("%s has no %s; is it the right file?".formatted(name, field));
    }

    private JsonNode get(String address, String path) throws IOException, InterruptedException {
        URI base = URI.create(address.endsWith("/") ? address : address + "/");
        URI plain = URI.create(base.toString().replaceFirst("//[^/@]*@", "//"));
        Duration left = Duration.ofNanos(Math.max(1, until - System.nanoTime()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(plain.resolve(path))
                        .timeout(left)
                        .header("Accept", "application/json");
        String user = base.getUserInfo();
        if (user != null) {
            byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        HttpResponse<byte[]> response;
        try (HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(left)
                        .build()) {
            response =
                    client.send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        } catch (IOException unreachable) {
            throw new IOException(
                    "%s does not answer (%s); is it running, and the address right?"
                            .formatted(plain, unreachable.getClass().getSimpleName()),
                    unreachable);
        }
        if (response.statusCode() != 200) {
            throw new IOException(
                    "%s answers %d to /%s".formatted(plain, response.statusCode(), path));
        }
        try {
            return Console.JSON.readTree(response.body());
        } catch (JsonProcessingException notJson) {
            throw new IOException("%s answers /%s with no JSON".formatted(plain, path), notJson);
        }
    }

    private static String reason(ExecutionException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
