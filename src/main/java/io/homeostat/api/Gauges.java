package io.homeostat.api;

import io.homeostat.engine.EngineLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.List;

/// Shows what the engine holds, at the moment it is asked.
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

    private final EngineLoop loop;
    private final MeterRegistry registry;

    Gauges(EngineLoop loop, MeterRegistry registry) {
        this.loop = loop;
        this.registry = registry;
    }

    void hang(@Observes StartupEvent start) {
        for (String account : ACCOUNTS) {
            Gauge.builder("homeostat.alerts", loop, each -> open(each, account))
                    .tag("account", account)
                    .register(registry);
        }
        registry.gauge("homeostat.queue.looks", loop, EngineLoop::waiting);
        registry.gauge("homeostat.loop.lag.millis", loop, each -> each.picture().lagMillis());
        registry.gauge("homeostat.incidents", loop, each -> each.picture().incidents().size());
        registry.gauge("homeostat.unsettled", loop, each -> each.picture().unsettled().size());
        registry.gauge("homeostat.freezes", loop, each -> each.picture().freezes().size());
        registry.gauge("homeostat.rules.put.aside", loop, each -> each.picture().putAside().size());
    }

    private static double open(EngineLoop loop, String account) {
        return Collections.frequency(loop.picture().accounts().values(), account);
    }
}
