package io.homeostat.simulation;

import java.util.SortedMap;
import java.util.TreeMap;

/// How often things happened, by name.
final class Tally {
    private final SortedMap<String, Long> counts = new TreeMap<>();

    void count(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    void add(Tally other) {
        other.counts.forEach((name, count) -> counts.merge(name, count, Long::sum));
    }

    long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    SortedMap<String, Long> all() {
        return new TreeMap<>(counts);
    }
}
