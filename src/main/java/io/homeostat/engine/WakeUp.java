package io.homeostat.engine;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// When there is something to do again although no signal comes.
final class WakeUp {
    private WakeUp() {}

    /// The earliest of those that are still to come; null when none is.
    static @Nullable Instant after(Instant now, Collection<@Nullable Instant> instants) {
        Instant next = null;
        for (Instant instant : instants) {
            if (instant != null && instant.isAfter(now)) {
                next = next == null || instant.isBefore(next) ? instant : next;
            }
        }
        return next;
    }
}
