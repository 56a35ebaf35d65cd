package io.homeostat.engine;

import java.time.Duration;
import java.time.Instant;

/// The last time that nobody looked: from the turn before it to the turn after it.
///
/// @param from the instant of the last turn before; equal to `to` when there was none
record Gap(Instant from, Instant to) {
    static final Gap NONE = new Gap(Instant.EPOCH, Instant.EPOCH);

    /// What was due inside the gap is due that much later, once; all else when it was due.
    Instant extended(Instant due) {
        boolean inside = due.isAfter(from) && !due.isAfter(to);
        return inside ? due.plus(Duration.between(from, to)) : due;
    }
}
