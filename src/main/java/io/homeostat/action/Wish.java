package io.homeostat.action;

import io.homeostat.fact.Subject;

/// What is wanted, without any number that was measured, so that equal wishes are equal however
/// often they are wished.
///
/// Which action a wish becomes, if any, is decided when it is judged, from what is known then.
public sealed interface Wish extends Comparable<Wish> {
    /// What it is about.
    Subject subject();

    /// The kind of action that is wished, also when there is nothing to do for it.
    default String kind() {
        return switch (this) {
            case ScaleUp _, ScaleDown _, ScaleTo _, KeepReplicas _ -> "scale";
            case Restart _ -> "restart";
            case Rollback _ -> "rollback";
            case Deploy _ -> "deploy";
            case Drain _ -> "drain";
            case Activate _ -> "activate";
            case Escalate _ -> "notice";
        };
    }

    /// The wish as a person reads it: `scale up service/demo_web`.
    String text();

    /// One step more replicas, of the size that the service's labels give.
    record ScaleUp(String service) implements Wish {
        @Override
        public Subject subject() {
            return Subject.service(service);
        }

        @Override
        public String text() {
            return "scale up " + subject();
        }
    }

    /// One step fewer replicas, of the size that the service's labels give.
    record ScaleDown(String service) implements Wish {
        @Override
        public Subject subject() {
            return Subject.service(service);
        }

        @Override
        public String text() {
            return "scale down " + subject();
        }
    }

    /// So many replicas.
    record ScaleTo(String service, int replicas) implements Wish {
        public ScaleTo {
            if (replicas < 0) {
                throw new IllegalArgumentException("replicas cannot be negative: " + replicas);
            }
        }

        @Override
        public Subject subject() {
            return Subject.service(service);
        }

        @Override
        public String text() {
            return "scale %s to %d".formatted(subject(), replicas);
        }
    }

    /// At least so many replicas, which it had until a deployment reset them. Only the engine
    /// wishes it.
    record KeepReplicas(String service, int replicas) implements Wish {
        public KeepReplicas {
            if (replicas < 1) {
                throw new IllegalArgumentException(
                        "replicas to be kept must be 1 or more: " + replicas);
            }
        }

        @Override
        public Subject subject() {
            return Subject.service(service);
        }

        @Override
        public String text() {
            return "keep %d replicas of %s".formatted(replicas, subject());
        }
    }

    /// Fresh tasks for a service, in the order and at the pace of its own update settings.
    record Restart(String service) implements Wish {
        @Override
        public Subject subject() {
            return Subject.service(service);
        }

        @Override
        public String text() {
            return "restart " + subject();
        }
    }

    /// The last known good specification again.
    record Rollback(String service) implements Wish {
        @Override
        public Subject subject() {
            return Subject.service(service);
        }

        @Override
        public String text() {
            return "roll back " + subject();
        }
    }

    /// Another image.
    ///
    /// @param deployment the ID of the deployment that it is for
    record Deploy(String service, String image, String deployment) implements Wish {
        @Override
        public Subject subject() {
            return Subject.service(service);
        }

        @Override
        public String text() {
            return "deploy %s to %s".formatted(image, subject());
        }
    }

    /// No tasks on a node: those that it has go elsewhere.
    ///
    /// @param node the node's ID
    record Drain(String node) implements Wish {
        @Override
        public Subject subject() {
            return Subject.node(node);
        }

        @Override
        public String text() {
            return "drain " + subject();
        }
    }

    /// A node that takes tasks again.
    ///
    /// @param node the node's ID
    record Activate(String node) implements Wish {
        @Override
        public Subject subject() {
            return Subject.node(node);
        }

        @Override
        public String text() {
            return "activate " + subject();
        }
    }

    /// How people are told of an alert that nobody solves.
    ///
    /// @param alert the alert's fingerprint
    /// @param channel where: a channel's name; empty for the default one
    /// @param severity how urgent: the word people see
    /// @param wording what is wrong, in a sentence
    record Escalate(String alert, String channel, String severity, String wording) implements Wish {
        @Override
        public Subject subject() {
            return Subject.alert(alert);
        }

        @Override
        public String text() {
            return "tell people of " + subject();
        }
    }

    @Override
    default int compareTo(Wish other) {
        int bySubject = subject().compareTo(other.subject());
        return bySubject != 0 ? bySubject : toString().compareTo(other.toString());
    }
}
