package io.homeostat.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Watcher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at Alertmanager's own list of alerts again and again, on a virtual thread of its own: what
/// fires, what is silenced or inhibited, and what is no longer there.
public final class AlertmanagerWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerWatcher.class);

    /// A successful look counts for this many intervals.
    private static final int GOOD_FOR = 3;

    /// How often it is asked whether somebody cannot wait.
    private static final Duration GLANCE = Duration.ofMillis(500);

    private static final long ANSWER_BYTES_MAX = 64L * 1024 * 1024;

    /// What is looked at, and how often.
    ///
    /// @param addresses the Alertmanagers of one cluster, each with the path prefix it is served
    ///   under; a user and password in an address are sent as basic authentication
    /// @param receivers the receivers that are ours; empty for all
    /// @param interval how long from one look to the next
    /// @param timeout how long one answer may take
    public record Settings(
            List<URI> addresses, SortedSet<String> receivers, Duration interval, Duration timeout) {
        public Settings {
            addresses = List.copyOf(addresses);
        }
    }

    /// One Alertmanager's answer.
    ///
    /// @param silences those that mute one of the alerts
    private record Answer(Instant upSince, List<JsonNode> alerts, List<JsonNode> silences) {}

    private final Settings settings;
    private final WebhookBody.Bounds bounds;
    private final Predicate<Signal.Volatile> engine;
    private final Supplier<Optional<Instant>> wantedAt;
    private final InstantSource clock;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private String lastTrouble = "";

    /// @param engine takes what was seen; false when too much is waiting already
    /// @param wantedAt since when somebody waits for a look that begins later; empty when nobody
    ///   does
    public AlertmanagerWatcher(
            Settings settings,
            WebhookBody.Bounds bounds,
            Predicate<Signal.Volatile> engine,
            Supplier<Optional<Instant>> wantedAt,
            InstantSource clock) {
        this.settings = settings;
        this.bounds = bounds;
        this.engine = engine;
        this.wantedAt = wantedAt;
        this.clock = clock;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.timeout())
                        .build();
        this.thread = Thread.ofVirtual().name("homeostat-alertmanager").unstarted(this::run);
    }

    /// Begins to look. Without an address there is nothing to look at, and nothing is said.
    public void start() {
        if (!settings.addresses().isEmpty()) {
            thread.start();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        client.shutdownNow();
        client.close();
    }

    private void run() {
        try {
            do {
                Instant began = clock.instant();
                look(began);
                pause(began);
            } while (closed.getCount() > 0);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the next look, which is sooner when somebody cannot wait for it; once, lest an
    /// Alertmanager that does not answer is asked without a pause.
    private void pause(Instant began) throws InterruptedException {
        long next = System.nanoTime() + settings.interval().toNanos();
        long left = settings.interval().toNanos();
        while (left > 0 && wantedAt.get().filter(wanted -> !wanted.isBefore(began)).isEmpty()) {
            if (closed.await(Math.min(left, GLANCE.toNanos()), TimeUnit.NANOSECONDS)) {
                return;
            }
            left = next - System.nanoTime();
        }
    }

    private void look(Instant began) throws InterruptedException {
        List<Answer> answers = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        for (URI address : settings.addresses()) {
            try {
                answers.add(ask(address));
            } catch (IOException | RuntimeException failed) {
                if (closed.getCount() == 0) {
                    return;
                }
                troubles.add(
                        "Alertmanager at %s: %s"
                                .formatted(
                                        withoutUser(address),
                                        failed.getMessage() == null
                                                ? failed.getClass().getSimpleName()
                                                : failed.getMessage()));
            }
        }
        say(String.join("; ", troubles));
        if (answers.isEmpty()) {
            hand(
                    new Signal.WatcherFailed(
                            Watcher.ALERTS, clock.instant(), String.join("; ", troubles)));
            return;
        }
        // An Alertmanager that did not answer may know of an alert that the others do not. Calling
        // the list fresh makes nobody take an absence from it for health.
        Instant upSince = troubles.isEmpty() ? youngest(answers) : began;
        hand(new Signal.AlertsListed(began, upSince, merged(answers)));
        hand(
                new Signal.WatcherLooked(
                        Watcher.ALERTS, began, settings.interval().multipliedBy(GOOD_FOR)));
    }

    private void hand(Signal.Volatile signal) {
        if (!engine.test(signal)) {
            LOG.warn(
                    "the engine has too much waiting; what was seen is seen again at the next look");
        }
    }

    private void say(String trouble) {
        if (trouble.equals(lastTrouble)) {
            return;
        }
        if (trouble.isEmpty()) {
            LOG.info("all Alertmanagers answer again");
        } else {
            LOG.warn("{}; looking again every {}", trouble, settings.interval());
        }
        lastTrouble = trouble;
    }

    private static Instant youngest(List<Answer> answers) {
        Instant youngest = Instant.MIN;
        for (Answer answer : answers) {
            youngest = answer.upSince().isAfter(youngest) ? answer.upSince() : youngest;
        }
        return youngest;
    }

    private List<Signal.ListedAlert> merged(List<Answer> answers) {
        ListedAlerts merged = new ListedAlerts(settings.receivers(), new AlertReader(bounds));
        for (Answer answer : answers) {
            answer.silences().forEach(merged::silence);
        }
        for (Answer answer : answers) {
            answer.alerts().forEach(merged::add);
        }
        return merged.all();
    }

    private Answer ask(URI address) throws IOException, InterruptedException {
        JsonNode status = get(address, "api/v2/status");
        JsonNode alerts = get(address, "api/v2/alerts");
        if (!alerts.isArray()) {
            throw new IOException("its list of alerts is not a list");
        }
        List<JsonNode> list = new ArrayList<>();
        alerts.forEach(list::add);
        return new Answer(upSince(status), list, silences(address, list));
    }

    /// Who silenced them and until when is asked only where something is silenced.
    private List<JsonNode> silences(URI address, List<JsonNode> alerts)
            throws IOException, InterruptedException {
        SortedSet<String> used = new TreeSet<>();
        for (JsonNode alert : alerts) {
            alert.path("status").path("silencedBy").forEach(id -> used.add(id.asText()));
        }
        List<JsonNode> silences = new ArrayList<>();
        if (!used.isEmpty()) {
            for (JsonNode silence : get(address, "api/v2/silences")) {
                if (used.contains(silence.path("id").asText())) {
                    silences.add(silence);
                }
            }
        }
        return silences;
    }

    private static Instant upSince(JsonNode status) throws IOException {
        try {
            return OffsetDateTime.parse(status.path("uptime").asText()).toInstant();
        } catch (DateTimeException unreadable) {
            throw new IOException("its status does not say since when it is up", unreadable);
        }
    }

    private JsonNode get(URI address, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(withoutUser(address).resolve(path))
                        .timeout(settings.timeout())
                        .header("Accept", "application/json");
        String user = address.getUserInfo();
        if (user != null) {
            byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        HttpResponse<byte[]> response =
                client.send(
                        request.build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        if (response.statusCode() != 200) {
            throw new IOException("it answers %d to /%s".formatted(response.statusCode(), path));
        }
        try {
            return json.readTree(response.body());
        } catch (JsonProcessingException notJson) {
            throw new IOException("its answer to /%s is not JSON".formatted(path));
        }
    }

    /// The address without its credentials, ending with `/`, so that paths resolve below it.
    private static URI withoutUser(URI address) {
        String path = address.getPath() == null ? "" : address.getPath();
        return URI.create(
                "%s://%s%s%s/"
                        .formatted(
                                address.getScheme(),
                                address.getHost(),
                                address.getPort() < 0 ? "" : ":" + address.getPort(),
                                path.endsWith("/") ? path.substring(0, path.length() - 1) : path));
    }
}
