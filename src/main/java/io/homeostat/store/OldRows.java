package io.homeostat.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which rows may be forgotten, table by table. Never among them: what memory is rebuilt from
/// (`memo`, `counter`), signals that no turn has taken, actions that are not final and the decision
/// behind each, incidents that are not resolved, the last turn, and rulebooks that a kept turn
/// names.
///
/// What belongs to an incident goes after it and not before, so that a timeline is whole or gone.
final class OldRows {
    private static final String NO_INCIDENT =
            " AND NOT EXISTS (SELECT 1 FROM incident WHERE incident.cluster = %1$s.cluster"
                    + " AND incident.id = %1$s.incident)";

    private static final String UNNAMED =
            " AND NOT EXISTS (SELECT 1 FROM %1$s WHERE %1$s.cluster = turn.cluster"
                    + " AND %1$s.turn = turn.number)";

    /// Rows that may go, by the numbers that place them in their table.
    ///
    /// @param more false when these are the last
    record Found(List<List<Long>> places, boolean more) {
        static final Found NOTHING = new Found(List.of(), false);
    }

    /// A change of what was known may go when a newer one, or its end, is old as well: what has not
    /// changed for long is still known.
    private static final String OUTLIVED =
            " AND (body IS NULL OR EXISTS (SELECT 1 FROM fact_change newer"
                    + " WHERE newer.cluster = fact_change.cluster AND newer.kind = fact_change.kind"
                    + " AND newer.key = fact_change.key AND newer.turn > fact_change.turn"
                    + " AND newer.turn < ?))";

    /// One table's old rows.
    ///
    /// @param columns the numbers that place a row, of which there is an index
    /// @param old the condition under which a row may go
    /// @param values the values of that condition
    record Kind(String table, List<String> columns, String old, List<Object> values) {
        /// Old rows after those that were found before, the oldest first.
        Found find(Session session, Found before, int most) throws SQLException {
            List<Object> bound = new ArrayList<>(values);
            String further = "";
            if (!before.places().isEmpty()) {
                further = " AND (%s) > (%s)".formatted(names(), marks());
                bound.addAll(before.places().getLast());
            }
            bound.add(most);
            List<List<Long>> found =
                    session.all(
                            row -> {
                                List<Long> place = new ArrayList<>();
                                for (String column : columns) {
                                    place.add(row.getLong(column));
                                }
                                return place;
                            },
                            "SELECT %1$s FROM %2$s WHERE %3$s%4$s ORDER BY %1$s LIMIT ?"
                                    .formatted(names(), table, old, further),
                            bound.toArray());
            return new Found(found, found.size() == most);
        }

        /// Deletes them, but those that are not old any more.
        int delete(Session session, Found found) throws SQLException {
            String sql =
                    "DELETE FROM %s WHERE %s AND (%s) = (%s)"
                            .formatted(table, old, names(), marks());
            int deleted = 0;
            for (List<Long> place : found.places()) {
                List<Object> bound = new ArrayList<>(values);
                bound.addAll(place);
                deleted += session.change(sql, bound.toArray());
            }
            return deleted;
        }

        private String names() {
            return String.join(", ", columns);
        }

        private String marks() {
            return String.join(", ", columns.stream().map(_ -> "?").toList());
        }
    }

    private final String cluster;

    OldRows(String cluster) {
        this.cluster = cluster;
    }

