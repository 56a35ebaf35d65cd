package io.homeostat.store;

import io.homeostat.engine.Memo;
import io.homeostat.engine.Past;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.store.Session.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The table of what was known of the world, change by change.
final class FactTable {
    /// The counter that says after which turn all that was known can be told.
    static final String KNOWN_AFTER = "facts-known-after";

    private static final String INSERT =
            "INSERT INTO fact_change (cluster, turn, place, at, kind, key, version, body) VALUES ";
    private static final String VALUES = "(?, ?, ?, ?, ?, ?, ?, ?)";

    /// So many rows one statement writes; a look at many tasks changes many at once.
    private static final int ROWS = 16;

    private static final List<Class<? extends Memo>> KINDS =
            List.of(Memo.Known.class, Memo.AlertMemory.class, Memo.Mark.class);

    private final String cluster;
    private final Json json;

    FactTable(String cluster, Json json) {
        this.cluster = cluster;
        this.json = json;
    }

    Writing writing(Turn turn) {
        return new Writing(turn);
    }

    /// Collects what one turn changed.
    final class Writing {
        private final Turn turn;
        private final List<List<@Nullable Object>> rows = new ArrayList<>();

        private Writing(Turn turn) {
            this.turn = turn;
        }

        /// @param body the memo as JSON
        void kept(Memo memo, String body) {
            add(memo.getClass(), memo.key(), body);
        }

        void dropped(Turn.Dropped dropped) {
            add(dropped.kind(), dropped.key(), null);
        }

        private void add(Class<? extends Memo> kind, String key, @Nullable String body) {
            if (Past.isOfTheWorld(kind, key)) {
                List<@Nullable Object> row = new ArrayList<>();
                Collections.addAll(
                        row,
                        cluster,
                        turn.number(),
                        rows.size(),
                        turn.at(),
                        kind.getSimpleName(),
                        key,
                        Json.VERSION,
                        body);
                rows.add(row);
            }
        }

        List<Change> changes() {
            List<Change> changes = new ArrayList<>();
            int from = 0;
            while (from < rows.size()) {
                int many = rows.size() - from >= ROWS ? ROWS : 1;
                List<@Nullable Object> values = new ArrayList<>();
                rows.subList(from, from + many).forEach(values::addAll);
                String marks =
                        Stream.generate(() -> VALUES).limit(many).collect(Collectors.joining(", "));
                changes.add(new Change(INSERT + marks, values));
                from += many;
            }
            return changes;
        }
    }

    // --- reading ---

    /// A change as it is stored.
    ///
    /// @param body null when it was gone
    record Row(long turn, String kind, String key, int version, @Nullable String body) {}

    /// The newest of each key up to this turn.
    List<Memo> knownAfter(Session session, long turn) throws SQLException, StoreException {
        List<Row> rows =
                rows(
                        session,
                        " AND turn <= ? AND body IS NOT NULL AND NOT EXISTS (SELECT 1"
                                + " FROM fact_change newer WHERE newer.cluster = fact_change.cluster"
                                + " AND newer.kind = fact_change.kind AND newer.key = fact_change.key"
                                + " AND newer.turn > fact_change.turn AND newer.turn <= ?)"
                                + " ORDER BY kind, key",
                        turn,
                        turn);
        List<Memo> memos = new ArrayList<>(rows.size());
        for (Row row : rows) {
            memos.add(memo(row, String.valueOf(row.body())));
        }
        return memos;
    }

    /// The changes of these turns, in their order.
    List<Row> changes(Session session, long after, long last) throws SQLException {
        return rows(session, " AND turn > ? AND turn <= ? ORDER BY turn, place", after, last);
    }

    private List<Row> rows(Session session, String condition, long one, long other)
            throws SQLException {
        return session.all(
                row ->
                        new Row(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getInt(4),
                                row.getString(5)),
                "SELECT turn, kind, key, version, body FROM fact_change WHERE cluster = ?"
                        + condition,
                cluster,
                one,
                other);
    }

    Memo memo(Row row, String body) throws StoreException {
        return json.read(
                Memo.class,
                row.version(),
                body,
                "what was known in turn %d of %s".formatted(row.turn(), row.key()));
    }

    static Turn.Dropped gone(Row row) throws StoreException {
        for (Class<? extends Memo> kind : KINDS) {
            if (kind.getSimpleName().equals(row.kind())) {
                return new Turn.Dropped(kind, row.key());
            }
        }
        throw new StoreException(
                "turn %d knew of a %s, which this Homeostat does not know"
                        .formatted(row.turn(), row.kind()));
    }

    // --- forgetting ---

    /// Rows of turns before this one are forgotten: what was before can no longer be told.
    void forgotBefore(Session session, long turn) throws SQLException {
        long last = session.number("SELECT MAX(number) FROM turn WHERE cluster = ?", cluster);
        session.change(
                "INSERT INTO counter (cluster, name, value) VALUES (?, ?, ?)"
                        + " ON CONFLICT (cluster, name) DO UPDATE SET value = excluded.value"
                        + " WHERE counter.value < excluded.value",
                cluster,
                KNOWN_AFTER,
                Math.min(turn - 1, last));
    }

    long knownFrom(Session session) throws SQLException {
        return session.number(
                "SELECT value FROM counter WHERE cluster = ? AND name = ?", cluster, KNOWN_AFTER);
    }
}
