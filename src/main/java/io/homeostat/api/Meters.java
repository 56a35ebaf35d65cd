package io.homeostat.api;

import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Observer;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Counts what the engine does.
@Singleton
class Meters implements Observer {
    private final MeterRegistry registry;
    private final Counter signals;
    private final Timer turns;
    private final Reaction reaction;

    Meters(MeterRegistry registry) {
        this.registry = registry;
        this.signals = registry.counter("homeostat.signals");
        this.turns = histogram("homeostat.turn", "How long a turn takes, its commit included");
        this.reaction =
                new Reaction(
                        histogram(
                                "homeostat.alert.to.action",
                                "From an alert's acceptance to the report that its action was taken"));
    }

    @Override
    public void turned(Turn turn, int taken, Duration took) {
        signals.increment(taken);
        turns.record(took);
        reaction.follow(turn);
        for (Decision decision : turn.decisions()) {
            registry.counter(
                            "homeostat.decisions",
                            "verdict",
                            decision.verdict().word(),
                            "rule",
                            decision.rule())
                    .increment();
        }
        for (Undertaking undertaking : turn.undertakings()) {
            Outcome outcome = undertaking.outcome();
            if (outcome != null) {
                registry.counter(
                                "homeostat.outcomes",
                                "kind",
                                undertaking.action().kind(),
                                "outcome",
                                outcome.word())
                        .increment();
            }
        }
    }

    @Override
    public void rebuilt(String reason) {
        registry.counter("homeostat.rebuilt").increment();
    }

    @Override
    public void quarantined(String reason) {
        registry.counter("homeostat.quarantined").increment();
    }

    @Override
    public void reported(String kind, String report, Duration took) {
        registry.timer("homeostat.calls", "kind", kind, "report", report).record(took);
    }

    private Timer histogram(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
    }
}
