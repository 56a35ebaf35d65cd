package io.homeostat.fact;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Unmodifiable sorted copies, so that nothing which reaches a decision iterates a hash.
public final class Sorted {
    private Sorted() {}

    public static <V> SortedMap<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    public static <E extends Comparable<E>> SortedSet<E> copy(Collection<E> elements) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(elements));
    }
}
