package io.homeostat.engine;

import io.homeostat.fact.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/// Remembers when alerts began on what they are about, so that rules can count them.
///
/// Each alert carries the beginnings up to its own, and so says the same for as long as it fires:
/// no rule has to be woken when one of them grows old.
final class Beginnings {
    /// More of one alert on one subject say no more.
    private static final int MOST = 100;

    /// What has grown old is looked for so often.
    private static final Duration SWEPT_EVERY = Duration.ofHours(1);

    private final Memory memory;
    private final Duration lookBack;
    private Instant sweepAt = Instant.MIN;

    Beginnings(Memory memory, Duration lookBack) {
        this.memory = memory;
        this.lookBack = lookBack;
    }

    /// The alert that begins, with the beginnings that are remembered of it.
    Alert counted(Alert alert) {
        String key = alert.about() + "/" + alert.name();
        Memo.Begun before = memory.begun(key);
        TreeSet<Instant> all = new TreeSet<>();
        if (before != null) {
            all.addAll(before.at().tailSet(alert.startsAt().minus(lookBack)));
        }
        boolean isAlone = isAlone(alert);
        if (isAlone || all.isEmpty()) {
            all.add(alert.startsAt());
        }
        while (all.size() > MOST) {
            all.removeFirst();
        }
        if (before == null || !before.at().equals(all)) {
            memory.keep(new Memo.Begun(key, all));
        }
        SortedSet<Instant> upToIt = isAlone ? all.headSet(alert.startsAt(), true) : all;
        return AlertSubjects.begun(alert, upToIt);
    }

    /// An alert that fires for several tasks of a service at once, with labels of each, is one.
    private boolean isAlone(Alert alert) {
        return memory.alertsAbout(alert.about()).stream()
                .noneMatch(other -> other.name().equals(alert.name()));
    }

    /// Forgets what no rule may count any more.
    void sweep(Instant now) {
        if (now.isBefore(sweepAt)) {
            return;
        }
        sweepAt = now.plus(SWEPT_EVERY);
        for (Memo.Begun begun : memory.all(Memo.Begun.class)) {
            boolean isOld = begun.at().isEmpty() || begun.at().last().isBefore(now.minus(lookBack));
            if (isOld) {
                memory.drop(Memo.Begun.class, begun.key());
            }
        }
    }
}
