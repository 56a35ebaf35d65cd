package io.homeostat.store;

import io.homeostat.engine.Memo;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn.Dropped;
import io.homeostat.store.Session.Change;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/// The table of the current state: the newest memo of each key.
final class MemoTable {
    private record Stored(String kind, String key, int version, String body) {}

    /// A memo that was read, or why it could not be.
    private sealed interface Reading {
        record Read(Memo memo) implements Reading {}

        record Failed(StoreException why) implements Reading {}
    }

    private final String cluster;
    private final Json json;

    MemoTable(String cluster, Json json) {
        this.cluster = cluster;
        this.json = json;
    }

    Change put(Memo memo, long turn) throws StoreException {
        return put(memo, body(memo), turn);
    }

    String body(Memo memo) throws StoreException {
        return json.write(memo);
    }

    /// @param body the memo as JSON
    Change put(Memo memo, String body, long turn) {
        return Change.of(
                "INSERT INTO memo (cluster, kind, key, version, body, turn)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (cluster, kind, key) DO UPDATE"
                        + " SET version = excluded.version, body = excluded.body,"
                        + " turn = excluded.turn",
                cluster,
                memo.getClass().getSimpleName(),
                memo.key(),
                Json.VERSION,
                body,
                turn);
    }

    /// Puts a memo in the place of the one that is there; changes nothing when there is none.
    Change replace(Memo memo) throws StoreException {
        return Change.of(
                "UPDATE memo SET version = ?, body = ? WHERE cluster = ? AND kind = ? AND key = ?",
                Json.VERSION,
                json.write(memo),
                cluster,
                memo.getClass().getSimpleName(),
                memo.key());
    }

    Change drop(Dropped dropped) {
        return Change.of(
                "DELETE FROM memo WHERE cluster = ? AND kind = ? AND key = ?",
                cluster,
                dropped.kind().getSimpleName(),
                dropped.key());
    }

    /// All of them, by kind and key. Reading JSON is most of the work and is shared among the
    /// processors: a restart waits for it.
    List<Memo> all(Session session) throws SQLException, StoreException {
        List<Stored> stored =
                session.all(
                        row ->
                                new Stored(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getInt(3),
                                        row.getString(4)),
                        "SELECT kind, key, version, body FROM memo WHERE cluster = ?"
                                + " ORDER BY kind, key",
                        cluster);
        List<Reading> readings = stored.parallelStream().map(this::read).toList();
        for (Reading reading : readings) {
            if (reading instanceof Reading.Failed(StoreException why)) {
                throw why;
            }
        }
        return readings.stream()
                .flatMap(reading ->
                        reading instanceof Reading.Read(Memo memo)
                                ? Stream.of(memo)
                                : Stream.empty())
                .toList();
    }

    private Reading read(Stored row) {
        try {
            return new Reading.Read(
                    json.read(
                            Memo.class,
                            row.version(),
                            row.body(),
                            "what is remembered as %s %s".formatted(row.kind(), row.key())));
        } catch (StoreException e) {
            return new Reading.Failed(e);
        }
    }
}
