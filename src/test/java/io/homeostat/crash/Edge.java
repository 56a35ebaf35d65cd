package io.homeostat.crash;

import io.homeostat.crash.agent.Order;
import io.homeostat.crash.agent.Place;
import java.util.List;
import java.util.stream.Stream;

/// Where a life of the program ends.
sealed interface Edge {
    /// What had happened, and what had not.
    String sentence();

    /// The places in the program's code that it needs.
    default List<Place> places() {
        return List.of();
    }

    /// What becomes of a call that stands at an outside system when the program is killed.
    enum Fate {
        NOT_TAKEN,
        /// It is carried out only after the next life has begun and looked.
        TAKEN_LATE,
        TAKEN
    }

    /// A thread stops at a place of the program's code, the others run on, and it is killed.
    ///
    /// @param path places to be passed in this order; it stops at the last
    record Inside(String sentence, List<Place> path) implements Edge {
        Order order() {
            return new Order(path, Order.Then.PARK, 1);
        }

        @Override
        public List<Place> places() {
            return path;
        }
    }

    /// A place fails so often and then no longer; it is killed meanwhile or a while later.
    record Refused(String sentence, List<Place> path, int times, boolean isKilledMeanwhile)
            implements Edge {
        Order order() {
            return new Order(path, Order.Then.REFUSE, times);
        }

        @Override
        public List<Place> places() {
            return path;
        }
    }

    /// A write stands at Docker.
    record AtDocker(String sentence, Fate fate) implements Edge {}

    /// A message stands at Slack.
    ///
    /// @param method of Slack's API
    record AtSlack(String sentence, String method, Fate fate) implements Edge {}

    /// It is killed at an edge, and while it recovers from that it is killed again.
    record WhileRecovering(String sentence, Inside first, List<Inside> then) implements Edge {
        public WhileRecovering {
            then = List.copyOf(then);
        }

        @Override
        public List<Place> places() {
            return Stream.concat(Stream.of(first), then.stream())
                    .flatMap(inside -> inside.path().stream())
                    .toList();
        }
    }

    /// It is killed at any instant under load.
    record AnyInstant(String sentence) implements Edge {}

    /// It is killed at any instant under load, and at any instant of the start that follows.
    record AnyInstantOfAStart(String sentence) implements Edge {}
}