    /// What may go, in the order in which it must.
    ///
    /// @param before what is older than this may go
    /// @param quarantined and what was put aside before this
    List<Kind> kinds(Session session, Instant before, Instant quarantined) throws SQLException {
        long turn = firstTurn(session, before);
        long signal = firstSignal(session, before);
        List<String> place = List.of("turn", "place");
        List<Object> ofTurns = List.of(cluster, turn);
        String old = "cluster = ? AND turn < ?";
        return List.of(
                new Kind(
                        "inbox",
                        List.of("id"),
                        "cluster = ? AND id < ? AND (turn IS NOT NULL OR quarantined_at < ?)",
                        List.of(cluster, signal, quarantined)),
                new Kind(
                        "incident",
                        place,
                        old + " AND state = 'resolved' AND resolved_at < ?",
                        List.of(cluster, turn, before)),
                new Kind("line", place, old + NO_INCIDENT.formatted("line"), ofTurns),
                new Kind(
                        "action",
                        place,
                        old
                                + " AND state = 'final' AND ended_at < ?"
                                + NO_INCIDENT.formatted("action"),
                        List.of(cluster, turn, before)),
                new Kind(
                        "decision",
                        place,
                        old
                                + NO_INCIDENT.formatted("decision")
                                + " AND NOT EXISTS (SELECT 1 FROM action"
                                + " WHERE action.cluster = decision.cluster"
                                + " AND action.decision = decision.id AND action.state <> 'final')",
                        ofTurns),
                new Kind("fact_change", place, old + OUTLIVED, List.of(cluster, turn, turn)),
                new Kind(
                        "turn",
                        List.of("number"),
                        "cluster = ? AND number < ? AND number < (SELECT MAX(newest.number)"
                                + " FROM turn newest WHERE newest.cluster = turn.cluster)"
                                + UNNAMED.formatted("line")
                                + UNNAMED.formatted("decision")
                                + UNNAMED.formatted("action")
                                + UNNAMED.formatted("incident"),
                        ofTurns));
    }

    /// Specifications, which are placed by no number.
    SpecificationTable specifications() {
        return new SpecificationTable(cluster);
    }

    /// Turns are in the order of their instants: looked through from the oldest, only what is old
    /// is looked at.
    long firstTurn(Session session, Instant from) throws SQLException {
        Long first =
                session.first(
                        row -> row.getLong(1),
                        "SELECT number FROM turn WHERE cluster = ? AND at >= ?"
                                + " ORDER BY number LIMIT 1",
                        cluster,
                        from);
        return first == null ? Long.MAX_VALUE : first;
    }

    private long firstSignal(Session session, Instant from) throws SQLException {
        Long first =
                session.first(
                        row -> row.getLong(1),
                        "SELECT id FROM inbox WHERE cluster = ? AND received_at >= ?"
                                + " ORDER BY id LIMIT 1",
                        cluster,
                        from);
        return first == null ? Long.MAX_VALUE : first;
    }

    /// The instant of the oldest turn or signal that there is.
    Instant oldest(Session session, Instant otherwise) throws SQLException {
        Long turn =
                session.first(
                        row -> row.getLong(1),
                        "SELECT at FROM turn WHERE cluster = ? ORDER BY number LIMIT 1",
                        cluster);
        Long signal =
                session.first(
                        row -> row.getLong(1),
                        "SELECT received_at FROM inbox WHERE cluster = ? ORDER BY id LIMIT 1",
                        cluster);
        long oldest =
                Math.min(
                        turn == null ? Long.MAX_VALUE : turn,
                        signal == null ? Long.MAX_VALUE : signal);
        return oldest == Long.MAX_VALUE ? otherwise : Micros.instant(oldest);
    }

    /// Rulebooks that no turn names any more, and that were last loaded before this; the one that
    /// was loaded last is in use, even if no turn has named it yet.
    List<String> rulebooks(Session session, Instant before) throws SQLException {
        return session.all(
                row -> row.getString(1),
                "SELECT hash FROM rulebook WHERE cluster = ? AND at < ? AND at < (SELECT"
                        + " MAX(newest.at) FROM rulebook newest WHERE newest.cluster ="
                        + " rulebook.cluster) AND NOT EXISTS (SELECT 1 FROM turn WHERE turn.cluster"
                        + " = rulebook.cluster AND turn.rulebook = rulebook.hash)",
                cluster,
                before);
    }

    int deleteRulebooks(Session session, List<String> hashes, Instant before) throws SQLException {
        int deleted = 0;
        for (String hash : hashes) {
            deleted +=
                    session.change(
                            "DELETE FROM rulebook WHERE cluster = ? AND hash = ? AND at < ?",
                            cluster,
                            hash,
                            before);
        }
        return deleted;
    }
}
