package io.homeostat.api;

import io.homeostat.engine.Lease;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/// Shows who may act on the cluster, as this process sees it: exactly one standing is 1.
@Singleton
class Leadership {
    private static final List<String> STANDINGS = List.of("ours", "unsure", "elsewhere");

    private final Lease lease;
    private final MeterRegistry registry;

    Leadership(Lease lease, MeterRegistry registry) {
        this.lease = lease;
        this.registry = registry;
    }

    void hang(@Observes StartupEvent start) {
        for (String standing : STANDINGS) {
            Gauge.builder("homeostat.lease", lease, each -> is(each, standing))
                    .description("1 for who may act on the cluster, as this process sees it")
                    .tag("standing", standing)
                    .register(registry);
        }
    }

    private static double is(Lease lease, String standing) {
        return word(lease.standing()).equals(standing) ? 1 : 0;
    }

    private static String word(Lease.Standing standing) {
        return switch (standing) {
            case Lease.Standing.Ours _ -> "ours";
            case Lease.Standing.Unsure _ -> "unsure";
            case Lease.Standing.Elsewhere _ -> "elsewhere";
        };
    }
}
