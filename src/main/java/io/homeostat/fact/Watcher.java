package io.homeostat.fact;

import java.time.Instant;

/// Whether one of our watchers sees. Freshness belongs to the watcher: a fact is as fresh as the
/// watcher of its kind.
///
/// Only changes between seeing and blind are facts; each successful look is not.
///
/// @param name what it watches: `services`, `tasks`, `nodes`, `alerts`, `metrics`
/// @param sight whether it sees
/// @param since when it became so
/// @param reason why it is blind, in a sentence; empty when it sees
public record Watcher(String name, Sight sight, Instant since, String reason) implements Fact {
    /// The watcher of services.
    public static final String SERVICES = "services";

    /// The watcher of tasks.
    public static final String TASKS = "tasks";

    /// The watcher of nodes.
    public static final String NODES = "nodes";

    /// The watcher of Alertmanager's list.
    public static final String ALERTS = "alerts";

    /// The watcher of metrics.
    public static final String METRICS = "metrics";

    /// Whether a watcher sees.
    public enum Sight {
        /// Its last successful look is recent enough.
        SEEING,
        /// It has not yet succeeded since we started, or its last success is too long ago.
        BLIND
    }

    @Override
    public Subject subject() {
        return new Subject(Subject.Kind.WATCHER, name);
    }

    /// True when its last successful look is recent enough; in rules: `Watcher( …, seeing )`.
    public boolean isSeeing() {
        return sight == Sight.SEEING;
    }
}
