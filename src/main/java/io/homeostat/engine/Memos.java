package io.homeostat.engine;

import io.homeostat.fact.Fact;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All memos by kind and key, and which of them changed since the last turn. Order never comes from
/// a hash.
final class Memos {
    /// A kind of memo and its key.
    private record Key(Class<? extends Memo> kind, String key) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byKind = kind.getSimpleName().compareTo(other.kind.getSimpleName());
            return byKind != 0 ? byKind : key.compareTo(other.key);
        }
    }

    /// What changed: memos as they are now, and those that are no longer held.
    record Changes(List<Memo> kept, List<Turn.Dropped> dropped) {}

    private final SortedMap<Key, Memo> held = new TreeMap<>();
    private final SortedSet<Key> changed = new TreeSet<>();
    private final SortedSet<Subject> touched = new TreeSet<>();
    private final SortedMap<String, SortedSet<String>> tasksOf = new TreeMap<>();

    /// Memos as the store remembers them, of which none counts as changed.
    static Memos of(List<Memo> remembered) {
        Memos memos = new Memos();
        remembered.forEach(memos::keep);
        memos.changed.clear();
        memos.touched.clear();
        return memos;
    }

    void keep(Memo memo) {
        Key key = new Key(memo.getClass(), memo.key());
        Memo before = held.put(key, memo);
        if (memo.equals(before)) {
            return;
        }
        changed.add(key);
        if (before != null) {
            unindex(before);
        }
        if (memo instanceof Memo.Known(Fact fact)) {
            touched.add(fact.subject());
            if (fact instanceof Task task) {
                tasksOf.computeIfAbsent(task.service(), _ -> new TreeSet<>()).add(task.id());
            }
        }
    }

    void drop(Class<? extends Memo> kind, String key) {
        Key gone = new Key(kind, key);
        Memo before = held.remove(gone);
        if (before == null) {
            return;
        }
        changed.add(gone);
        unindex(before);
        if (before instanceof Memo.Known(Fact fact)) {
            touched.add(fact.subject());
        }
    }

    private void unindex(Memo memo) {
        if (memo instanceof Memo.Known(Task task)) {
            SortedSet<String> ids = tasksOf.get(task.service());
            if (ids != null) {
                ids.remove(task.id());
                if (ids.isEmpty()) {
                    tasksOf.remove(task.service());
                }
            }
        }
    }

    <M extends Memo> @Nullable M get(Class<M> kind, String key) {
        Memo memo = held.get(new Key(kind, key));
        return memo == null ? null : kind.cast(memo);
    }

    <M extends Memo> List<M> all(Class<M> kind) {
        return all(kind, "");
    }

    /// The memos of a kind whose keys begin so, in the order of their keys.
    <M extends Memo> List<M> all(Class<M> kind, String prefix) {
        List<M> found = new ArrayList<>();
        SequencedMap<Key, Memo> range =
                held.subMap(new Key(kind, prefix), new Key(kind, prefix + "\uffff"));
        for (Memo memo : range.values()) {
            found.add(kind.cast(memo));
        }
        return found;
    }

    /// The IDs of a service's tasks.
    SortedSet<String> tasksOf(String service) {
        return tasksOf.getOrDefault(service, Collections.emptySortedSet());
    }

    /// The subjects whose facts changed since this was last asked.
    List<Subject> takeTouched() {
        List<Subject> subjects = List.copyOf(touched);
        touched.clear();
        return subjects;
    }

    /// What changed since this was last asked, for the turn.
    Changes takeChanges() {
        List<Memo> kept = new ArrayList<>();
        List<Turn.Dropped> dropped = new ArrayList<>();
        for (Key key : changed) {
            Memo memo = held.get(key);
            if (memo == null) {
                dropped.add(new Turn.Dropped(key.kind(), key.key()));
            } else {
                kept.add(memo);
            }
        }
        changed.clear();
        return new Changes(kept, dropped);
    }
}
