package io.homeostat.fact;

import java.util.Comparator;
import java.util.Locale;

/// What a fact, an intent, an action or an incident is about, written `service/shop_api` or
/// `node/8xk2`.
///
/// @param kind what sort of thing it is
/// @param name its name in that kind: for a service the name that Docker shows, for a node its ID
public record Subject(Kind kind, String name) implements Comparable<Subject> {
    /// What sort of thing a subject is. The order is the order in which subjects are listed.
    public enum Kind {
        SERVICE,
        TASK,
        NODE,
        ALERT,
        WATCHER,
        REQUEST,
        CUSTOM,
        TRACKING,
        CLUSTER,
        RULE,
        DEPLOYMENT;

        private final String word = name().toLowerCase(Locale.ROOT);

        /// The kind as it is written in a subject: `service`.
        public String word() {
            return word;
        }
    }

    private static final Comparator<Subject> ORDER =
            Comparator.comparing(Subject::kind).thenComparing(Subject::name);

    public Subject {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a subject needs a name: " + kind);
        }
    }

    /// The service of that name.
    public static Subject service(String name) {
        return new Subject(Kind.SERVICE, name);
    }

    /// The node of that ID.
    public static Subject node(String id) {
        return new Subject(Kind.NODE, id);
    }

    /// The alert of that fingerprint.
    public static Subject alert(String fingerprint) {
        return new Subject(Kind.ALERT, fingerprint);
    }

    /// What is about the cluster as a whole, by a name.
    public static Subject cluster(String name) {
        return new Subject(Kind.CLUSTER, name);
    }

    /// The custom fact of that kind and key: `custom/queue/orders`.
    public static Subject custom(String kind, String key) {
        return new Subject(Kind.CUSTOM, kind + "/" + key);
    }

    /// What the metrics of the service of that name ask for: `tracking/shop_api`.
    public static Subject tracking(String service) {
        return new Subject(Kind.TRACKING, service);
    }

    /// Reads what [#toString()] writes.
    ///
    /// @throws IllegalArgumentException when the text is not `kind/name` with a known kind
    public static Subject parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a subject; write kind/name, as in service/shop_api");
        }
        String kind = text.substring(0, slash);
        for (Kind known : Kind.values()) {
            if (known.word().equals(kind)) {
                return new Subject(known, text.substring(slash + 1));
            }
        }
        throw new IllegalArgumentException(
                "'"
                        + kind
                        + "' is not a kind of subject; known are service, task, node, alert,"
                        + " watcher, request, custom, cluster, rule, deployment");
    }

    @Override
    public int compareTo(Subject other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.word() + "/" + name;
    }
}
