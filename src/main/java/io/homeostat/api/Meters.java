package io.homeostat.api;

import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Observer;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Counts what the engine does. What an alert rule counts has a line from the start: a counter that
/// first appears with 1 never rose for Prometheus.
@Singleton
class Meters implements Observer {
    private static final List<String> KINDS =
            List.of(
                    "scale",
                    "restart",
                    "rollback",
                    "deploy",
                    "drain",
                    "activate",
                    "pause",
                    "notice");
    private static final List<String> OUTCOMES =
            List.of(
                    "healed",
                    "ineffective",
                    "worse",
                    "failed",
                    "conflicted",
                    "superseded",
                    "unknown");

    private final MeterRegistry registry;
    private final Counter signals;
    private final Counter quarantined;
    private final Timer turns;
    private final Reaction reaction;
    private final Undelivered undelivered = new Undelivered();

    Meters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.signals =
                Counter.builder("homeostat.signals")
                        .description("Signals that turns took in")
                        .register(registry);
        this.quarantined =
                Counter.builder("homeostat.quarantined")
                        .description("Signals that failed alone and were put aside")
                        .register(registry);
        this.turns = histogram("homeostat.turn", "How long a turn takes, its commit included");
        this.reaction =
                new Reaction(
                        histogram(
                                "homeostat.alert.to.action",
                                "From an alert's acceptance to the report that its action was taken"));
        for (Rebuilding cause : Rebuilding.values()) {
            rebuilt(cause);
        }
        for (String kind : KINDS) {
            OUTCOMES.forEach(outcome -> outcome(kind, outcome));
        }
        Gauge.builder("homeostat.notices.undelivered", undelivered, Undelivered::count)
                .description("Incidents and channels of which the newest notice is not delivered")
                .register(registry);
        Gauge.builder(
                        "homeostat.notices.oldest",
                        undelivered,
                        each -> Gauges.seconds(each.age(clock.instant())))
                .description("How long the oldest of those waits; 0 when there is none")
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public void turned(Turn turn, int taken, Duration took) {
        signals.increment(taken);
        turns.record(took);
        reaction.follow(turn);
        undelivered.follow(turn);
        for (Decision decision : turn.decisions()) {
            Counter.builder("homeostat.decisions")
                    .description("Decisions, by verdict and rule")
                    .tag("verdict", decision.verdict().word())
                    .tag("rule", decision.rule())
                    .register(registry)
                    .increment();
        }
        for (Undertaking undertaking : turn.undertakings()) {
            Outcome outcome = undertaking.outcome();
            if (outcome != null) {
                outcome(undertaking.action().kind(), outcome.word()).increment();
            }
        }
    }

    private Counter outcome(String kind, String outcome) {
        return Counter.builder("homeostat.outcomes")
                .description("Actions that ended, by kind and outcome")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void rebuilt(String reason) {
        rebuilt(Rebuilding.of(reason)).increment();
    }

    private Counter rebuilt(Rebuilding cause) {
        return Counter.builder("homeostat.rebuilt")
                .description("Turns that failed, after which memory was rebuilt, by cause")
                .tag("cause", cause.word())
                .register(registry);
    }

    @Override
    public void quarantined(String reason) {
        quarantined.increment();
    }

    @Override
    public void reported(String kind, String report, Duration took) {
        Timer.builder("homeostat.calls")
                .description("Calls to outside systems, by kind of action and report")
                .tag("kind", kind)
                .tag("report", report)
                .register(registry)
                .record(took);
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
