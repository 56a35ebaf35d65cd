package io.homeostat.swarm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// One instant on two clocks: one that nobody sets but that stands still while the machine is
/// suspended, and one that goes on but that people and time servers set.
///
/// @param nanos of the first, with any origin
record Moment(long nanos, Instant wall) {
    /// Reads the clock that stands still first: a suspension between the two then makes us later,
    /// never earlier.
    static Moment now(InstantSource clock) {
        long nanos = System.nanoTime();
        return new Moment(nanos, clock.instant());
    }

    /// At most so long ago, for one who has to wait: only the clock that nobody sets counts.
    Duration surelySince(Moment earlier) {
        return Duration.ofNanos(nanos - earlier.nanos);
    }

    /// At least so long ago, for one whose right runs out: the clock that went further counts.
    Duration possiblySince(Moment earlier) {
        Duration surely = surelySince(earlier);
        Duration shown = Duration.between(earlier.wall, wall);
        return shown.compareTo(surely) > 0 ? shown : surely;
    }
}
