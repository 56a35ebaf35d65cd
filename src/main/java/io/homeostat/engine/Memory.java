package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Request;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.Place;
import io.homeostat.incident.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What the engine knows, on the engine's thread only.
///
/// Whatever has to survive a restart goes through [#keep] and [#drop] and so into the next turn;
/// what can be looked at again (when a thing was last seen, how far a watcher's look carries) is
/// lost with the process. When a step fails, memory is thrown away and rebuilt from the store.
final class Memory {
    private final Memos memos;
    private final Sightings sightings = new Sightings();
    private final List<Turn.Line> lines = new ArrayList<>();
    private Place place = Place.OUTSIDE;
    private SortedMap<String, String> hindrances = Collections.emptySortedMap();
    private long turn;
    private @Nullable Instant at;
    private Instant graceFrom = Instant.EPOCH;

    private Memory(Memos memos, long turn, @Nullable Instant at) {
        this.memos = memos;
        this.turn = turn;
        this.at = at;
    }

    /// Memory as it was after the last committed turn. What it says of watchers is not believed:
    /// they must look anew.
    static Memory of(Journal.Recovered recovered) {
        return new Memory(Memos.of(recovered.records()), recovered.turn(), recovered.at());
    }

    // --- keeping and dropping ---

    void keep(Memo memo) {
        memos.keep(memo);
    }

    void drop(Class<? extends Memo> kind, String key) {
        memos.drop(kind, key);
    }

    void keep(Fact fact) {
        keep(new Memo.Known(fact));
    }

    void drop(Fact fact) {
        drop(Memo.Known.class, fact.subject().toString());
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
        for (Memo.Count count : memos.all(Memo.Count.class)) {
            if (count.key().startsWith(prefix)) {
                drop(Memo.Count.class, count.key());
            }
        }
        for (Memo.Mark mark : memos.all(Memo.Mark.class)) {
            if (mark.key().startsWith(prefix)) {
                drop(Memo.Mark.class, mark.key());
            }
        }
    }

    // --- reading ---

    @Nullable Fact fact(Subject subject) {
        return memos.get(Memo.Known.class, subject.toString()) instanceof Memo.Known(Fact fact)
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

    private <F extends Fact> List<F> facts(Class<F> type, Subject.Kind kind) {
        List<F> found = new ArrayList<>();
        for (Memo.Known known : memos.all(Memo.Known.class, kind.word() + "/")) {
            found.add(type.cast(known.fact()));
        }
        return found;
    }

    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        for (Memo.Known known : memos.all(Memo.Known.class)) {
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
        for (String id : memos.tasksOf(service)) {
            if (fact(new Subject(Subject.Kind.TASK, id)) instanceof Task task) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    Memo.@Nullable AlertMemory alertMemory(String fingerprint) {
        return memos.get(Memo.AlertMemory.class, fingerprint);
    }

    List<Memo.AlertMemory> alertMemories() {
        return memos.all(Memo.AlertMemory.class);
    }

    /// The incidents that are not over, oldest first.
    List<Incident> incidents() {
        List<Incident> open = new ArrayList<>();
        for (Memo.Open memo : memos.all(Memo.Open.class)) {
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
        for (Memo.Open memo : memos.all(Memo.Open.class)) {
            if (!memo.incident().channels().isEmpty()) {
                told.add(memo.incident());
            }
        }
        return told;
    }

    @Nullable Incident incident(String id) {
        return memos.get(Memo.Open.class, id) instanceof Memo.Open(Incident incident)
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
        for (Memo.Undertaken memo : memos.all(Memo.Undertaken.class)) {
            if (!memo.undertaking().isFinal()) {
                open.add(memo.undertaking());
            }
        }
        return open;
    }

    @Nullable Undertaking undertaking(String id) {
        return memos.get(Memo.Undertaken.class, id) instanceof Memo.Undertaken(Undertaking found)
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
        for (Memo.Frozen memo : memos.all(Memo.Frozen.class)) {
            freezes.add(memo.freeze());
        }
        return freezes;
    }

    List<Memo.Standing> standing() {
        return memos.all(Memo.Standing.class);
    }

    Memo.@Nullable Standing standing(String key) {
        return memos.get(Memo.Standing.class, key);
    }

    @Nullable Instant mark(String key) {
        Memo.Mark mark = memos.get(Memo.Mark.class, key);
        return mark == null ? null : mark.at();
    }

    int count(String key) {
        Memo.Count count = memos.get(Memo.Count.class, key);
        return count == null ? 0 : count.number();
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

    /// True when we wrote to the subject and have not seen it since.
    boolean awaitsSight(Subject subject) {
        String shown = fact(subject) instanceof Service service ? service.specHash() : "";
        return sightings.awaitsSight(subject, shown);
    }

    /// What is lost with the process, and may be.
    Sightings sightings() {
        return sightings;
    }

    Place place() {
        return place;
    }

    void place(Place found) {
        place = found;
    }

    /// What would hold back every action right now, by code.
    SortedMap<String, String> hindrances() {
        return hindrances;
    }

    void hindrances(SortedMap<String, String> found) {
        hindrances = found;
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
        for (Memo.Undertaken memo : memos.all(Memo.Undertaken.class)) {
            if (memo.undertaking().isFinal()) {
                drop(Memo.Undertaken.class, memo.key());
            }
        }
        for (Memo.Open memo : memos.all(Memo.Open.class)) {
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
        return memos.takeTouched();
    }

    /// What changed since this was last asked, for the turn.
    Memos.Changes takeChanges() {
        return memos.takeChanges();
    }
}
