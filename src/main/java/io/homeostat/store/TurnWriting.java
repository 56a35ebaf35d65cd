package io.homeostat.store;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.Memo;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import io.homeostat.store.Session.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Writes one turn, and whatever it changed, in one transaction. All that can be made of it before
/// is made on the thread of who commits, so that the one writer is not kept by it.
final class TurnWriting {
    /// An action of the turn, with what writes it unless a start was recorded meanwhile.
    ///
    /// @param memo null when memory does not hold it
    private record Doing(
            Undertaking undertaking, Change action, @Nullable Change memo, int place) {}

    private final Turn turn;
    private final InboxTable inbox;
    private final MemoTable memos;
    private final HistoryTables history;
    private final FactTable facts;
    private final List<Change> changes = new ArrayList<>();
    private final List<Doing> doings = new ArrayList<>();

    TurnWriting(
            Turn turn, InboxTable inbox, MemoTable memos, HistoryTables history, FactTable facts)
            throws StoreException {
        this.turn = turn;
        this.inbox = inbox;
        this.memos = memos;
        this.history = history;
        this.facts = facts;
        prepare();
        prepareActions();
    }

    private void prepare() throws StoreException {
        long number = turn.number();
        changes.add(history.turn(turn));
        int place = 0;
        for (Decision decision : turn.decisions()) {
            changes.add(history.decision(decision, number, place++));
        }
        place = 0;
        FactTable.Writing known = facts.writing(turn);
        for (Memo memo : turn.kept()) {
            if (memo instanceof Memo.Open(var incident)) {
                changes.add(history.incident(incident, number, place++));
            }
            if (!(memo instanceof Memo.Undertaken)) {
                String body = memos.body(memo);
                changes.add(memos.put(memo, body, number));
                known.kept(memo, body);
            }
        }
        turn.dropped().forEach(known::dropped);
        changes.addAll(known.changes());
        place = 0;
        for (Turn.Line line : turn.lines()) {
            changes.add(history.line(line, number, place++));
        }
    }

    private void prepareActions() throws StoreException {
        SequencedMap<String, Undertaking> changed = new LinkedHashMap<>();
        turn.undertakings().forEach(undertaking -> changed.put(undertaking.id(), undertaking));
        SequencedMap<String, Undertaking> kept = new LinkedHashMap<>();
        for (Memo memo : turn.kept()) {
            if (memo instanceof Memo.Undertaken(var undertaking)) {
                kept.put(undertaking.id(), undertaking);
            }
        }
        changed.putAll(kept);
        int place = 0;
        for (Undertaking undertaking : changed.values()) {
            doings.add(doing(undertaking, kept.containsKey(undertaking.id()), place++));
        }
    }

    private Doing doing(Undertaking undertaking, boolean kept, int place) throws StoreException {
        return new Doing(
                undertaking,
                history.action(undertaking, turn.number(), place),
                kept ? memos.put(new Memo.Undertaken(undertaking), turn.number()) : null,
                place);
    }

    void run(Session session) throws SQLException, StoreException {
        for (Change change : changes) {
            session.change(change);
        }
        for (long id : turn.taken()) {
            inbox.take(session, id, turn.number());
        }
        for (Doing doing : doings) {
            write(session, doing);
        }
        // Last, since a key that is kept and dropped in one turn is gone.
        for (Turn.Dropped dropped : turn.dropped()) {
            session.change(memos.drop(dropped));
        }
    }

    private void write(Session session, Doing planned) throws SQLException, StoreException {
        Undertaking undertaking = planned.undertaking();
        Undertaking begun = history.begun(session, undertaking.id());
        Undertaking now = begun == null ? undertaking : undertaking.after(begun);
        Doing doing =
                now.equals(undertaking)
                        ? planned
                        : doing(now, planned.memo() != null, planned.place());
        session.change(doing.action());
        if (doing.memo() != null) {
            session.change(doing.memo());
        }
    }
}
