package io.homeostat.engine;

import io.homeostat.action.Undertaking;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.Place;
import io.homeostat.incident.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// What the engine knows, on the engine's thread only.
///
/// Whatever has to survive a restart goes through [#keep] and [#drop] and so into the next turn;
/// what can be looked at again (when a thing was last seen, how far a watcher's look carries) is
/// lost with the process. When a step fails, memory is thrown away and rebuilt from the store.
final class Memory extends KnownFacts {
    private final Sightings sightings = new Sightings();
    private final Timeline timeline = new Timeline();
    private Place place = Place.OUTSIDE;
    private SortedMap<String, String> hindrances = Collections.emptySortedMap();
    private long turn;
    private @Nullable Instant at;

    private Memory(long turn, @Nullable Instant at) {
        this.turn = turn;
        this.at = at;
    }

    /// Memory as it was after the last committed turn. What it says of watchers is not believed:
    /// they must look anew.
    static Memory of(Journal.Recovered recovered) {
        Memory memory = new Memory(recovered.turn(), recovered.at());
        memory.memos.remember(recovered.records());
        return memory;
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
        memos.all(Memo.Count.class, prefix).forEach(count -> drop(Memo.Count.class, count.key()));
        marks(prefix).forEach(mark -> drop(Memo.Mark.class, mark.key()));
    }

    /// Forgets what was done to a subject that is gone: another of its name is another.
    void forgetAll(Subject subject) {
        Marks.of(subject).forEach(this::forget);
        for (String key : Marks.alsoOf(subject)) {
            drop(Memo.Mark.class, key);
            drop(Memo.Count.class, key);
        }
        if (subject.kind() == Subject.Kind.SERVICE) {
            drop(Memo.Proven.class, subject.name());
        }
        for (Memo.Begun begun : all(Memo.Begun.class, subject + "/")) {
            drop(Memo.Begun.class, begun.key());
        }
        if (subject.kind() == Subject.Kind.NODE) {
            drop(Memo.Mark.class, Marks.down(subject.name()));
        }
    }

    Memo.@Nullable AlertMemory alertMemory(String fingerprint) {
        return memos.get(Memo.AlertMemory.class, fingerprint);
    }

    <M extends Memo> @Nullable M get(Class<M> kind, String key) {
        return memos.get(kind, key);
    }

    /// All memos of a kind, in the order of their keys.
    <M extends Memo> List<M> all(Class<M> kind) {
        return memos.all(kind);
    }

    /// The memos of a kind whose keys begin so.
    <M extends Memo> List<M> all(Class<M> kind, String prefix) {
        return memos.all(kind, prefix);
    }

    /// The incidents that are not over, oldest first.
    List<Incident> incidents() {
        List<Incident> open = new ArrayList<>();
        for (SortedSet<String> together : by.openSince.all().values()) {
            together.forEach(id -> open.add(Objects.requireNonNull(incident(id))));
        }
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
        Incident oldest = null;
        for (String id : by.openOn.of(subject)) {
            Incident incident = incident(id);
            if (incident != null
                    && (oldest == null || incident.openedAt().isBefore(oldest.openedAt()))) {
                oldest = incident;
            }
        }
        return oldest;
    }

    /// The actions without an outcome, in the order of their IDs.
    List<Undertaking> unsettled() {
        List<Undertaking> open = new ArrayList<>();
        for (String id : by.unsettled.of(false)) {
            open.add(Objects.requireNonNull(undertaking(id)));
        }
        return open;
    }

    @Nullable Undertaking undertaking(String id) {
        return memos.get(Memo.Undertaken.class, id) instanceof Memo.Undertaken(Undertaking found)
                ? found
                : null;
    }

    /// An action on this subject that changes the cluster and has no outcome yet; null when there
    /// is none.
    @Nullable Undertaking unsettled(Subject subject) {
        SortedSet<String> ids = by.unsettledOf.of(subject.toString());
        return ids.isEmpty() ? null : undertaking(ids.first());
    }

    /// All of these: while a scaling is only watched, another action may be under way.
    List<Undertaking> allUnsettled(Subject subject) {
        List<Undertaking> all = new ArrayList<>();
        for (String id : by.unsettledOf.of(subject.toString())) {
            all.add(Objects.requireNonNull(undertaking(id)));
        }
        return all;
    }

    /// True while a message of this incident to this channel is on its way.
    boolean isTelling(String incident, String channel) {
        return !by.unsettledOf.of(Marks.notice(incident, channel)).isEmpty();
    }

    Collection<Freeze> freezes() {
        List<Freeze> freezes = new ArrayList<>();
        for (Memo.Frozen memo : memos.all(Memo.Frozen.class)) {
            freezes.add(memo.freeze());
        }
        return freezes;
    }

    Memo.@Nullable Begun begun(String key) {
        return memos.get(Memo.Begun.class, key);
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

    List<Memo.Mark> marks(String prefix) {
        return memos.all(Memo.Mark.class, prefix);
    }

    /// When actions on the cluster were decided after that instant, earliest first.
    List<Instant> actionsSince(Instant since) {
        List<Instant> actions = new ArrayList<>();
        by.takenAt
                .all()
                .tailMap(since)
                .forEach((at, together) -> {
                    if (at.isAfter(since)) {
                        actions.addAll(Collections.nCopies(together.size(), at));
                    }
                });
        return actions;
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
        Fact held = fact(subject);
        if (held == null && subject.kind() == Subject.Kind.SERVICE) {
            return sightings.awaitsLook(subject, Watcher.SERVICES);
        }
        return sightings.awaitsSight(
                subject, held instanceof Service service ? service.specHash() : "");
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

    /// The last time that nobody looked.
    Gap gap() {
        return Gap.between(mark(Marks.GAP_FROM), mark(Marks.GAP_TO));
    }

    void beginTurn(Instant now) {
        turn++;
        at = now;
        timeline.clear();
        sweep();
    }

    /// What ended in the turn before has reached the history with it and need not be remembered any
    /// longer.
    private void sweep() {
        for (String id : List.copyOf(by.unsettled.of(true))) {
            drop(Memo.Undertaken.class, id);
        }
        for (Memo.Open memo : memos.all(Memo.Open.class)) {
            if (!memo.incident().isOpen() && isDelivered(memo.incident())) {
                drop(Memo.Open.class, memo.key());
                drop(Memo.Logged.class, memo.key());
                forget(Marks.triesOf(memo.key()));
                forget(Marks.deliveredOf(memo.key()));
                for (String channel : memo.incident().channels().keySet()) {
                    String notice = Marks.notice(memo.key(), channel);
                    drop(Memo.Mark.class, Marks.notBefore(notice, memo.incident().subject()));
                }
            }
        }
    }

    /// The turn was empty, so it never was.
    void undoTurnNumber() {
        turn--;
    }

    void line(String subject, String incident, String kind, String text) {
        timeline.add(new Turn.Line(Objects.requireNonNull(at), subject, incident, kind, text));
    }

    /// What happened in this turn.
    List<Turn.Line> lines() {
        return timeline.lines(this::incidentOf);
    }

    /// The subjects whose facts changed since this was last asked.
    List<Subject> takeTouched() {
        return memos.takeTouched();
    }

    Stirred stirred() {
        return memos.stirred();
    }

    /// What changed since this was last asked, for the turn.
    Memos.Changes takeChanges() {
        return memos.takeChanges();
    }
}
