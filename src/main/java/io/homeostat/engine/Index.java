package io.homeostat.engine;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds memos by something else than their key, so that no question needs to look at all of them.
final class Index<K extends Comparable<K>> {
    private final Function<Memo, @Nullable K> by;
    private final SortedMap<K, SortedSet<String>> keys = new TreeMap<>();

    /// @param by what a memo is found by; null for those that this index leaves out
    Index(Function<Memo, @Nullable K> by) {
        this.by = by;
    }

    void added(Memo memo) {
        K found = by.apply(memo);
        if (found != null) {
            keys.computeIfAbsent(found, _ -> new TreeSet<>()).add(memo.key());
        }
    }

    void removed(Memo memo) {
        K found = by.apply(memo);
        SortedSet<String> held = found == null ? null : keys.get(found);
        if (found != null && held != null) {
            held.remove(memo.key());
            if (held.isEmpty()) {
                keys.remove(found);
            }
        }
    }

    /// The keys of the memos that are found by this.
    SortedSet<String> of(K by) {
        return Collections.unmodifiableSortedSet(
                keys.getOrDefault(by, Collections.emptySortedSet()));
    }

    /// All that there is, in order.
    SortedMap<K, SortedSet<String>> all() {
        return Collections.unmodifiableSortedMap(keys);
    }
}
