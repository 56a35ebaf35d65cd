package io.homeostat.store;

import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Objection;
import io.homeostat.incident.Incident;
import io.homeostat.store.Session.Change;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tables of what happened: turns, decisions, actions, incidents and lines of timelines.
final class HistoryTables {
    private record Stored(int version, String body) {}

    private final String cluster;
    private final Json json;

    HistoryTables(String cluster, Json json) {
        this.cluster = cluster;
        this.json = json;
    }

    Change turn(Turn turn) throws StoreException {
        return Change.of(
                "INSERT INTO turn (cluster, number, at, wall_at, rulebook, code, taken, journalled)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                cluster,
                turn.number(),
                turn.at(),
                turn.wallAt(),
                turn.rulebook(),
                turn.code(),
                json.write(turn.taken()),
                json.write(turn.journalled()));
    }

    Change decision(Decision decision, long turn, int place) throws StoreException {
        return Change.of(
                "INSERT INTO decision (cluster, id, turn, place, at, incident, subject, rule, wish,"
                        + " action, verdict, shadowed, guards, reason, version, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                cluster,
                decision.id(),
                turn,
                place,
                decision.at(),
                decision.incident(),
                decision.subject().toString(),
                decision.rule(),
                decision.wish().text(),
                decision.action() == null ? null : decision.action().text(),
                decision.verdict().word(),
                decision.shadowed().word(),
                decision.objections().stream()
                        .map(Objection::guard)
                        .collect(Collectors.joining(", ")),
                decision.reason(),
                Json.VERSION,
                json.write(decision));
    }

    /// Its key is unique in the table: the database itself refuses the same action under another
    /// ID.
    Change action(Undertaking undertaking, long turn, int place) throws StoreException {
        Outcome outcome = undertaking.outcome();
        return Change.of(
                "INSERT INTO action (cluster, id, key, turn, place, decision, incident, subject,"
                        + " kind, rule, attempt, state, outcome, planned_at, started_at, ended_at,"
                        + " trace, version, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (cluster, id) DO UPDATE SET state = excluded.state,"
                        + " outcome = excluded.outcome, started_at = excluded.started_at,"
                        + " ended_at = excluded.ended_at, trace = excluded.trace,"
                        + " version = excluded.version, body = excluded.body",
                cluster,
                undertaking.id(),
                undertaking.key(),
                turn,
                place,
                undertaking.decision(),
                undertaking.incident(),
                undertaking.subject().toString(),
                undertaking.action().kind(),
                undertaking.rule(),
                undertaking.attempt(),
                word(undertaking.state()),
                outcome == null ? null : outcome.word(),
                undertaking.plannedAt(),
                undertaking.startedAt(),
                undertaking.endedAt(),
                undertaking.trace(),
                Json.VERSION,
                json.write(undertaking));
    }

    /// A decision; null when it was not recorded.
    @Nullable Decision decision(Session session, String id) throws SQLException, StoreException {
        Stored stored =
                session.first(
                        row -> new Stored(row.getInt(1), row.getString(2)),
                        "SELECT version, body FROM decision WHERE cluster = ? AND id = ?",
                        cluster,
                        id);
        return stored == null
                ? null
                : json.read(Decision.class, stored.version(), stored.body(), "decision " + id);
    }

    /// An action as it was last recorded; null when it was not.
    @Nullable Undertaking action(Session session, String id) throws SQLException, StoreException {
        return recorded(
                session, "SELECT version, body FROM action WHERE cluster = ? AND id = ?", id);
    }

    /// An action as it was last recorded, if it was started; null when it was not.
    @Nullable Undertaking begun(Session session, String id) throws SQLException, StoreException {
        return recorded(
                session,
                "SELECT version, body FROM action WHERE cluster = ? AND id = ?"
                        + " AND started_at IS NOT NULL",
                id);
    }

    private @Nullable Undertaking recorded(Session session, String sql, String id)
            throws SQLException, StoreException {
        Stored stored =
                session.first(row -> new Stored(row.getInt(1), row.getString(2)), sql, cluster, id);
        return stored == null
                ? null
                : json.read(Undertaking.class, stored.version(), stored.body(), "action " + id);
    }

    Change started(Undertaking undertaking) throws StoreException {
        return Change.of(
                "UPDATE action SET state = ?, started_at = ?, trace = ?, version = ?, body = ?"
                        + " WHERE cluster = ? AND id = ?",
                word(undertaking.state()),
                undertaking.startedAt(),
                undertaking.trace(),
                Json.VERSION,
                json.write(undertaking),
                cluster,
                undertaking.id());
    }

    Change incident(Incident incident, long turn, int place) throws StoreException {
        return Change.of(
                "INSERT INTO incident (cluster, id, turn, place, subject, state, opened_at,"
                        + " resolved_at, version, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (cluster, id) DO UPDATE SET state = excluded.state,"
                        + " subject = excluded.subject, resolved_at = excluded.resolved_at,"
                        + " version = excluded.version, body = excluded.body",
                cluster,
                incident.id(),
                turn,
                place,
                incident.subject().toString(),
                word(incident.state()),
                incident.openedAt(),
                incident.resolvedAt(),
                Json.VERSION,
                json.write(incident));
    }

    Change line(Turn.Line line, long turn, int place) throws StoreException {
        return Change.of(
                "INSERT INTO line (cluster, turn, place, at, subject, incident, kind, version,"
                        + " body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                cluster,
                turn,
                place,
                line.at(),
                line.subject(),
                line.incident(),
                line.kind(),
                Json.VERSION,
                json.write(line));
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
