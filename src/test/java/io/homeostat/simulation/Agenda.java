package io.homeostat.simulation;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What happens later, each at its instant, and what is due at once in the order in which it was
/// put down.
final class Agenda {
    private record Entry(Instant at, long number, Runnable what) {}

    private final Queue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::number));
    private long numbers;

    void at(Instant instant, Runnable what) {
        entries.add(new Entry(instant, numbers++, what));
    }

    /// When the next thing is due; null when nothing is.
    @Nullable Instant next() {
        Entry next = entries.peek();
        return next == null ? null : next.at();
    }

    void runTo(Instant now) {
        for (Entry next = entries.peek();
                next != null && !next.at().isAfter(now);
                next = entries.peek()) {
            entries.remove();
            next.what().run();
        }
    }
}
