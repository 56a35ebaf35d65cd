package io.homeostat.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what was sent to us, how it was answered, and says at most once a minute that something
/// was not taken: a sender whose messages are refused is otherwise invisible.
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    /// What refuses at the door to alerts; each has a line from the start, for a counter that first
    /// appears with 1 never rose for Prometheus.
    private static final List<Integer> REFUSALS = List.of(400, 401, 403, 413, 500, 503);

    private final MeterRegistry meters;
    private final Counter taken;
    private final Counter done;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    Answers(MeterRegistry meters) {
        this.meters = meters;
        this.taken = accepted("alerts");
        this.done = accepted("api");
        for (String door : List.of("alerts", "api")) {
            REFUSALS.forEach(status -> refused(door, status));
        }
    }

    private Counter accepted(String door) {
        return Counter.builder("homeostat.intake.accepted")
                .description("Requests that were to change something and were taken, by door")
                .tag("door", door)
                .register(meters);
    }

    private Counter refused(String door, int status) {
        return Counter.builder("homeostat.intake.refused")
                .description("Requests that were to change something and were not taken, by status")
                .tag("door", door)
                .tag("status", Integer.toString(status))
                .register(meters);
    }

    /// Notes how a request that was to change something was answered.
    void note(HttpServerRequest request, int status) {
        boolean alerts = "/api/v1/alerts".equals(request.path());
        if (status < 400) {
            (alerts ? taken : done).increment();
            return;
        }
        refused(alerts ? "alerts" : "api", status).increment();
        unsaid.incrementAndGet();
        long before = saidAt.get();
        long now = System.nanoTime();
        if (now - before >= QUIET_NANOS && saidAt.compareAndSet(before, now)) {
            LOG.warn(
                    "refused {} {} from {} with {}, {} refused since this was last said; at /q/metrics homeostat_intake_refused_total counts them",
                    request.method(),
                    request.path(),
                    request.remoteAddress() == null ? "?" : request.remoteAddress().hostAddress(),
                    status,
                    unsaid.getAndSet(0));
        }
    }
}
