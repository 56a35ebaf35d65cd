package io.homeostat.alertmanager;

import io.homeostat.engine.Signal;
import io.homeostat.engine.Signal.ReportedAlert;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Listens for the alert that fires always and is repeated: while it comes by the webhook, so would
/// any other. What a look at Alertmanager's own list shows of it says nothing about that way.
///
/// Before the first one our own start counts, so that one that never comes is missed as well.
@Singleton
class Watchdog {
    private static final String NAME = "Watchdog";

    private final InstantSource clock;
    private volatile Instant heardAt;

    Watchdog(InstantSource clock) {
        this.clock = clock;
        this.heardAt = clock.instant();
    }

    void hang(@Observes StartupEvent start, MeterRegistry registry) {
        Gauge.builder("homeostat.watchdog.age", this, Watchdog::age)
                .description(
                        "How long ago the alert Watchdog last came by the webhook; since our start before the first")
                .baseUnit("seconds")
                .register(registry);
    }

    /// Takes note of a body that is on disk.
    void hear(Signal.AlertsReceived received) {
        for (ReportedAlert alert : received.alerts()) {
            if (alert.firing() && NAME.equals(alert.labels().get("alertname"))) {
                heardAt = received.receivedAt();
            }
        }
    }

    private double age() {
        return Duration.between(heardAt, clock.instant()).toMillis() / 1000.0;
    }
}
