package io.homeostat.swarm;

import java.time.Duration;

/// The instant by which a call must have ended, on a clock that nobody sets.
final class Deadline {
    private final Duration time;
    private final long until;

    private Deadline(Duration time, long until) {
        this.time = time;
        this.until = until;
    }

    static Deadline in(Duration time) {
        return new Deadline(time, System.nanoTime() + time.toNanos());
    }

    /// How long it was when it was set.
    Duration time() {
        return time;
    }

    /// How long it is until then; zero when it has passed.
    Duration left() {
        return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    }

    boolean hasPassed() {
        return left().isZero();
    }

    /// This one, or a nearer one.
    Deadline butWithin(Duration most) {
        return left().compareTo(most) <= 0 ? this : in(most);
    }
}
