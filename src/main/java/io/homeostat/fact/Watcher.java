package io.homeostat.fact;

import java.time.Instant;

/// Whether one of our watchers sees. Freshness belongs to the watcher: a fact is as fresh as the
/// watcher of its kind.
///
/// Only changes between seeing and blind are facts; each successful look is not.
///
/// @param name what it watches: `services`, `tasks`, `nodes`, `alerts`
/// @param since when it became so
/// @param reason why it is blind, in a sentence; empty when it sees
public record Watcher(String name, Sight sight, Instant since, String reason) implements Fact {
    public static final String SERVICES = "services";
    public static final String TASKS = "tasks";
    public static final String NODES = "nodes";
    public static final String ALERTS = "alerts";

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

    public boolean isSeeing() {
        return sight == Sight.SEEING;
    }
}
