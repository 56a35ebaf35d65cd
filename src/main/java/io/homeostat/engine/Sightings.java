package io.homeostat.engine;

import io.homeostat.fact.Subject;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// When things were last seen and written, and how far each watcher's last look carries. It is lost
/// with the process: after a restart everything is looked at anew.
final class Sightings {
    /// How far a watcher's last successful look carries.
    record Look(Instant began, Instant goodUntil) {}

    /// Our last write to a subject.
    ///
    /// @param trace the hash of the specification that was written; empty when that is not known
    record Written(Instant at, String trace) {}

    private final SortedMap<Subject, Instant> seen = new TreeMap<>();
    private final SortedMap<Subject, Written> written = new TreeMap<>();
    private final SortedMap<String, Look> looks = new TreeMap<>();
    private final SortedMap<String, String> failures = new TreeMap<>();
    private @Nullable Instant alertsWantedAt;

    void seen(Subject subject, Instant began) {
        seen.merge(subject, began, (before, now) -> now.isAfter(before) ? now : before);
    }

    @Nullable Instant lastSeen(Subject subject) {
        return seen.get(subject);
    }

    void forgetSight(Subject subject) {
        seen.remove(subject);
    }

    void written(Subject subject, Instant when, String trace) {
        written.put(subject, new Written(when, trace));
    }

    /// True when we wrote to the subject and this watcher has not looked at all since: what is gone
    /// is not seen itself.
    boolean awaitsLook(Subject subject, String watcher) {
        Written wrote = written.get(subject);
        Look look = looks.get(watcher);
        return wrote != null && (look == null || !look.began().isAfter(wrote.at()));
    }

    /// When we last wrote to the subject; null when we did not.
    @Nullable Instant writtenAt(Subject subject) {
        Written wrote = written.get(subject);
        return wrote == null ? null : wrote.at();
    }

    /// True when we wrote to the subject and no look has seen it since: neither one that began
    /// later, nor one that shows the very specification we wrote.
    ///
    /// @param shown the hash of the specification that is held now; empty when none is
    boolean awaitsSight(Subject subject, String shown) {
        Written wrote = written.get(subject);
        if (wrote == null || (!shown.isEmpty() && shown.equals(wrote.trace()))) {
            return false;
        }
        Instant saw = seen.get(subject);
        return saw == null || !saw.isAfter(wrote.at());
    }

    /// Somebody waits for a look at Alertmanager's list that begins after this instant.
    void wantAlerts(Instant since) {
        alertsWantedAt = since;
    }

    @Nullable Instant alertsWantedAt() {
        return alertsWantedAt;
    }

    SortedMap<String, Look> looks() {
        return looks;
    }

    SortedMap<String, String> failures() {
        return failures;
    }
}
