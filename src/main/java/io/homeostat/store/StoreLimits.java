package io.homeostat.store;

import java.time.Duration;

/// How much the store takes at once, and how much of history it keeps.
///
/// @param queueLength how many writes may wait before callers are told to come again
/// @param batch how many writes share one commit at most
/// @param keep how long history is kept
/// @param keepQuarantined how long a signal that was put aside is kept
/// @param bytes how large the living part of the database may grow before the oldest history goes
///   early
/// @param atLeast history younger than this never goes early
/// @param every how often old history is looked for
/// @param rows how many rows one transaction deletes at most
/// @param pause how long the writer is left to others between two such transactions
public record StoreLimits(
        int queueLength,
        int batch,
        Duration keep,
        Duration keepQuarantined,
        long bytes,
        Duration atLeast,
        Duration every,
        int rows,
        Duration pause) {
    private static final long GIGABYTE = 1L << 30;

    public static final StoreLimits DEFAULT =
            new StoreLimits(
                    4096,
                    512,
                    Duration.ofDays(30),
                    Duration.ofDays(90),
                    2 * GIGABYTE,
                    Duration.ofHours(1),
                    Duration.ofMinutes(10),
                    500,
                    Duration.ofMillis(25));

    public StoreLimits {
        if (queueLength < 1 || batch < 1 || rows < 1) {
            throw new IllegalArgumentException(
                    "queue length, batch and rows must be at least 1: %d, %d, %d"
                            .formatted(queueLength, batch, rows));
        }
    }

    StoreLimits taking(int queueLength, int batch) {
        return new StoreLimits(
                queueLength, batch, keep, keepQuarantined, bytes, atLeast, every, rows, pause);
    }

    StoreLimits keeping(Duration keep, long bytes, Duration atLeast) {
        return new StoreLimits(
                queueLength, batch, keep, keepQuarantined, bytes, atLeast, every, rows, pause);
    }
}
