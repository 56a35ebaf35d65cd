package io.homeostat.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// The last things that happened in a world, for whoever has to find out why an invariant broke.
final class Trace {
    private static final int LENGTH = 60;

    private final Deque<String> lines = new ArrayDeque<>();

    void add(Instant at, String what) {
        lines.add(at + " " + what);
        if (lines.size() > LENGTH) {
            lines.remove();
        }
    }

    String text() {
        return String.join("\n", lines);
    }
}
