package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Request;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.Place;
import io.homeostat.incident.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the engine knows, on the engine's thread only.
///
/// Whatever has to survive a restart goes through [#keep] and [#drop] and so into the next turn;
/// what can be looked at again (when a thing was last seen, how far a watcher's look carries) is
/// lost with the process. When a step fails, memory is thrown away and rebuilt from the store.
final class Memory {
    /// A kind of memo and its key.
    private record Key(Class<? extends Memo> kind, String key) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byKind = kind.getSimpleName().compareTo(other.kind.getSimpleName());
            return byKind != 0 ? byKind : key.compareTo(other.key);
        }
    }

    /// How far a watcher's last successful look carries.
    record Look(Instant began, Instant goodUntil) {}

    private final SortedMap<Key, Memo> held = new TreeMap<>();
    private final SortedSet<Key> changed = new TreeSet<>();
    private final SortedSet<Subject> touched = new TreeSet<>();

    private final SortedMap<String, SortedSet<String>> tasksOf = new TreeMap<>();
    private final SortedMap<Subject, Instant> seen = new TreeMap<>();
    private final SortedMap<Subject, Instant> written = new TreeMap<>();
    private final SortedMap<String, Look> looks = new TreeMap<>();
    private final SortedMap<String, String> failures = new TreeMap<>();
    private final List<Turn.Line> lines = new ArrayList<>();
    private Place place = Place.OUTSIDE;
    private long turn;
    private @Nullable Instant at;
    private Instant graceFrom = Instant.EPOCH;

    Memory() {}

    /// Memory as it was after the last committed turn. What it says of watchers is not believed:
    /// they must look anew.
    static Memory of(Journal.Recovered recovered) {
        Memory memory = new Memory();
        for (Memo memo : recovered.records()) {
            memory.keep(memo);
        }
        memory.changed.clear();
        memory.turn = recovered.turn();
        memory.at = recovered.at();
        return memory;
    }

    // --- keeping and dropping ---

    void keep(Memo memo) {
        Key key = new Key(memo.getClass(), memo.key());
        Memo before = held.put(key, memo);
        if (memo.equals(before)) {
            return;
        }
        changed.add(key);
        if (memo instanceof Memo.Known(Fact fact)) {
            touched.add(fact.subject());
            index(before, fact);
        }
    }

    void drop(Class<? extends Memo> kind, String key) {
        Key gone = new Key(kind, key);
        Memo before = held.remove(gone);
        if (before == null) {
            return;
        }
        changed.add(gone);
        if (before instanceof Memo.Known(Fact fact)) {
            touched.add(fact.subject());
            unindex(fact);
        }
    }

    void keep(Fact fact) {
        keep(new Memo.Known(fact));
    }

    void drop(Fact fact) {
        drop(Memo.Known.class, fact.subject().toString());
    }

    private void index(@Nullable Memo before, Fact fact) {
        if (before instanceof Memo.Known(Fact old)) {
            unindex(old);
        }
        if (fact instanceof Task task) {
            tasksOf.computeIfAbsent(task.service(), _ -> new TreeSet<>()).add(task.id());
        }
    }

    private void unindex(Fact fact) {
        if (fact instanceof Task task) {
            SortedSet<String> ids = tasksOf.get(task.service());
            if (ids != null) {
                ids.remove(task.id());
                if (ids.isEmpty()) {
                    tasksOf.remove(task.service());
                }
            }
        }
    }

    /// True when every channel where people were told has the newest notice.
    boolean isDelivered(Incident incident) {
        for (String channel : incident.channels().keySet()) {
            if (count(Marks.delivered(incident.id(), channel)) < incident.revision()) {
                return false;
            }
        }
        return true;
    }

    /// Forgets all counts and marks whose keys begin so.
    void forget(String prefix) {
        for (Memo.Count count : all(Memo.Count.class)) {
            if (count.key().startsWith(prefix)) {
                drop(Memo.Count.class, count.key());
            }
        }
        for (Memo.Mark mark : all(Memo.Mark.class)) {
            if (mark.key().startsWith(prefix)) {
                drop(Memo.Mark.class, mark.key());
            }
        }
    }

    // --- reading ---

    @Nullable Fact fact(Subject subject) {
        return held.get(new Key(Memo.Known.class, subject.toString()))
                        instanceof Memo.Known(Fact fact)
                ? fact
                : null;
    }

    @Nullable Service service(String name) {
        return !name.isEmpty() && fact(Subject.service(name)) instanceof Service service
                ? service
                : null;
    }

    @Nullable Node node(String id) {
        return !id.isEmpty() && fact(Subject.node(id)) instanceof Node node ? node : null;
    }

    @Nullable Alert alert(String fingerprint) {
        return fact(Subject.alert(fingerprint)) instanceof Alert alert ? alert : null;
    }

    @Nullable Watcher watcher(String name) {
        return fact(new Subject(Subject.Kind.WATCHER, name)) instanceof Watcher watcher
                ? watcher
                : null;
    }

    private <M extends Memo> List<M> all(Class<M> kind) {
        List<M> found = new ArrayList<>();
        for (Memo memo : held.subMap(new Key(kind, ""), new Key(kind, "\uffff")).values()) {
            found.add(kind.cast(memo));
        }
        return found;
    }

    private <F extends Fact> List<F> facts(Class<F> type, Subject.Kind kind) {
        List<F> found = new ArrayList<>();
        String prefix = kind.word() + "/";
        for (Memo memo :
                held.subMap(
                                new Key(Memo.Known.class, prefix),
                                new Key(Memo.Known.class, prefix + "\uffff"))
                        .values()) {
            if (memo instanceof Memo.Known(Fact fact) && type.isInstance(fact)) {
                found.add(type.cast(fact));
            }
        }
        return found;
    }

    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        for (Memo.Known known : all(Memo.Known.class)) {
            facts.add(known.fact());
        }
        return facts;
    }

    List<Service> services() {
        return facts(Service.class, Subject.Kind.SERVICE);
    }

    SequencedCollection<Node> nodes() {
        return facts(Node.class, Subject.Kind.NODE);
    }

    List<Task> tasks() {
        return facts(Task.class, Subject.Kind.TASK);
    }

    List<Alert> alerts() {
        return facts(Alert.class, Subject.Kind.ALERT);
    }

    List<Watcher> watchers() {
        return facts(Watcher.class, Subject.Kind.WATCHER);
    }

    List<Request> requests() {
        return facts(Request.class, Subject.Kind.REQUEST);
    }

    List<Task> tasks(String service) {
        List<Task> tasks = new ArrayList<>();
        for (String id : tasksOf.getOrDefault(service, Sorted.copy(List.<String>of()))) {
            if (fact(new Subject(Subject.Kind.TASK, id)) instanceof Task task) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    Memo.@Nullable AlertMemory alertMemory(String fingerprint) {
        return held.get(new Key(Memo.AlertMemory.class, fingerprint))
                        instanceof Memo.AlertMemory remembered
                ? remembered
                : null;
    }

    List<Memo.AlertMemory> alertMemories() {
        return all(Memo.AlertMemory.class);
    }

    /// The incidents that are not over, oldest first.
    List<Incident> incidents() {
        List<Incident> open = new ArrayList<>();
        for (Memo.Open memo : all(Memo.Open.class)) {
            if (memo.incident().isOpen()) {
                open.add(memo.incident());
            }
        }
        open.sort(Comparator.comparing(Incident::openedAt).thenComparing(Incident::id));
        return open;
    }

    /// The incidents that people were told of, those included that are over but for their last
    /// message.
    List<Incident> told() {
        List<Incident> told = new ArrayList<>();
        for (Memo.Open memo : all(Memo.Open.class)) {
            if (!memo.incident().channels().isEmpty()) {
                told.add(memo.incident());
            }
        }
        return told;
    }

    @Nullable Incident incident(String id) {
        return held.get(new Key(Memo.Open.class, id)) instanceof Memo.Open(Incident incident)
                ? incident
                : null;
    }

    @Nullable Incident incidentOf(Subject subject) {
        for (Incident incident : incidents()) {
            if (incident.subject().equals(subject)) {
                return incident;
            }
        }
        return null;
    }

    /// The actions without an outcome, in the order of their IDs.
    List<Undertaking> unsettled() {
        List<Undertaking> open = new ArrayList<>();
        for (Memo.Undertaken memo : all(Memo.Undertaken.class)) {
            if (!memo.undertaking().isFinal()) {
                open.add(memo.undertaking());
            }
        }
        return open;
    }

    @Nullable Undertaking undertaking(String id) {
        return held.get(new Key(Memo.Undertaken.class, id))
                        instanceof Memo.Undertaken(Undertaking found)
                ? found
                : null;
    }

    /// The action on this subject that changes the cluster and has no outcome yet.
    @Nullable Undertaking unsettled(Subject subject) {
        for (Undertaking undertaking : unsettled()) {
            if (undertaking.action() instanceof Action.OnSwarm
                    && undertaking.subject().equals(subject)) {
                return undertaking;
            }
        }
        return null;
    }

    Collection<Freeze> freezes() {
        List<Freeze> freezes = new ArrayList<>();
        for (Memo.Frozen memo : all(Memo.Frozen.class)) {
            freezes.add(memo.freeze());
        }
        return freezes;
    }

    List<Memo.Standing> standing() {
        return all(Memo.Standing.class);
    }

    Memo.@Nullable Standing standing(String key) {
        return held.get(new Key(Memo.Standing.class, key)) instanceof Memo.Standing standing
                ? standing
                : null;
    }

    @Nullable Instant mark(String key) {
        return held.get(new Key(Memo.Mark.class, key)) instanceof Memo.Mark mark ? mark.at() : null;
    }

    List<Memo.Mark> marks() {
        return all(Memo.Mark.class);
    }

    int count(String key) {
        return held.get(new Key(Memo.Count.class, key)) instanceof Memo.Count count
                ? count.number()
                : 0;
    }

    void mark(String key, Instant instant) {
        keep(new Memo.Mark(key, instant));
    }

    void count(String key, int number) {
        if (number == 0) {
            drop(Memo.Count.class, key);
        } else {
            keep(new Memo.Count(key, number));
        }
    }

    // --- what is lost with the process, and may be ---

    void seen(Subject subject, Instant began) {
        seen.merge(subject, began, (before, now) -> now.isAfter(before) ? now : before);
    }

    @Nullable Instant lastSeen(Subject subject) {
        return seen.get(subject);
    }

    void forgetSight(Subject subject) {
        seen.remove(subject);
    }

    void written(Subject subject, Instant when) {
        written.put(subject, when);
    }

    /// True when we wrote to the subject and no look that began later has seen it.
    boolean awaitsSight(Subject subject) {
        Instant wrote = written.get(subject);
        if (wrote == null) {
            return false;
        }
        Instant saw = seen.get(subject);
        return saw == null || !saw.isAfter(wrote);
    }

    SortedMap<String, Look> looks() {
        return looks;
    }

    SortedMap<String, String> failures() {
        return failures;
    }

    Place place() {
        return place;
    }

    void place(Place found) {
        place = found;
    }

    // --- the turn ---

    long turn() {
        return turn;
    }

    @Nullable Instant at() {
        return at;
    }

    Instant graceFrom() {
        return graceFrom;
    }

    /// Graces that began before this instant begin at it: nobody could see during a gap.
    void graceFrom(Instant instant) {
        graceFrom = instant;
    }

    void beginTurn(Instant now) {
        turn++;
        at = now;
        lines.clear();
        sweep();
    }

    /// What ended in the turn before has reached the history with it and need not be remembered any
    /// longer.
    private void sweep() {
        for (Memo.Undertaken memo : all(Memo.Undertaken.class)) {
            if (memo.undertaking().isFinal()) {
                drop(Memo.Undertaken.class, memo.key());
            }
        }
        for (Memo.Open memo : all(Memo.Open.class)) {
            if (!memo.incident().isOpen() && isDelivered(memo.incident())) {
                drop(Memo.Open.class, memo.key());
                forget(Marks.triesOf(memo.key()));
                forget(Marks.deliveredOf(memo.key()));
            }
        }
    }

    /// The turn was empty, so it never was.
    void undoTurnNumber() {
        turn--;
    }

    void line(String subject, String incident, String kind, String text) {
        Instant now = at;
        if (now == null) {
            throw new IllegalStateException("a line needs a turn: " + text);
        }
        lines.add(new Turn.Line(now, subject, incident, kind, text));
    }

    List<Turn.Line> lines() {
        return lines;
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

    record Changes(List<Memo> kept, List<Turn.Dropped> dropped) {}
}
