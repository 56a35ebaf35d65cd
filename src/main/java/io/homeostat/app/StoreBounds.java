package io.homeostat.app;

import io.homeostat.store.StoreLimits;
import java.time.Duration;

/// The settings that say how much the store takes at once, and how much of history it keeps.
final class StoreBounds {
    private static final long MEGABYTE = 1L << 20;

    private StoreBounds() {}

    static StoreLimits read(SettingsTable table) {
        StoreLimits usual = StoreLimits.DEFAULT;
        return new StoreLimits(
                table.number(
                        "homeostat.store.queue",
                        usual.queueLength(),
                        16,
                        1_000_000,
                        "so many writes may wait; more signals from outside are refused with 503"),
                table.number(
                        "homeostat.store.batch",
                        usual.batch(),
                        1,
                        10_000,
                        "so many writes share one commit at most"),
                table.span(
                        "homeostat.history.keep",
                        usual.keep(),
                        Duration.ofHours(1),
                        Duration.ofDays(3650),
                        "history is kept so long"),
                table.span(
                        "homeostat.history.keep-quarantined",
                        usual.keepQuarantined(),
                        Duration.ofHours(1),
                        Duration.ofDays(3650),
                        "a signal that was put aside is kept so long"),
                table.number(
                                "homeostat.history.megabytes",
                                (int) (usual.bytes() / MEGABYTE),
                                16,
                                1_000_000,
                                "when more of the database is in use, the oldest history goes early")
                        * MEGABYTE,
                table.span(
                        "homeostat.history.at-least",
                        usual.atLeast(),
                        Duration.ofMinutes(1),
                        Duration.ofDays(7),
                        "but never what is younger than this"),
                table.span(
                        "homeostat.history.every",
                        usual.every(),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1),
                        "old history is looked for so often"),
                table.number(
                        "homeostat.history.rows",
                        usual.rows(),
                        1,
                        10_000,
                        "so many old rows one commit deletes at most"),
                table.span(
                        "homeostat.history.pause",
                        usual.pause(),
                        Duration.ZERO,
                        Duration.ofMinutes(1),
                        "the writer is left to others so long between two such commits"));
    }
}
