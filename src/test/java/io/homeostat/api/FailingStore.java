package io.homeostat.api;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.History;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Journal;
import io.homeostat.engine.Past;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.StoreState;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import io.homeostat.store.SqlStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A real store that fails when it is told to, and that remembers what was accepted.
final class FailingStore implements Inbox, Journal, History, StoreState {
    final List<Signal.Durable> accepted = new CopyOnWriteArrayList<>();
    volatile boolean broken;
    volatile boolean full;
    private final SqlStore store;

    FailingStore(SqlStore store) {
        this.store = store;
    }

    Past past() {
        return store.past();
    }

    private void fail() throws StoreException {
        if (broken) {
            throw new StoreException("the disk is full");
        }
    }

    @Override
    public long accept(Signal.Durable signal) throws StoreException {
        fail();
        if (full) {
            throw StoreException.busy("too many writes wait already");
        }
        long id = store.accept(signal);
        accepted.add(signal);
        return id;
    }

    @Override
    public List<Received> unread(int limit) throws StoreException {
        return store.unread(limit);
    }

    @Override
    public void commit(Turn turn) throws StoreException {
        store.commit(turn);
    }

    @Override
    public Recovered recover() throws StoreException {
        return store.recover();
    }

    @Override
    public void started(String undertaking, Instant at, String trace) throws StoreException {
        store.started(undertaking, at, trace);
    }

    @Override
    public void quarantine(long inboxId, String reason, Instant at) throws StoreException {
        store.quarantine(inboxId, reason, at);
    }

    @Override
    public Page page(String kind, Map<String, String> filter, @Nullable String before, int limit)
            throws StoreException {
        fail();
        return store.page(kind, filter, before, limit);
    }

    @Override
    public void keepRulebook(String hash, Map<String, String> sources, Instant at)
            throws StoreException {
        store.keepRulebook(hash, sources, at);
    }

    @Override
    public @Nullable Decision decision(String id) throws StoreException {
        return store.decision(id);
    }

    @Override
    public @Nullable Undertaking action(String id) throws StoreException {
        return store.action(id);
    }

    @Override
    public List<Shadowed> shadowed(Instant since) throws StoreException {
        return store.shadowed(since);
    }

    @Override
    public Optional<Trouble> trouble() {
        return broken
                ? Optional.of(new Trouble(Instant.EPOCH, "the disk is full"))
                : store.trouble();
    }

    @Override
    public Optional<String> warning() {
        return store.warning();
    }

    @Override
    public int waiting() {
        return store.waiting();
    }

    @Override
    public long unread() throws StoreException {
        return store.unread();
    }

    @Override
    public long bytes() throws StoreException {
        return store.bytes();
    }

    void close() throws StoreException {
        store.close();
    }
}
