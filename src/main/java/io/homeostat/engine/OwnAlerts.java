package io.homeostat.engine;

import io.homeostat.diagnosis.Symptom;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Opens, confirms and closes alerts of our own, by what the watchers see and by nothing else.
///
/// They are alerts like those of Alertmanager, and so come to incidents, accounts, guards and
/// replays like them.
final class OwnAlerts {
    private static final String SERVICE = "service";
    private static final String DESCRIPTION = "description";

    /// A confirmation is remembered no more often than this: each is written down.
    private static final Duration CONFIRMED_EVERY = Duration.ofSeconds(10);

    private final Memory memory;
    private final AlertIntake alerts;
    private final Duration clearAfter;

    OwnAlerts(Memory memory, AlertIntake alerts, Duration clearAfter) {
        this.memory = memory;
        this.alerts = alerts;
        this.clearAfter = clearAfter;
    }

    static String fingerprint(String name, String service) {
        return "%s%s:%s".formatted(Alert.OWN, name, Subject.service(service));
    }

    /// The service that an alert of ours is about.
    static String service(Alert own) {
        return own.labels().getOrDefault(SERVICE, "");
    }

    /// What an alert of ours was told by, a line each.
    static List<String> evidence(Alert own) {
        String description = own.annotations().getOrDefault(DESCRIPTION, "");
        return description.isEmpty() ? List.of() : List.of(description.split("\n", -1));
    }

    /// The watchers see it. Its words stay as they were when it began, unless its labels change.
    void seen(Symptom symptom, Instant now) {
        String fingerprint = fingerprint(symptom.name(), symptom.service());
        SortedMap<String, String> labels = labels(symptom);
        Alert before = memory.alert(fingerprint);
        boolean isKnown =
                before != null && before.isFiring() && Sorted.same(before.labels(), labels);
        Memo.AlertMemory remembered = memory.alertMemory(fingerprint);
        boolean isFresh =
                remembered != null
                        && remembered.absentSince() == null
                        && now.isBefore(remembered.confirmedAt().plus(CONFIRMED_EVERY));
        if (isKnown && isFresh) {
            return;
        }
        alerts.open(
                new Signal.ReportedAlert(
                        fingerprint,
                        true,
                        symptom.since(),
                        null,
                        labels,
                        isKnown && before != null ? before.annotations() : annotations(symptom)),
                now,
                List.of(),
                now);
    }

    private static SortedMap<String, String> labels(Symptom symptom) {
        SortedMap<String, String> labels = new TreeMap<>(symptom.labels());
        labels.put("alertname", symptom.name());
        labels.put(SERVICE, symptom.service());
        labels.put("source", "homeostat");
        return labels;
    }

    private static SortedMap<String, String> annotations(Symptom symptom) {
        return Sorted.copy(
                Map.of(
                        "summary",
                        symptom.summary(),
                        DESCRIPTION,
                        String.join("\n", symptom.evidence())));
    }

    /// The watchers see, and do not see it. It is over when that has been so for a while.
    ///
    /// @return when it is; null when it is over now
    @Nullable Instant unseen(Alert own, Instant now) {
        Memo.AlertMemory remembered = memory.alertMemory(own.fingerprint());
        Instant since =
                remembered == null || remembered.absentSince() == null
                        ? now
                        : remembered.absentSince();
        Instant over = since.plus(clearAfter);
        if (!now.isBefore(over)) {
            alerts.close(
                    own,
                    since,
                    now,
                    "is over: it was not seen for " + Spans.text(Duration.between(since, now)));
            return null;
        }
        absent(own, since);
        return over;
    }

    /// Nobody sees, so nobody sees that it is away either.
    void blind(Alert own) {
        absent(own, null);
    }

    private void absent(Alert own, @Nullable Instant since) {
        Memo.AlertMemory old = memory.alertMemory(own.fingerprint());
        if (old != null) {
            memory.keep(
                    new Memo.AlertMemory(
                            old.fingerprint(),
                            old.confirmedAt(),
                            old.account(),
                            old.accountSince(),
                            null,
                            since,
                            old.suppressedBy()));
        }
    }

    /// What it is about is gone.
    void gone(Alert own, Instant now) {
        alerts.close(own, now, now, "is over: its service is gone");
    }
}
