package io.homeostat.simulated;

import io.homeostat.action.Report;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What goes wrong between us and the cluster, as ordered: writes that do not succeed, watchers
/// that do not see.
final class Mishaps {
    private final Deque<Mishap> writes = new ArrayDeque<>();
    private final SortedMap<String, String> blind = new TreeMap<>();

    /// One write that does not go well.
    ///
    /// @param arrivesAfter after how long it is done all the same; null when never
    record Mishap(Report report, @Nullable Duration arrivesAfter) {}

    void next(Report report, boolean arrives) {
        next(new Mishap(report, arrives ? Duration.ZERO : null));
    }

    void next(Mishap mishap) {
        writes.add(mishap);
    }

    /// What happens to the write that is made now; null when all goes well.
    @Nullable Mishap poll() {
        return writes.poll();
    }

    void blind(String watcher, String reason) {
        blind.put(watcher, reason);
    }

    void see(String watcher) {
        blind.remove(watcher);
    }

    /// Why the watcher does not see; null when it does.
    @Nullable String blindness(String watcher) {
        return blind.get(watcher);
    }
}
