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

    private final SortedMap<Subject, Instant> seen = new TreeMap<>();
    private final SortedMap<Subject, Instant> written = new TreeMap<>();
    private final SortedMap<String, Look> looks = new TreeMap<>();
    private final SortedMap<String, String> failures = new TreeMap<>();

    void seen(Subject subject, Instant began) {
        seen.merge(subject, began, (before, now) -> now.isAfter(before) ? now : before);
    }

    @Nullable Instant lastSeen(Subject subject) {
        return seen.get(subject);
    }

    void forgetSight(Subject subject) {
        seen.remove(subject);
    }

    void written(Subject subject, Instant when) {
        written.put(subject, when);
    }

    /// True when we wrote to the subject and no look that began later has seen it.
    boolean awaitsSight(Subject subject) {
        Instant wrote = written.get(subject);
        if (wrote == null) {
            return false;
        }
        Instant saw = seen.get(subject);
        return saw == null || !saw.isAfter(wrote);
    }

    SortedMap<String, Look> looks() {
        return looks;
    }

    SortedMap<String, String> failures() {
        return failures;
    }
}
