package io.homeostat.scenario;

import io.homeostat.engine.Picture;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Service;
import io.homeostat.fact.TrackingLabels;
import io.homeostat.fact.Watcher;
import io.homeostat.tracking.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The metrics in a scenario, and a Prometheus that says what the scenario says of them.
final class MetricSteps {
    /// What stands where a metric says nothing.
    static final String NOTHING = "none";

    /// How often metrics are looked at.
    private static final Duration EVERY = Duration.ofSeconds(15);

    private static final Duration GOOD_FOR = EVERY.multipliedBy(3);

    private final SortedMap<String, SortedMap<String, Optional<Double>>> values = new TreeMap<>();
    private @Nullable Instant lookAt;
    private boolean isBlind;

    /// `{ shop_api: { load: 0.9 } }`, and `none` where there is no number.
    static Step.Measures measures(Yaml value) throws BadScenario {
        SortedMap<String, SortedMap<String, Optional<Double>>> values = new TreeMap<>();
        for (Map.Entry<String, Yaml> service : value.named().entrySet()) {
            SortedMap<String, Optional<Double>> metrics = new TreeMap<>();
            for (Map.Entry<String, Yaml> metric : service.getValue().named().entrySet()) {
                metrics.put(metric.getKey(), number(metric.getValue()));
            }
            values.put(service.getKey(), metrics);
        }
        return new Step.Measures(values);
    }

    private static Optional<Double> number(Yaml value) throws BadScenario {
        if (value.text().equals(NOTHING)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Double.valueOf(value.text()));
        } catch (NumberFormatException wrong) {
            throw value.fault("write a number, as in { shop_api: { load: 0.9 } }, or none");
        }
    }

    /// They have these values now, and are looked at right away.
    void take(Step.Measures measures, Instant now) {
        measures.values()
                .forEach((service, metrics) ->
                        values.computeIfAbsent(service, _ -> new TreeMap<>()).putAll(metrics));
        lookAt = now;
    }

    /// Prometheus does not answer from now on, or answers again.
    void blind(boolean blind) {
        isBlind = blind;
    }

    /// When they are looked at next; empty before a scenario has named any.
    Optional<Instant> nextLook() {
        return Optional.ofNullable(lookAt);
    }

    /// The look that is due, if one is.
    List<Signal> look(Supplier<Picture> picture, Instant now) {
        if (lookAt == null || now.isBefore(lookAt)) {
            return List.of();
        }
        lookAt = now.plus(EVERY);
        SortedMap<String, SortedMap<String, Signal.MetricAnswer>> answers = new TreeMap<>();
        for (Fact fact : picture.get().facts()) {
            if (fact instanceof Service service) {
                SortedMap<String, Signal.MetricAnswer> mine = new TreeMap<>();
                TrackingLabels.read(service.labels())
                        .aims()
                        .forEach((name, aim) ->
                                mine.put(
                                        name,
                                        new Signal.MetricAnswer(
                                                aim.query(), measured(service.name(), name))));
                if (!mine.isEmpty()) {
                    answers.put(service.name(), mine);
                }
            }
        }
        return List.of(
                new Signal.MetricsSeen(now, GOOD_FOR, answers),
                isBlind
                        ? new Signal.WatcherFailed(Watcher.METRICS, now, "the scenario says so")
                        : new Signal.WatcherLooked(Watcher.METRICS, now, GOOD_FOR));
    }

    private Measured measured(String service, String metric) {
        if (isBlind) {
            return Measured.nothing("Prometheus does not answer");
        }
        return values.getOrDefault(service, new TreeMap<>())
                .getOrDefault(metric, Optional.empty())
                .map(Measured::of)
                .orElseGet(() -> Measured.nothing("the query finds nothing"));
    }
}
