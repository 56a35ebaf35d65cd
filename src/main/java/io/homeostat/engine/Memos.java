package io.homeostat.engine;

import io.homeostat.fact.Fact;
import io.homeostat.fact.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All memos by kind and key, and which of them changed since the last turn. Order never comes from
/// a hash.
final class Memos {
    private static final Comparator<Class<? extends Memo>> BY_NAME =
            Comparator.comparing(Class::getSimpleName);

    /// What changed: memos as they are now, and those that are no longer held.
    record Changes(List<Memo> kept, List<Turn.Dropped> dropped) {}

    /// Asked only for one kind at a time, so its own order decides nothing.
    private final Map<Class<? extends Memo>, NavigableMap<String, Memo>> held = new HashMap<>();

    /// The keys of what changed, by kind; put in order when they are asked for.
    private final Map<Class<? extends Memo>, SortedSet<String>> changed = new HashMap<>();

    private final SortedSet<Subject> touched = new TreeSet<>();
    private final Stirred stirred = new Stirred();
    private final List<Index<?>> indexes;

    /// @param indexes are kept up to date with what is held
    Memos(Index<?>... indexes) {
        this.indexes = List.of(indexes);
    }

    /// Takes memos as the store remembers them, of which none counts as changed.
    void remember(List<Memo> remembered) {
        remembered.forEach(this::keep);
        changed.clear();
        touched.clear();
    }

    void keep(Memo memo) {
        Memo before = shelf(memo.getClass()).put(memo.key(), memo);
        if (before != null && !memo.isNews(before)) {
            return;
        }
        changed(memo.getClass()).add(memo.key());
        if (before != null) {
            indexes.forEach(index -> index.removed(before));
            touch(before);
        }
        indexes.forEach(index -> index.added(memo));
        touch(memo);
    }

    private void touch(Memo memo) {
        if (memo instanceof Memo.Known(Fact fact)) {
            touched.add(fact.subject());
            stirred.by(fact);
        }
    }

    void drop(Class<? extends Memo> kind, String key) {
        Memo before = shelf(kind).remove(key);
        if (before == null) {
            return;
        }
        changed(kind).add(key);
        indexes.forEach(index -> index.removed(before));
        touch(before);
    }

    private SortedSet<String> changed(Class<? extends Memo> kind) {
        return changed.computeIfAbsent(kind, _ -> new TreeSet<>());
    }

    private NavigableMap<String, Memo> shelf(Class<? extends Memo> kind) {
        return held.computeIfAbsent(kind, _ -> new TreeMap<>());
    }

    <M extends Memo> @Nullable M get(Class<M> kind, String key) {
        NavigableMap<String, Memo> shelf = held.get(kind);
        Memo memo = shelf == null ? null : shelf.get(key);
        return memo == null ? null : kind.cast(memo);
    }

    <M extends Memo> List<M> all(Class<M> kind) {
        return all(kind, "");
    }

    /// The memos of a kind whose keys begin so, in the order of their keys.
    <M extends Memo> List<M> all(Class<M> kind, String prefix) {
        NavigableMap<String, Memo> shelf = held.getOrDefault(kind, Collections.emptyNavigableMap());
        List<M> found = new ArrayList<>();
        for (Memo memo : shelf.subMap(prefix, prefix + "\uffff").values()) {
            found.add(kind.cast(memo));
        }
        return found;
    }

    /// The subjects whose facts changed since this was last asked.
    List<Subject> takeTouched() {
        List<Subject> subjects = List.copyOf(touched);
        touched.clear();
        return subjects;
    }

    /// The services about which something changed since this was last cleared.
    Stirred stirred() {
        return stirred;
    }

    /// What changed since this was last asked, for the turn.
    Changes takeChanges() {
        List<Memo> kept = new ArrayList<>();
        List<Turn.Dropped> dropped = new ArrayList<>();
        changed.keySet().stream()
                .sorted(BY_NAME)
                .forEach(kind -> {
                    for (String key : changed(kind)) {
                        Memo memo = get(kind, key);
                        if (memo == null) {
                            dropped.add(new Turn.Dropped(kind, key));
                        } else {
                            kept.add(memo);
                        }
                    }
                });
        changed.clear();
        return new Changes(kept, dropped);
    }
}
