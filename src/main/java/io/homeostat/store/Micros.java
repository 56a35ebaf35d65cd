package io.homeostat.store;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Instants in tables are microseconds since 1970.
final class Micros {
    private Micros() {}

    static long of(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                instant.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L),
                TimeUnit.MICROSECONDS.toNanos(Math.floorMod(micros, 1_000_000L)));
    }
}
