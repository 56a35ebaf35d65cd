package io.homeostat.action;

import io.homeostat.fact.Subject;

/// A thing we can do, as data, split by who can do it: an actuator cannot be handed what it cannot
/// do.
public sealed interface Action {
    /// What it changes.
    Subject subject();

    /// The kind of action as people and machines name it: `scale`, `restart`, `notice`.
    String kind();

    /// The action as a person reads it: `scale service/demo_web from 2 to 3`.
    String text();

    /// Done by changing one path of one specification in Docker Swarm.
    sealed interface OnSwarm extends Action {}

    /// Done by telling people.
    sealed interface ToPeople extends Action {}

    /// Another number of replicas.
    ///
    /// @param from how many were wanted when this was decided; another number found means another
    ///   decided meanwhile
    record ScaleService(String service, int from, int to) implements OnSwarm {
        public ScaleService {
            if (from < 0 || to < 0 || from == to) {
                throw new IllegalArgumentException(
                        "a scaling needs two different numbers, 0 or more: " + from + ", " + to);
            }
        }

        @Override
        public Subject subject() {
            return Subject.service(service);
        }

        @Override
        public String kind() {
            return "scale";
        }

        @Override
        public String text() {
            return "scale %s from %d to %d".formatted(subject(), from, to);
        }

        public boolean isUp() {
            return to > from;
        }
    }

    /// Fresh tasks, by raising Docker's counter of forced updates by one.
    ///
    /// @param forceUpdate the counter when this was decided
    record RestartService(String service, long forceUpdate) implements OnSwarm {
        @Override
        public Subject subject() {
            return Subject.service(service);
        }

        @Override
        public String kind() {
            return "restart";
        }

        @Override
        public String text() {
            return "restart " + subject();
        }
    }

    /// One message of an incident: posted when it is the first in its channel, else the posted one
    /// is edited.
    record PostNotice(Notice notice) implements ToPeople {
        @Override
        public Subject subject() {
            return notice.subject();
        }

        @Override
        public String kind() {
            return "notice";
        }

        @Override
        public String text() {
            return "tell people: " + notice.title();
        }
    }
}
