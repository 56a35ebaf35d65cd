package io.homeostat.api;

import io.homeostat.reload.Attempt;
import io.homeostat.reload.ReloadBoard;
import io.homeostat.reload.RuleReload;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Shows how rules took over from others, or did not.
@Singleton
class RuleGauges {
    private final ReloadBoard board;
    private final MeterRegistry registry;

    RuleGauges(RuleReload reload, MeterRegistry registry) {
        this.board = reload.board();
        this.registry = registry;
    }

    void hang(@Observes StartupEvent start) {
        for (Attempt.Result result : Attempt.Result.values()) {
            FunctionCounter.builder("homeostat.rules.reloads", board, each -> each.count(result))
                    .description("Attempts to have other rules take over, by what came of them")
                    .tag("result", result.word())
                    .register(registry);
        }
        Gauge.builder("homeostat.rules.refused", board, each -> each.isRefused() ? 1 : 0)
                .description("1 while the newest rule files are not in force, as they have errors")
                .register(registry);
        Gauge.builder("homeostat.rules.pause", board, each -> Gauges.seconds(each.pause()))
                .description("How long the engine stood still when rules last took over")
                .baseUnit("seconds")
                .register(registry);
    }
}
