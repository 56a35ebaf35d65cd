package io.homeostat.crash;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Alertmanager as seen from Homeostat: it posts what fires and what is resolved, one message of an
/// alert after the other, each again until it is answered with 2xx or refused for good.
final class Alertmanager implements AutoCloseable {
    private static final long RETRY_MILLIS = 200;
    private static final String ZERO = "0001-01-01T00:00:00Z";

    private final Api homeostat;
    private final AtomicInteger alerts = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// One message, as it was tried once.
    ///
    /// @param status what it was answered with; 0 when there was no answer
    record Attempt(boolean firing, Instant begun, Instant ended, int status) {
        boolean isTaken() {
            return status / 100 == 2;
        }
    }

    Alertmanager(Api homeostat) {
        this.homeostat = homeostat;
    }

    Alert alert(String name, Map<String, String> labels) {
        return new Alert("%016x".formatted(0xa1e7_0000L + alerts.incrementAndGet()), name, labels);
    }

    /// An alert and what was said of it.
    final class Alert {
        private final String fingerprint;
        private final String name;
        private final Map<String, String> labels;
        private final Instant startsAt = Instant.now();
        private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
        private final AtomicInteger waiting = new AtomicInteger();
        private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        private volatile boolean resolved;

        private Alert(String fingerprint, String name, Map<String, String> labels) {
            this.fingerprint = fingerprint;
            this.name = name;
            this.labels = labels;
        }

        String fingerprint() {
            return fingerprint;
        }

        String name() {
            return name;
        }

        List<Attempt> attempts() {
            return List.copyOf(attempts);
        }

        /// Says that it fires, or says so again; nothing while a message of it waits.
        void fires() {
            if (!resolved && waiting.get() == 0) {
                send(true);
            }
        }

        void resolves() {
            resolved = true;
            send(false);
        }

        boolean isResolved() {
            return resolved;
        }

        /// True when everything that was to be said was said.
        boolean isSaid() {
            return waiting.get() == 0 && !attempts.isEmpty();
        }

        private synchronized void send(boolean firing) {
            waiting.incrementAndGet();
            last =
                    last.thenRunAsync(
                            () -> {
                                untilTaken(firing);
                                waiting.decrementAndGet();
                            },
                            threads);
        }

        private void untilTaken(boolean firing) {
            ObjectNode body = body(firing);
            try {
                do {
                    Instant begun = Instant.now();
                    int status = homeostat.post("/api/v1/alerts", body);
                    attempts.add(new Attempt(firing, begun, Instant.now(), status));
                    if (status != 0 && status / 100 != 5) {
                        return; // taken, or refused for good: Alertmanager never repeats a 4xx
                    }
                } while (!closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }

        private ObjectNode body(boolean firing) {
            String status = firing ? "firing" : "resolved";
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("version", "4").put("receiver", "homeostat").put("status", status);
            body.put("groupKey", "{}:{alertname=\"" + name + "\"}").put("truncatedAlerts", 0);
            ObjectNode alert = body.putArray("alerts").addObject().put("status", status);
            ObjectNode labelled = alert.putObject("labels").put("alertname", name);
            labels.forEach(labelled::put);
            alert.putObject("annotations");
            alert.put("startsAt", startsAt.toString());
            alert.put("endsAt", firing ? ZERO : Instant.now().toString());
            alert.put("generatorURL", "").put("fingerprint", fingerprint);
            return body;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
    }
}
