package io.homeostat.api;

import io.homeostat.engine.StoreException;
import io.homeostat.engine.StoreState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/// Shows how the store is. What cannot be told is NaN, on which no alert rule fires.
@Singleton
class StoreGauges {
    private final StoreState state;
    private final StoreCheck check;
    private final MeterRegistry registry;

    @FunctionalInterface
    private interface Reading {
        double of(StoreState state) throws StoreException;
    }

    StoreGauges(StoreState state, StoreCheck check, MeterRegistry registry) {
        this.state = state;
        this.check = check;
        this.registry = registry;
    }

    void hang(@Observes StartupEvent start) {
        gauge(
                "homeostat.store.ok",
                "1 when the store answers and the last write did not fail",
                _ -> check.answers() ? 1 : 0);
        gauge(
                "homeostat.store.warned",
                "1 when people should look after the store although it still writes",
                _ -> read(store -> store.warning().isPresent() ? 1 : 0));
        gauge(
                "homeostat.store.waiting",
                "Writes that wait for their commit",
                _ -> read(StoreState::waiting));
        gauge(
                "homeostat.inbox.unread",
                "Accepted signals that no turn has taken",
                _ -> read(StoreState::unread));
        Gauge.builder("homeostat.store.used", this, _ -> read(StoreState::bytes))
                .description("How much of the database is in use")
                .baseUnit("bytes")
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<StoreGauges> value) {
        Gauge.builder(name, this, value).description(description).register(registry);
    }

    private double read(Reading reading) {
        try {
            return reading.of(state);
        } catch (StoreException failed) {
            return Double.NaN; // homeostat_store_ok and the log say why
        }
    }
}
