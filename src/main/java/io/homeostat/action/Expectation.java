package io.homeostat.action;

import java.time.Duration;
import java.time.Instant;

/// The condition over facts that says whether an action helped, and by when.
public sealed interface Expectation {
    /// When it is too late.
    Instant by();

    /// The condition as a person reads it.
    String text();

    /// So many tasks of a service run, and no more, for a while.
    record Replicas(String service, int count, Duration hold, Instant by) implements Expectation {
        @Override
        public String text() {
            return "%d of %d tasks of %s run for %d s"
                    .formatted(count, count, service, hold.toSeconds());
        }
    }

    /// All wanted tasks of a service run and were made after the action, for a while.
    record FreshTasks(String service, Instant after, Duration hold, Instant by)
            implements Expectation {
        @Override
        public String text() {
            return "all tasks of %s are fresh and run for %d s"
                    .formatted(service, hold.toSeconds());
        }
    }

    /// The outside system took the message; nothing more is expected.
    record Delivered(Instant by) implements Expectation {
        @Override
        public String text() {
            return "the message is delivered";
        }
    }
}
