package io.homeostat.action;

import io.homeostat.fact.Node;
import io.homeostat.fact.Sorted;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;

/// The condition over facts that says whether an action helped, and by when.
public sealed interface Expectation {
    /// When it is too late.
    Instant by();

    /// The condition as a person reads it.
    String text();

    /// The same, due at another instant.
    Expectation by(Instant other);

    /// So many tasks of a service run, and no more, for a while.
    record Replicas(String service, int count, Duration hold, Instant by) implements Expectation {
        @Override
        public String text() {
            return "%d of %d tasks of %s run for %d s"
                    .formatted(count, count, service, hold.toSeconds());
        }

        @Override
        public Expectation by(Instant other) {
            return new Replicas(service, count, hold, other);
        }
    }

    /// All wanted tasks of a service run and none of them ran before the action, for a while; then
    /// the alerts that it was done for end.
    ///
    /// @param before the IDs of the tasks that ran before; clocks of other machines say nothing
    /// @param alerts the fingerprints of the alerts that it was done for
    record FreshTasks(
            String service,
            SortedSet<String> before,
            SortedSet<String> alerts,
            Duration hold,
            Instant by)
            implements Expectation {
        public FreshTasks {
            before = Sorted.copy(before);
            alerts = Sorted.copy(alerts);
        }

        @Override
        public String text() {
            return "all tasks of %s are fresh and run for %d s%s"
                    .formatted(
                            service,
                            hold.toSeconds(),
                            alerts.isEmpty() ? "" : ", and then its alert ends");
        }

        @Override
        public Expectation by(Instant other) {
            return new FreshTasks(service, before, alerts, hold, other);
        }
    }

    /// All wanted tasks of a service run the image that is specified, and no update is under way,
    /// for a while; then the alerts that it was done for end.
    ///
    /// @param before how many tasks ran before
    /// @param alerts the fingerprints of the alerts that it was done for
    record AllRun(String service, int before, SortedSet<String> alerts, Duration hold, Instant by)
            implements Expectation {
        public AllRun {
            alerts = Sorted.copy(alerts);
        }

        @Override
        public String text() {
            return "all tasks of %s run as specified for %d s%s"
                    .formatted(
                            service,
                            hold.toSeconds(),
                            alerts.isEmpty() ? "" : ", and then its alert ends");
        }

        @Override
        public Expectation by(Instant other) {
            return new AllRun(service, before, alerts, hold, other);
        }
    }

    /// A node is as available as was wanted, and has no running task when it is drained, for a
    /// while.
    ///
    /// @param node the node's ID
    record NodeIs(String node, Node.Availability availability, Duration hold, Instant by)
            implements Expectation {
        @Override
        public String text() {
            return switch (availability) {
                case ACTIVE -> "node %s takes tasks for %d s".formatted(node, hold.toSeconds());
                case PAUSE ->
                        "node %s takes no new tasks for %d s".formatted(node, hold.toSeconds());
                case DRAIN -> "node %s has no tasks for %d s".formatted(node, hold.toSeconds());
            };
        }

        @Override
        public Expectation by(Instant other) {
            return new NodeIs(node, availability, hold, other);
        }
    }

    /// The outside system took the message; nothing more is expected.
    record Delivered(Instant by) implements Expectation {
        @Override
        public String text() {
            return "the message is delivered";
        }

        @Override
        public Expectation by(Instant other) {
            return new Delivered(other);
        }
    }
}
