package io.homeostat.store;

import io.homeostat.engine.Inbox.Received;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The table of what came in.
final class InboxTable {
    /// A row that no turn has taken, as it is stored.
    record Unread(long id, int version, String body) {}

    private final String cluster;
    private final Json json;

    InboxTable(String cluster, Json json) {
        this.cluster = cluster;
        this.json = json;
    }

    long insert(Connection connection, Signal.Durable signal, String body, Instant at)
            throws SQLException, StoreException {
        long id = nextId(connection);
        Rows.change(
                connection,
                "INSERT INTO inbox (cluster, id, received_at, kind, version, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                cluster,
                id,
                at,
                signal.getClass().getSimpleName(),
                Json.VERSION,
                body);
        return id;
    }

    private long nextId(Connection connection) throws SQLException, StoreException {
        Long id =
                Rows.first(
                        connection,
                        row -> row.getLong(1),
                        "INSERT INTO counter (cluster, name, value) VALUES (?, 'inbox', 1)"
                                + " ON CONFLICT (cluster, name)"
                                + " DO UPDATE SET value = counter.value + 1 RETURNING value",
                        cluster);
        if (id == null) {
            throw new StoreException("the database gave no number for a signal");
        }
        return id;
    }

    List<Unread> unread(Connection connection, int limit) throws SQLException {
        return Rows.all(
                connection,
                row -> new Unread(row.getLong(1), row.getInt(2), row.getString(3)),
                "SELECT id, version, body FROM inbox WHERE cluster = ? AND turn IS NULL"
                        + " AND quarantined_at IS NULL ORDER BY id LIMIT ?",
                cluster,
                limit);
    }

    Received read(Unread row) throws StoreException {
        return new Received(
                row.id(),
                json.read(Signal.Durable.class, row.version(), row.body(), "signal " + row.id()));
    }

    /// Marks a row as taken by this turn.
    void take(Connection connection, long id, long turn) throws SQLException, StoreException {
        int taken =
                Rows.change(
                        connection,
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

    boolean quarantine(Connection connection, long id, String reason, Instant at)
            throws SQLException {
        return Rows.change(
                        connection,
                        "UPDATE inbox SET quarantined_at = ?, reason = ? WHERE cluster = ?"
                                + " AND id = ? AND turn IS NULL",
                        at,
                        reason,
                        cluster,
                        id)
                == 1;
    }
}
