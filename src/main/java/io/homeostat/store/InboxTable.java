package io.homeostat.store;

import io.homeostat.engine.Inbox.Received;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of what came in.
final class InboxTable {
    /// A row that no turn has taken: as it is stored, or the signal that was stored.
    sealed interface Unread {
        long id();
    }

    private record Stored(long id, int version, String body) implements Unread {}

    private record Fresh(long id, Signal.Durable signal) implements Unread {}

    /// So many IDs are taken from the database at once, so that it is not asked for each signal.
    /// Those that a stop leaves over are never used: IDs rise, and have gaps.
    private static final int BLOCK = 1_000;

    private final String cluster;
    private final Json json;
    private final Arrivals arrivals = new Arrivals();

    // The block of IDs at hand, on the writer's thread only. It is void once the session it was
    // taken in was rolled back, for then the database may not know of it.
    private @Nullable Session source;
    private long rollbacks;
    private long next;
    private long end;

    InboxTable(String cluster, Json json) {
        this.cluster = cluster;
        this.json = json;
    }

    long insert(Session session, Signal.Durable signal, String body, Instant at)
            throws SQLException, StoreException {
        long id = nextId(session);
        insert(session, id, signal, body, at);
        return id;
    }

    void insert(Session session, long id, Signal.Durable signal, String body, Instant at)
            throws SQLException {
        session.change(
                "INSERT INTO inbox (cluster, id, received_at, kind, version, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                cluster,
                id,
                at,
                signal.getClass().getSimpleName(),
                Json.VERSION,
                body);
    }

    long nextId(Session session) throws SQLException, StoreException {
        if (next >= end || source != session || rollbacks != session.rollbacks()) {
            Long last =
                    session.first(
                            row -> row.getLong(1),
                            "INSERT INTO counter (cluster, name, value) VALUES (?, 'inbox', ?)"
                                    + " ON CONFLICT (cluster, name)"
                                    + " DO UPDATE SET value = counter.value + ? RETURNING value",
                            cluster,
                            BLOCK,
                            BLOCK);
            if (last == null) {
                throw new StoreException("the database gave no numbers for signals");
            }
            end = last + 1;
            next = end - BLOCK;
            source = session;
            rollbacks = session.rollbacks();
        }
        return next++;
    }

    /// A signal was committed.
    void arrived(long id, Signal.Durable signal, String body) {
        arrivals.hold(id, signal, body.length());
    }

    /// These rows were taken by a turn that is committed, or put aside.
    void done(List<Long> ids) {
        arrivals.letGo(ids);
    }

    List<Unread> unread(Session session, int limit) throws SQLException {
        List<Long> ids =
                session.all(
                        row -> row.getLong(1),
                        "SELECT id FROM inbox WHERE cluster = ? AND turn IS NULL"
                                + " AND quarantined_at IS NULL ORDER BY id LIMIT ?",
                        cluster,
                        limit);
        List<Unread> unread = new ArrayList<>(ids.size());
        for (long id : ids) {
            Signal.Durable signal = arrivals.get(id);
            if (signal != null) {
                unread.add(new Fresh(id, signal));
                continue;
            }
            unread.addAll(
                    session.all(
                            row -> new Stored(id, row.getInt(1), row.getString(2)),
                            "SELECT version, body FROM inbox WHERE cluster = ? AND id = ?",
                            cluster,
                            id));
        }
        return unread;
    }

    long countUnread(Session session) throws SQLException {
        return session.number(
                "SELECT COUNT(*) FROM inbox WHERE cluster = ? AND turn IS NULL"
                        + " AND quarantined_at IS NULL",
                cluster);
    }

    Received read(Unread row) throws StoreException {
        return switch (row) {
            case Fresh(long id, Signal.Durable signal) -> new Received(id, signal);
            case Stored(long id, int version, String body) ->
                    new Received(
                            id, json.read(Signal.Durable.class, version, body, "signal " + id));
        };
    }

    /// Marks a row as taken by this turn.
    void take(Session session, long id, long turn) throws SQLException, StoreException {
        int taken =
                session.change(
                        "UPDATE inbox SET turn = ? WHERE cluster = ? AND id = ?"
                                + " AND turn IS NULL AND quarantined_at IS NULL",
                        turn,
                        cluster,
                        id);
        if (taken != 1) {
            throw new StoreException(
                    "turn %d was not committed: signal %d is not unread any more, so the world is not as the turn believed"
                            .formatted(turn, id));
        }
    }

    boolean quarantine(Session session, long id, String reason, Instant at) throws SQLException {
        return session.change(
                        "UPDATE inbox SET quarantined_at = ?, reason = ? WHERE cluster = ?"
                                + " AND id = ? AND turn IS NULL",
                        at,
                        reason,
                        cluster,
                        id)
                == 1;
    }
}
