package io.homeostat.simulation;

import java.time.Duration;
import java.time.Instant;

/// The time of a world, and what Homeostat's clock makes of it.
final class Time {
    static final Instant BEGINNING = Instant.parse("2026-01-05T10:00:00Z");

    private static final Duration UNSTEADY = Duration.ofMinutes(15);

    private Instant now = BEGINNING;
    private Duration skew = Duration.ZERO;
    private Instant setAt = Instant.EPOCH;

    /// What time it is.
    Instant now() {
        return now;
    }

    /// What Homeostat's clock says.
    Instant wall() {
        return wall(now);
    }

    Instant wall(Instant instant) {
        return instant.plus(skew);
    }

    /// When it is what that clock says there.
    Instant real(Instant wall) {
        return wall.minus(skew);
    }

    void to(Instant next) {
        if (next.isBefore(now)) {
            throw new IllegalArgumentException("time does not run backwards: " + next);
        }
        now = next;
    }

    /// Somebody sets Homeostat's clock.
    void skew(Duration by) {
        skew = by;
        setAt = now;
    }

    /// False while what was measured with the clock may be wrong, because somebody has set it.
    boolean isSteady() {
        return since(setAt).compareTo(UNSTEADY) > 0;
    }

    Duration skew() {
        return skew;
    }

    Duration since(Instant instant) {
        return Duration.between(instant, now);
    }
}
