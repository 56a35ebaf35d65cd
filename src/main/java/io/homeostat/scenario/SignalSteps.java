package io.homeostat.scenario;

import io.homeostat.engine.Memo;
import io.homeostat.engine.Past;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Alert;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Request;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What Alertmanager and people said.
final class SignalSteps {
    private final ScenarioText text;
    private final @Nullable Subject only;

    /// The alerts that fire in the scenario by now.
    private final SortedMap<String, SortedMap<String, String>> firing = new TreeMap<>();

    private final Map<String, SortedMap<String, String>> annotations = new HashMap<>();

    SignalSteps(ScenarioText text, @Nullable Subject only) {
        this.text = text;
        this.only = only;
    }

    void open(Alert alert, Instant at) {
        if (isWanted(alert.labels())) {
            fires(alert.fingerprint(), alert.labels(), alert.annotations(), at);
        }
    }

    void take(Signal.Durable signal, Instant at) {
        if (signal instanceof Signal.AlertsReceived received) {
            received(received, at);
        } else if (signal instanceof Signal.RequestMade(Request request)) {
            requested(request, at);
        } else if (signal instanceof Signal.FreezeSet(Freeze freeze)) {
            frozen(freeze, at);
        } else if (signal instanceof Signal.FreezeLifted) {
            text.step(at, "thaws", "all");
        } else if (signal instanceof Signal.FactPut(CustomFact fact)) {
            tells(fact, at);
        } else if (signal instanceof Signal.FactRemoved removed) {
            text.step(at, "takes-back", ScenarioText.quoted(removed.kind() + "/" + removed.key()));
        } else if (!(signal instanceof Signal.ActionReported)) {
            text.remark(
                    "%s at %s cannot be said in a scenario"
                            .formatted(signal.getClass().getSimpleName(), at));
        }
    }

    private void received(Signal.AlertsReceived received, Instant at) {
        for (Signal.ReportedAlert alert : received.alerts()) {
            if (!isWanted(alert.labels())) {
                continue;
            }
            if (alert.firing()) {
                fires(alert.fingerprint(), alert.labels(), alert.annotations(), at);
            } else {
                resolves(alert.fingerprint(), at);
            }
        }
    }

    /// Alertmanager's own list confirms alerts, and closes those that are not in it any more.
    void listed(Past.Recorded turn) {
        if (!turn.looks().contains("AlertsListed")) {
            return;
        }
        for (Memo memo : turn.kept()) {
            if (memo instanceof Memo.AlertMemory alert) {
                SortedMap<String, String> labels = firing.get(alert.fingerprint());
                if (alert.resolvedAt() != null) {
                    resolves(alert.fingerprint(), turn.at());
                } else if (labels != null && !alert.suppressedBy().isEmpty()) {
                    text.step(turn.at(), "silences", ScenarioText.map(labels));
                } else if (labels != null && alert.absentSince() == null) {
                    fires(
                            alert.fingerprint(),
                            labels,
                            annotations.getOrDefault(alert.fingerprint(), new TreeMap<>()),
                            turn.at());
                }
            }
        }
    }

    private void fires(
            String fingerprint,
            SortedMap<String, String> labels,
            SortedMap<String, String> said,
            Instant at) {
        firing.put(fingerprint, labels);
        annotations.put(fingerprint, said);
        SortedMap<String, String> alert = new TreeMap<>(labels);
        List<String> parts = new ArrayList<>();
        alert.forEach((name, value) ->
                parts.add(ScenarioText.quoted(name) + ": " + ScenarioText.quoted(value)));
        if (!said.isEmpty()) {
            parts.add("annotations: " + ScenarioText.map(said));
        }
        text.step(at, "fires", "{ %s }".formatted(String.join(", ", parts)));
    }

    private void resolves(String fingerprint, Instant at) {
        SortedMap<String, String> labels = firing.remove(fingerprint);
        if (labels != null) {
            text.step(at, "resolves", ScenarioText.map(labels));
        }
    }

    private boolean isWanted(SortedMap<String, String> labels) {
        return labels.containsKey("alertname")
                && (only == null || labels.containsValue(only.name()));
    }

    /// A custom fact that holds from then on. It is about no service, and so a scenario about one
    /// has all of them.
    void tells(CustomFact fact, Instant at) {
        String name = ScenarioText.quoted(fact.kind() + "/" + fact.key());
        if (fact.values().containsKey(FactSteps.FOR)) {
            text.remark("%s has a value named 'for', which a scenario cannot tell".formatted(name));
            return;
        }
        List<String> parts = new ArrayList<>();
        fact.values()
                .forEach((key, value) ->
                        parts.add(ScenarioText.quoted(key) + ": " + ScenarioText.quoted(value)));
        parts.add("for: " + ScenarioText.span(Duration.between(at, fact.until())));
        text.step(at, "tells", "{ %s: { %s } }".formatted(name, String.join(", ", parts)));
    }

    private void requested(Request request, Instant at) {
        if (only == null || only.equals(request.target())) {
            String replicas = request.parameters().get("replicas");
            text.step(
                    at,
                    "requests",
                    "{ %s: %s%s, by: %s }"
                            .formatted(
                                    request.verb(),
                                    ScenarioText.quoted(request.target().name()),
                                    replicas == null ? "" : ", replicas: " + replicas,
                                    ScenarioText.quoted(request.by())));
        }
    }

    private void frozen(Freeze freeze, Instant at) {
        String length = ScenarioText.span(Duration.between(freeze.at(), freeze.until()));
        String what =
                switch (freeze.scope()) {
                    case EVERYTHING -> "everything: true";
                    case KIND, SUBJECT, RULE ->
                            freeze.scope().name().toLowerCase(Locale.ROOT)
                                    + ": "
                                    + ScenarioText.quoted(freeze.value());
                    case RULE_ON_SUBJECT -> "";
                };
        if (what.isEmpty()) {
            text.remark("a freeze cannot be said in a scenario: " + freeze.text());
        } else {
            text.step(at, "freezes", "{ %s, for: %s }".formatted(what, length));
        }
    }
}
