package io.homeostat.simulation;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Journal;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import io.homeostat.scenario.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The store in memory, and a witness of what was committed to it, which invariants ask instead of
/// asking whom they are held against.
final class WitnessedStore implements Inbox, Journal {
    private final MemoryStore store = new MemoryStore();
    private final UnaryOperator<List<Memo>> recollection;
    private final Map<String, Decision> decisions = new HashMap<>();
    private final SortedMap<String, Undertaking> actions = new TreeMap<>();
    private final SortedMap<String, Memo.Standing> standing = new TreeMap<>();
    private final Map<Long, Signal.Durable> accepted = new HashMap<>();
    private final List<Turn> news = new ArrayList<>();

    /// @param recollection what becomes of memory when it is read back
    WitnessedStore(UnaryOperator<List<Memo>> recollection) {
        this.recollection = recollection;
    }

    // --- what was witnessed ---

    /// The turns that were committed since this was last asked.
    List<Turn> takeNews() {
        List<Turn> taken = List.copyOf(news);
        news.clear();
        return taken;
    }

    @Nullable Decision decision(String id) {
        return decisions.get(id);
    }

    @Nullable Undertaking action(String id) {
        return actions.get(id);
    }

    Collection<Undertaking> actions() {
        return actions.values();
    }

    Collection<Memo.Standing> standing() {
        return standing.values();
    }

    /// The signal of that row of the inbox.
    Signal.@Nullable Durable signal(long id) {
        return accepted.get(id);
    }

    // --- the store ---

    @Override
    public long accept(Signal.Durable signal) {
        long id = store.accept(signal);
        accepted.put(id, signal);
        return id;
    }

    @Override
    public List<Received> unread(int limit) {
        return store.unread(limit);
    }

    @Override
    public void commit(Turn turn) throws StoreException {
        store.commit(turn);
        news.add(turn);
        turn.decisions().forEach(decision -> decisions.put(decision.id(), decision));
        turn.undertakings().forEach(this::remember);
        for (Memo memo : turn.kept()) {
            if (memo instanceof Memo.Standing each) {
                standing.put(each.key(), each);
            }
        }
        for (Turn.Dropped dropped : turn.dropped()) {
            if (dropped.kind() == Memo.Standing.class) {
                standing.remove(dropped.key());
            }
        }
    }

    private void remember(Undertaking undertaking) {
        Undertaking before = actions.get(undertaking.id());
        actions.put(undertaking.id(), before == null ? undertaking : undertaking.after(before));
    }

    @Override
    public Recovered recover() {
        Recovered recovered = store.recover();
        return new Recovered(
                recovered.turn(), recovered.at(), recollection.apply(recovered.records()));
    }

    @Override
    public void started(String undertaking, Instant at, String trace) throws StoreException {
        store.started(undertaking, at, trace);
        actions.computeIfPresent(undertaking, (_, before) -> before.started(at, trace));
    }

    @Override
    public void quarantine(long inboxId, String reason, Instant at) throws StoreException {
        store.quarantine(inboxId, reason, at);
    }

    @Override
    public Page page(String kind, Map<String, String> filter, @Nullable String before, int limit)
            throws StoreException {
        return store.page(kind, filter, before, limit);
    }

    @Override
    public void keepRulebook(String hash, Map<String, String> sources, Instant at) {
        store.keepRulebook(hash, sources, at);
    }
}
