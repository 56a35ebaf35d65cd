package io.homeostat.store;

import io.homeostat.engine.Specifications.Seen;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Specifications of services, by the hash of their content.
final class SpecificationTable {
    /// Named by nothing that is remembered: neither by the service as it is, nor as its last known
    /// good, nor by an action without an outcome.
    private static final String UNNAMED =
            "cluster = ? AND seen_at < ?"
                    + named("Known", " AND memo.key = 'service/' || specification.service")
                    + named("Proven", " AND memo.key = specification.service")
                    + named("Undertaken", "");

    private final String cluster;

    SpecificationTable(String cluster) {
        this.cluster = cluster;
    }

    private static String named(String kind, String which) {
        return " AND NOT EXISTS (SELECT 1 FROM memo WHERE memo.cluster = specification.cluster"
                + " AND memo.kind = '%s'%s AND memo.body LIKE '%%' || specification.content || '%%')"
                        .formatted(kind, which);
    }

    boolean keep(Session session, List<Seen> seen, Instant at) throws SQLException {
        for (Seen each : seen) {
            session.change(
                    "INSERT INTO specification (cluster, content, service, seen_at, body)"
                            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (cluster, content)"
                            + " DO UPDATE SET seen_at = excluded.seen_at",
                    cluster,
                    each.content(),
                    each.service(),
                    at,
                    each.body());
        }
        return true;
    }

    @Nullable String find(Session session, String content) throws SQLException {
        return session.first(
                row -> row.getString(1),
                "SELECT body FROM specification WHERE cluster = ? AND content = ?",
                cluster,
                content);
    }

    /// Those that may be forgotten.
    List<String> old(Session session, Instant before) throws SQLException {
        return session.all(
                row -> row.getString(1),
                "SELECT content FROM specification WHERE " + UNNAMED + " ORDER BY content",
                cluster,
                before);
    }

    /// Forgets them, but those that are named again.
    int delete(Session session, List<String> contents, Instant before) throws SQLException {
        int deleted = 0;
        for (String content : contents) {
            deleted +=
                    session.change(
                            "DELETE FROM specification WHERE " + UNNAMED + " AND content = ?",
                            cluster,
                            before,
                            content);
        }
        return deleted;
    }
}
