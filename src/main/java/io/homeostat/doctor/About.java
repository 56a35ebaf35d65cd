package io.homeostat.doctor;

import java.util.Comparator;

/// What a finding is about.
///
/// @param kind what sort of thing it is
/// @param name its name: of a service, an alert, a receiver; of the swarm, its part
public record About(Kind kind, String name) implements Comparable<About> {
    /// In the order in which findings are shown.
    public enum Kind {
        SWARM("swarm"),
        SERVICE("service"),
        ALERT("alert"),
        RECEIVER("receiver");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    private static final Comparator<About> ORDER =
            Comparator.comparing(About::kind).thenComparing(About::name);

    @Override
    public int compareTo(About other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.word() + " " + name;
    }
}
