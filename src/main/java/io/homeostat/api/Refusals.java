package io.homeostat.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what was sent to us and not taken, and says so at most once a minute: a sender whose
/// messages are refused is otherwise invisible.
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final MeterRegistry meters;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    Refusals(MeterRegistry meters) {
        this.meters = meters;
    }

    /// Notes how a request that was to change something was answered.
    void note(HttpServerRequest request, int status) {
        if (status < 400) {
            return;
        }
        boolean intake = "/api/v1/alerts".equals(request.path());
        meters.counter(
                        "homeostat.intake.refused",
                        "door",
                        intake ? "alerts" : "api",
                        "status",
                        Integer.toString(status))
                .increment();
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
