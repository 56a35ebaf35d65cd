package io.homeostat.action;

import io.homeostat.fact.Node;
import io.homeostat.fact.Subject;
import org.jspecify.annotations.Nullable;

/// A thing we can do, as data, split by who can do it: an actuator cannot be handed what it cannot
/// do.
public sealed interface Action {
    /// What it changes.
    Subject subject();

    /// The kind of action as people and machines name it: `scale`, `restart`, `rollback`, `deploy`,
    /// `drain`, `activate`, `pause`, `notice`.
    String kind();

    /// The action as a person reads it: `scale service/demo_web from 2 to 3`.
    String text();

    /// Done by changing one path of one specification in Docker Swarm.
    sealed interface OnSwarm extends Action {}

    /// Done to one service.
    sealed interface OnService extends OnSwarm {
        /// The service's name, as Docker shows it.
        String service();

        @Override
        default Subject subject() {
            return Subject.service(service());
        }
    }

    /// Done to one node.
    sealed interface OnNode extends OnSwarm {
        /// The node's ID.
        String node();

        @Override
        default Subject subject() {
            return Subject.node(node());
        }
    }

    /// Done by telling people.
    sealed interface ToPeople extends Action {}

    /// Another number of replicas.
    ///
    /// @param from how many were wanted when this was decided; another number found means another
    ///   decided meanwhile
    record ScaleService(String service, int from, int to) implements OnService {
        public ScaleService {
            if (from < 0 || to < 0 || from == to) {
                throw new IllegalArgumentException(
                        "a scaling needs two different numbers, 0 or more: " + from + ", " + to);
            }
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
    record RestartService(String service, long forceUpdate) implements OnService {
        @Override
        public String kind() {
            return "restart";
        }

        @Override
        public String text() {
            return "restart " + subject();
        }
    }

    /// The last known good specification again, but for replicas, labels and the counter of forced
    /// restarts: those stay as they are now.
    ///
    /// @param from the hash of the specification when this was decided; another one found means
    ///   somebody else changed it meanwhile
    /// @param to the hash of the content that comes back, by which it is kept; null only when an
    ///   older Homeostat planned it
    record RollbackService(String service, String from, @Nullable String to) implements OnService {
        @Override
        public String kind() {
            return "rollback";
        }

        @Override
        public String text() {
            return "roll back " + subject();
        }
    }

    /// Another image; all else stays.
    ///
    /// @param from the hash of the specification when this was decided; another one found means
    ///   somebody else changed it meanwhile
    /// @param image the image with its digest
    /// @param deployment the ID of the deployment
    record DeployService(String service, String from, String image, String deployment)
            implements OnService {
        @Override
        public String kind() {
            return "deploy";
        }

        @Override
        public String text() {
            return "deploy %s to %s".formatted(image, subject());
        }
    }

    /// Whether a node takes and keeps tasks.
    ///
    /// @param from what it was when this was decided
    record SetAvailability(String node, Node.Availability from, Node.Availability to)
            implements OnNode {
        @Override
        public String kind() {
            return switch (to) {
                case DRAIN -> "drain";
                case ACTIVE -> "activate";
                case PAUSE -> "pause";
            };
        }

        @Override
        public String text() {
            return kind() + " " + subject();
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
