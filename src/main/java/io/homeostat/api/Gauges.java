package io.homeostat.api;

import io.homeostat.engine.EngineLoop;
import io.homeostat.fact.Watcher;
import io.homeostat.incident.IncidentState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.health.Readiness;

/// Shows what the engine holds, at the moment it is asked. Everything has a line from the start: an
/// alert rule cannot tell what is missing from what is well.
@Singleton
class Gauges {
    /// All that can become of an open alert, so that each has a line when it is 0 as well.
    private static final List<String> ACCOUNTS =
            List.of(
                    "escalated",
                    "asked",
                    "acting",
                    "waiting",
                    "satisfied",
                    "suppressed",
                    "shadowed",
                    "observed",
                    "new");

    /// Those without which we are blind; they look from the start.
    private static final List<String> EYES =
            List.of(Watcher.SERVICES, Watcher.TASKS, Watcher.NODES);

    private static final List<String> WATCHERS =
            List.of(
                    Watcher.SERVICES,
                    Watcher.TASKS,
                    Watcher.NODES,
                    Watcher.ALERTS,
                    Watcher.METRICS);

    private final EngineLoop loop;
    private final FirstView view;
    private final InstantSource clock;
    private final MeterRegistry registry;

    Gauges(
            EngineLoop loop,
            @Readiness FirstView view,
            InstantSource clock,
            MeterRegistry registry) {
        this.loop = loop;
        this.view = view;
        this.clock = clock;
        this.registry = registry;
    }

    void hang(@Observes StartupEvent start) {
        gauge(
                "homeostat.ready",
                "1 when services, tasks and nodes were seen and the store answers, as /q/health/ready says",
                _ -> view.isReady() ? 1 : 0);
        gauge(
                "homeostat.queue.looks",
                "Looks that wait for the loop; bounded by homeostat.loop.queue",
                EngineLoop::waiting);
        seconds(
                "homeostat.loop.lag",
                "How long the oldest signal of the last turn had waited",
                each -> each.picture().lagMillis() / 1000.0);
        seconds(
                "homeostat.loop.still",
                "How long ago the loop last came round",
                each -> seconds(Duration.between(each.progressedAt(), clock.instant())));
        gauge(
                "homeostat.unsettled",
                "Actions and notices without an outcome",
                each -> each.picture().unsettled().size());
        gauge("homeostat.freezes", "Freezes in force", each -> each.picture().freezes().size());
        gauge(
                "homeostat.rules.put.aside",
                "Rules that threw and are not consulted",
                each -> each.picture().putAside().size());
        hangAlertsAndIncidents();
        WATCHERS.forEach(this::hangWatcher);
    }

    private void hangAlertsAndIncidents() {
        for (String account : ACCOUNTS) {
            Gauge.builder("homeostat.alerts", loop, each -> open(each, account))
                    .description("Open alerts, by what became of them")
                    .tag("account", account)
                    .register(registry);
        }
        for (IncidentState state : IncidentState.values()) {
            if (state != IncidentState.RESOLVED) {
                Gauge.builder("homeostat.incidents", loop, each -> incidents(each, state))
                        .description("Incidents that are not over, by where they stand")
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        }
    }

    private void hangWatcher(String name) {
        Gauge.builder("homeostat.watcher.seeing", loop, each -> seeing(each, name))
                .description("1 when the watcher sees, 0 when it is blind, NaN when nobody looks")
                .tag("watcher", name)
                .register(registry);
        Gauge.builder("homeostat.watcher.sight.age", loop, each -> sightAge(each, name))
                .description("How long the watcher has been seeing or blind")
                .baseUnit("seconds")
                .tag("watcher", name)
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<EngineLoop> value) {
        Gauge.builder(name, loop, value).description(description).register(registry);
    }

    private void seconds(String name, String description, ToDoubleFunction<EngineLoop> value) {
        Gauge.builder(name, loop, value)
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }

    private static double open(EngineLoop loop, String account) {
        return Collections.frequency(loop.picture().accounts().values(), account);
    }

    private static double incidents(EngineLoop loop, IncidentState state) {
        return loop.picture().incidents().stream()
                .filter(incident -> incident.state() == state)
                .count();
    }

    /// A watcher of which nothing is known is blind, unless nobody asked it to look.
    private static double seeing(EngineLoop loop, String name) {
        return watcher(loop, name)
                .map(watcher -> watcher.isSeeing() ? 1.0 : 0.0)
                .orElse(EYES.contains(name) ? 0.0 : Double.NaN);
    }

    private double sightAge(EngineLoop loop, String name) {
        return watcher(loop, name)
                .map(watcher -> seconds(Duration.between(watcher.since(), clock.instant())))
                .orElse(Double.NaN);
    }

    private static Optional<Watcher> watcher(EngineLoop loop, String name) {
        return loop.picture().facts().stream()
                .filter(Watcher.class::isInstance)
                .map(Watcher.class::cast)
                .filter(watcher -> watcher.name().equals(name))
                .findFirst();
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
