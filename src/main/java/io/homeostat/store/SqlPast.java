package io.homeostat.store;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Past;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import io.homeostat.incident.Incident;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was recorded, read from the database: of a store that is open, or beside one that another
/// process has open, or of one that nobody uses. It writes nothing.
public final class SqlPast implements Past, AutoCloseable {
    /// The version of the tables that has what was known of the world.
    private static final int SINCE = 4;

    private static final String HEAD =
            "SELECT number, at, taken, journalled FROM turn WHERE cluster = ?";

    private record Stored(long number, int version, String body) {}

    private record Head(long number, Instant at, String taken, String journalled) {}

    private final Readers readers;
    private final String cluster;
    private final Json json;
    private final FactTable facts;

    SqlPast(Readers readers, String cluster, Json json) {
        this.readers = readers;
        this.cluster = cluster;
        this.json = json;
        this.facts = new FactTable(cluster, json);
    }

    /// Opens the history in a data directory; a Homeostat may run on it.
    ///
    /// @param cluster the cluster's name; empty for the only one there is
    public static SqlPast of(Path directory, String cluster) throws StoreException {
        return of(Database.in(directory), cluster);
    }

    /// Opens the history in the database that a JDBC URL names.
    public static SqlPast of(String jdbcUrl, String cluster) throws StoreException {
        return of(Database.of(jdbcUrl), cluster);
    }

    private static SqlPast of(Database database, String cluster) throws StoreException {
        if (!Files.isRegularFile(database.file())) {
            throw new StoreException(
                    "there is no database %s; say where it is with --data"
                            .formatted(database.file()));
        }
        Readers readers = new Readers(database);
        List<String> clusters =
                readers.read(
                        "the history could not be read",
                        session -> {
                            check(database, session);
                            return session.all(
                                    row -> row.getString(1),
                                    "SELECT DISTINCT cluster FROM turn ORDER BY cluster");
                        });
        if (cluster.isEmpty() && clusters.size() > 1) {
            throw new StoreException(
                    "%s has the history of several clusters (%s); name one with --cluster"
                            .formatted(database.file(), String.join(", ", clusters)));
        }
        String named = cluster.isEmpty() && !clusters.isEmpty() ? clusters.getFirst() : cluster;
        return new SqlPast(readers, named, new Json());
    }

    private static void check(Database database, Session session)
            throws SQLException, StoreException {
        long version =
                session.number(
                                        "SELECT COUNT(*) FROM sqlite_master"
                                                + " WHERE name = 'flyway_schema_history'")
                                == 0
                        ? 0
                        : session.number(
                                "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history");
        if (version > Schema.MIGRATIONS.size()) {
            throw Schema.newer(database.file(), String.valueOf(version));
        }
        if (version < SINCE) {
            throw new StoreException(
                    "%s has no history of facts; start this Homeostat on it once, and let it run for a while"
                            .formatted(database.file()));
        }
    }

