package io.homeostat.diagnosis;

import java.time.Duration;

/// From when on something that the watchers see is an ailment. Each is a setting.
///
/// @param failures so many tasks in one place must have failed
/// @param failuresWithin within this time
/// @param afterChange an ailment that begins so soon after a change is taken to come from it
/// @param pendingFor so long a task may wait for a node, or for the node to take it
/// @param pullingFor so long a task may be prepared, which is mostly pulling its image
/// @param startingFor so long a task may start, which is until its health check says so
/// @param progressBy so long an update or a rollback may go on without one more task that runs
/// @param missingFor so long a task may be missing that Swarm does not start again
/// @param clearAfter an ailment that was not seen for so long is over
/// @param ownGrace how long an alert of ours may stay unaccounted for before people hear of it
public record Thresholds(
        int failures,
        Duration failuresWithin,
        Duration afterChange,
        Duration pendingFor,
        Duration pullingFor,
        Duration startingFor,
        Duration progressBy,
        Duration missingFor,
        Duration clearAfter,
        Duration ownGrace) {
    public static final Thresholds DEFAULT =
            new Thresholds(
                    3,
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(2),
                    Duration.ZERO);
}
