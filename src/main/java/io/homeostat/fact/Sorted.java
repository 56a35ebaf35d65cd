package io.homeostat.fact;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
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

    /// True when both hold the same under the same keys. Both are in order, so they are walked side
    /// by side, where `equals` would look each key up.
    public static <V> boolean same(SortedMap<String, V> one, SortedMap<String, V> other) {
        if (one.size() != other.size()) {
            return false;
        }
        Iterator<Map.Entry<String, V>> others = other.entrySet().iterator();
        for (Map.Entry<String, V> mine : one.entrySet()) {
            Map.Entry<String, V> theirs = others.next();
            if (!mine.getKey().equals(theirs.getKey())
                    || !mine.getValue().equals(theirs.getValue())) {
                return false;
            }
        }
        return true;
    }

    public static <E extends Comparable<E>> SortedSet<E> copy(Collection<E> elements) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(elements));
    }
}