    @Override
    public Optional<Extent> extent(Instant since) throws StoreException {
        return readers.read(
                "how far history goes back could not be read",
                session -> {
                    long known = facts.knownFrom(session);
                    long last =
                            session.number(
                                    "SELECT MAX(number) FROM turn WHERE cluster = ?", cluster);
                    Head first =
                            session.first(
                                    SqlPast::head,
                                    HEAD
                                            + " AND at >= ? AND number > ? ORDER BY at, number LIMIT 1",
                                    cluster,
                                    since,
                                    known);
                    Head end =
                            session.first(SqlPast::head, HEAD + " AND number = ?", cluster, last);
                    if (first == null || end == null) {
                        return Optional.empty();
                    }
                    long turns =
                            session.number(
                                    "SELECT COUNT(*) FROM turn WHERE cluster = ? AND number >= ?",
                                    cluster,
                                    first.number());
                    return Optional.of(
                            new Extent(first.number() - 1, first.at(), last, end.at(), turns));
                });
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong(1), Micros.instant(row.getLong(2)), row.getString(3), row.getString(4));
    }

    @Override
    public List<Memo> knownAfter(long turn) throws StoreException {
        return readers.read(
                "what was known could not be read", session -> facts.knownAfter(session, turn));
    }

    @Override
    public List<Memo> knownAt(Instant at) throws StoreException {
        return readers.read(
                "what was known at %s could not be read".formatted(at),
                session -> {
                    Head last =
                            session.first(
                                    SqlPast::head,
                                    HEAD + " AND at <= ? ORDER BY at DESC, number DESC LIMIT 1",
                                    cluster,
                                    at);
                    long turn = last == null ? 0 : last.number();
                    long known = facts.knownFrom(session);
                    if (turn < known) {
                        throw new StoreException(
                                "what was known at %s is forgotten, or was not recorded yet"
                                        .formatted(at));
                    }
                    return facts.knownAfter(session, turn);
                });
    }

    @Override
    public List<Recorded> turnsAfter(long turn, int most) throws StoreException {
        return readers.read(
                "the turns after %d could not be read".formatted(turn),
                session -> {
                    List<Head> heads =
                            session.all(
                                    SqlPast::head,
                                    HEAD + " AND number > ? ORDER BY number LIMIT ?",
                                    cluster,
                                    turn,
                                    most);
                    return heads.isEmpty() ? List.of() : recorded(session, turn, heads);
                });
    }

    private List<Recorded> recorded(Session session, long after, List<Head> heads)
            throws SQLException, StoreException {
        long last = heads.getLast().number();
        Map<Long, List<FactTable.Row>> changes = new HashMap<>();
        for (FactTable.Row row : facts.changes(session, after, last)) {
            changes.computeIfAbsent(row.turn(), _ -> new ArrayList<>()).add(row);
        }
        Map<Long, List<Decision>> decisions = new HashMap<>();
        for (Stored row :
                session.all(
                        SqlPast::stored,
                        "SELECT turn, version, body FROM decision WHERE cluster = ? AND turn > ?"
                                + " AND turn <= ? ORDER BY turn, place",
                        cluster,
                        after,
                        last)) {
            decisions
                    .computeIfAbsent(row.number(), _ -> new ArrayList<>())
                    .add(read(Decision.class, row, "decision"));
        }
        List<Recorded> recorded = new ArrayList<>(heads.size());
        for (Head head : heads) {
            List<Memo> kept = new ArrayList<>();
            List<Turn.Dropped> dropped = new ArrayList<>();
            for (FactTable.Row row : changes.getOrDefault(head.number(), List.of())) {
                if (row.body() == null) {
                    dropped.add(FactTable.gone(row));
                } else {
                    kept.add(facts.memo(row, row.body()));
                }
            }
            recorded.add(
                    new Recorded(
                            head.number(),
                            head.at(),
                            texts(head.journalled(), head.number()),
                            signals(session, head),
                            kept,
                            dropped,
                            decisions.getOrDefault(head.number(), List.of())));
        }
        return recorded;
    }

    private List<String> texts(String list, long turn) throws StoreException {
        return List.of(json.read(String[].class, Json.VERSION, list, "the looks of turn " + turn));
    }

    private List<Signal.Durable> signals(Session session, Head head)
            throws SQLException, StoreException {
        List<Signal.Durable> signals = new ArrayList<>();
        for (long id :
                json.read(long[].class, Json.VERSION, head.taken(), "turn " + head.number())) {
            Stored row =
                    session.first(
                            SqlPast::stored,
                            "SELECT id, version, body FROM inbox WHERE cluster = ? AND id = ?",
                            cluster,
                            id);
            if (row != null) {
                signals.add(read(Signal.Durable.class, row, "signal"));
            }
        }
        return signals;
    }

    @Override
    public List<Undertaking> actionsAfter(long turn) throws StoreException {
        List<Undertaking> actions = new ArrayList<>();
        for (Stored row :
                readers.read(
                        "what was done could not be read",
                        session ->
                                session.all(
                                        SqlPast::stored,
                                        "SELECT turn, version, body FROM action WHERE cluster = ?"
                                                + " AND turn > ? ORDER BY turn, place",
                                        cluster,
                                        turn))) {
            Undertaking undertaking = read(Undertaking.class, row, "an action of turn");
            if (undertaking.action() instanceof Action.OnSwarm) {
                actions.add(undertaking);
            }
        }
        return actions;
    }

    @Override
    public List<Incident> incidentsSince(Instant since) throws StoreException {
        List<Incident> incidents = new ArrayList<>();
        for (Stored row :
                readers.read(
                        "the incidents could not be read",
                        session ->
                                session.all(
                                        SqlPast::stored,
                                        "SELECT turn, version, body FROM incident"
                                                + " WHERE cluster = ? AND (resolved_at IS NULL"
                                                + " OR resolved_at >= ?) ORDER BY turn, place",
                                        cluster,
                                        since))) {
            incidents.add(read(Incident.class, row, "an incident of turn"));
        }
        return incidents;
    }

    @Override
    public Optional<Terms> terms() throws StoreException {
        Stored row =
                readers.read(
                                "the limits could not be read",
                                session ->
                                        Optional.ofNullable(
                                                session.first(
                                                        SqlPast::stored,
                                                        "SELECT 0, version, body FROM terms"
                                                                + " WHERE cluster = ?",
                                                        cluster)))
                        .orElse(null);
        return row == null
                ? Optional.empty()
                : Optional.of(
                        json.whole(
                                Terms.class, row.version(), row.body(), "what limits there are"));
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(row.getLong(1), row.getInt(2), row.getString(3));
    }

    private <T> T read(Class<T> type, Stored row, String what) throws StoreException {
        return json.read(type, row.version(), row.body(), what + " " + row.number());
    }

    @Override
    public void close() throws StoreException {
        readers.close();
    }
}
