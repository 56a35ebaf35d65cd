package io.homeostat.store;

import io.homeostat.engine.History.Shadowed;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// Counts what would have been done: once for each incident, however often it was decided in it.
final class ShadowCount {
    private static final String SQL =
            "SELECT rule, subject, COALESCE(action, wish), shadowed, COUNT(DISTINCT incident),"
                    + " MIN(at), MAX(at) FROM decision"
                    + " WHERE cluster = ? AND verdict = 'shadow' AND at >= ?"
                    + " GROUP BY rule, subject, COALESCE(action, wish), shadowed"
                    + " ORDER BY 5 DESC, 1, 2, 3, 4";

    private final String cluster;

    ShadowCount(String cluster) {
        this.cluster = cluster;
    }

    List<Shadowed> since(Session session, Instant since) throws SQLException {
        return session.all(
                row ->
                        new Shadowed(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getInt(5),
                                Micros.instant(row.getLong(6)),
                                Micros.instant(row.getLong(7))),
                SQL,
                cluster,
                since);
    }
}
