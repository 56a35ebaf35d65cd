package io.homeostat.store;

import io.homeostat.engine.Memo;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn.Dropped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of the current state: the newest memo of each key.
final class MemoTable {
    private record Stored(String kind, String key, int version, String body) {}

    private final String cluster;
    private final Json json;

    MemoTable(String cluster, Json json) {
        this.cluster = cluster;
        this.json = json;
    }

    void put(Connection connection, Memo memo, long turn) throws SQLException, StoreException {
        Rows.change(
                connection,
                "INSERT INTO memo (cluster, kind, key, version, body, turn)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (cluster, kind, key) DO UPDATE"
                        + " SET version = excluded.version, body = excluded.body,"
                        + " turn = excluded.turn",
                cluster,
                memo.getClass().getSimpleName(),
                memo.key(),
                Json.VERSION,
                json.write(memo),
                turn);
    }

    /// Puts a memo in the place of the one that is there; changes nothing when there is none.
    void replace(Connection connection, Memo memo) throws SQLException, StoreException {
        Rows.change(
                connection,
                "UPDATE memo SET version = ?, body = ? WHERE cluster = ? AND kind = ? AND key = ?",
                Json.VERSION,
                json.write(memo),
                cluster,
                memo.getClass().getSimpleName(),
                memo.key());
    }

    void drop(Connection connection, Dropped dropped) throws SQLException {
        Rows.change(
                connection,
                "DELETE FROM memo WHERE cluster = ? AND kind = ? AND key = ?",
                cluster,
                dropped.kind().getSimpleName(),
                dropped.key());
    }

    <M extends Memo> @Nullable M find(Connection connection, Class<M> kind, String key)
            throws SQLException, StoreException {
        Stored stored =
                Rows.first(
                        connection,
                        row ->
                                new Stored(
                                        kind.getSimpleName(), key, row.getInt(1), row.getString(2)),
                        "SELECT version, body FROM memo WHERE cluster = ? AND kind = ? AND key = ?",
                        cluster,
                        kind.getSimpleName(),
                        key);
        return stored == null ? null : kind.cast(read(stored));
    }

    List<Memo> all(Connection connection) throws SQLException, StoreException {
        List<Stored> stored =
                Rows.all(
                        connection,
                        row ->
                                new Stored(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getInt(3),
                                        row.getString(4)),
                        "SELECT kind, key, version, body FROM memo WHERE cluster = ?"
                                + " ORDER BY kind, key",
                        cluster);
        List<Memo> memos = new ArrayList<>(stored.size());
        for (Stored row : stored) {
            memos.add(read(row));
        }
        return memos;
    }

    private Memo read(Stored row) throws StoreException {
        return json.read(
                Memo.class,
                row.version(),
                row.body(),
                "what is remembered as %s %s".formatted(row.kind(), row.key()));
    }
}
