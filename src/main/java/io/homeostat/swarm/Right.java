package io.homeostat.swarm;

import io.homeostat.engine.Lease.Standing;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What we know of the right to write, to be judged at any later moment. At most one of renewal and
/// other is there.
///
/// @param doubt why it cannot be told who leads, when neither holds any more
record Right(@Nullable Renewal renewal, @Nullable Other other, String doubt) {
    static final Right UNASKED = new Right(null, null, "the swarm was not asked yet");

    /// @param asked before the renewal was sent: somebody who saw it waits from a later moment on
    /// @param length how long it is good for, from then on
    record Renewal(long epoch, Moment asked, Duration length) {
        Duration left(Moment now) {
            return length.minus(now.possiblySince(asked));
        }
    }

    /// @param since since when we know
    /// @param seen when it was last seen so
    /// @param goodFor how long that is worth anything
    record Other(String host, long epoch, Instant since, Moment seen, Duration goodFor) {}

    boolean leads(Moment now) {
        return renewal != null && renewal.left(now).isPositive();
    }

    Right doubting(String why) {
        return new Right(renewal, other, why);
    }

    Standing at(Moment now) {
        if (renewal != null && leads(now)) {
            return new Standing.Ours(renewal.epoch(), renewal.left(now));
        }
        if (other != null && now.surelySince(other.seen()).compareTo(other.goodFor()) <= 0) {
            return new Standing.Elsewhere(other.host(), other.since());
        }
        return new Standing.Unsure(doubt);
    }
}
