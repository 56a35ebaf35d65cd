package io.homeostat.scenario;

import io.homeostat.engine.Signal;
import io.homeostat.fact.Node;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Freeze;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Something that happens in a scenario.
sealed interface Step {
    /// The labels and annotations of an alert.
    record Told(SortedMap<String, String> labels, SortedMap<String, String> annotations) {}

    /// Alertmanager tells of firing alerts, all in one webhook.
    record Fires(List<Told> alerts) implements Step {}

    /// Alertmanager tells that the alerts with these labels are over.
    record Resolves(SortedMap<String, String> labels) implements Step {}

    /// A webhook body of Alertmanager comes in as it is.
    record Body(Signal.AlertsReceived signal) implements Step {}

    /// From now on Alertmanager silences alerts with these labels, and lists them so.
    record Silences(SortedMap<String, String> labels) implements Step {}

    /// All silences end.
    record Unsilences() implements Step {}

    record Freezes(Freeze.Scope scope, String value, Duration length) implements Step {}

    /// All freezes are lifted.
    record Thaws() implements Step {}

    record Requests(String verb, Subject target, SortedMap<String, String> parameters, String by)
            implements Step {}

    /// Somebody tells a custom fact, which holds for a while.
    record Tells(String kind, String key, SortedMap<String, String> values, Duration length)
            implements Step {}

    /// Somebody takes a custom fact back.
    record TakesBack(String kind, String key) implements Step {}

    /// From now on the metrics of services have these values.
    ///
    /// @param values by service and metric; empty where the metric says nothing
    record Measures(SortedMap<String, SortedMap<String, Optional<Double>>> values)
            implements Step {}

    /// Somebody else scales a service.
    record Scales(SortedMap<String, Integer> replicas) implements Step {}

    /// Somebody else gives a service other labels.
    record Relabels(String service, SortedMap<String, String> labels) implements Step {}

    /// A pipeline gives a service another image.
    ///
    /// @param fate what becomes of every task of that image
    /// @param words what Docker says of tasks that it rejects, else empty
    record Deploys(String service, String image, Fate fate, String words) implements Step {}

    /// What becomes of tasks.
    enum Fate {
        RUN,
        CRASH,
        HANG,
        ARE_REJECTED
    }

    /// Somebody asks us for another image of a service.
    record AsksToDeploy(String service, String image, boolean forced) implements Step {}

    record Removes(String service) implements Step {}

    record Crashes(String service) implements Step {}

    /// From now on new tasks of the service cannot be made.
    record BreaksImage(String service) implements Step {}

    record NodeFails(String node) implements Step {}

    record NodeReturns(String node) implements Step {}

    record NodeBecomes(String node, Node.Availability availability) implements Step {}

    /// From now on a watcher's looks fail.
    record Blinds(String watcher) implements Step {}

    record Sees(String watcher) implements Step {}

    /// The next write to the cluster does not go well.
    record SpoilsNextWrite(Spoiling how) implements Step {}

    /// Homeostat stops and starts again from what its store remembers.
    record Restarts() implements Step {}

    /// How a write does not go well.
    enum Spoiling {
        FAILS,
        CONFLICTS,
        ARRIVES_UNANSWERED,
        VANISHES
    }
}
