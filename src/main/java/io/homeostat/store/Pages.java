package io.homeostat.store;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.Items;
import io.homeostat.engine.Journal.Page;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import io.homeostat.incident.Incident;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads history page by page, newest first.
final class Pages {
    private record Stored(long turn, int place, int version, String body) {
        String cursor() {
            return turn + "." + place;
        }
    }

    private final String cluster;
    private final Json json;

    Pages(String cluster, Json json) {
        this.cluster = cluster;
        this.json = json;
    }

    Page page(
            Session session,
            String kind,
            Map<String, String> filter,
            @Nullable String before,
            int limit)
            throws SQLException, StoreException {
        // Kind and columns come from a fixed list, values are bound: nothing from outside is SQL.
        Items.check(kind, filter, limit);
        StringBuilder sql =
                new StringBuilder("SELECT turn, place, version, body FROM ")
                        .append(kind)
                        .append(" WHERE cluster = ?");
        List<@Nullable Object> values = new ArrayList<>(List.of(cluster));
        filter.forEach((column, value) -> {
            sql.append(" AND ").append(column).append(" = ?");
            values.add(value);
        });
        if (before != null) {
            Stored last = cursor(before);
            sql.append(" AND (turn < ? OR (turn = ? AND place < ?))");
            values.addAll(List.of(last.turn(), last.turn(), last.place()));
        }
        sql.append(" ORDER BY turn DESC, place DESC LIMIT ?");
        values.add(limit + 1);
        List<Stored> found =
                session.all(
                        row ->
                                new Stored(
                                        row.getLong(1),
                                        row.getInt(2),
                                        row.getInt(3),
                                        row.getString(4)),
                        sql.toString(),
                        values.toArray());
        boolean more = found.size() > limit;
        List<Stored> shown = more ? found.subList(0, limit) : found;
        List<String> items = new ArrayList<>(shown.size());
        for (Stored row : shown) {
            items.add(item(kind, row));
        }
        return new Page(items, more ? shown.getLast().cursor() : null);
    }

    private static Stored cursor(String text) {
        String[] parts = text.split("\\.", -1);
        try {
            if (parts.length == 2) {
                return new Stored(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), 0, "");
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(unknown(text), e);
        }
        throw new IllegalArgumentException(unknown(text));
    }

    private static String unknown(String cursor) {
        return "'%s' is not a cursor; take it from the field next of the page before, unchanged"
                .formatted(cursor);
    }

    private String item(String kind, Stored row) throws StoreException {
        int version = row.version();
        String where = kind + " " + row.cursor();
        return json.write(
                switch (kind) {
                    case "decision" ->
                            Items.decision(json.read(Decision.class, version, row.body(), where));
                    case "action" ->
                            Items.action(json.read(Undertaking.class, version, row.body(), where));
                    case "incident" ->
                            Items.incident(json.read(Incident.class, version, row.body(), where));
                    default -> Items.line(json.read(Turn.Line.class, version, row.body(), where));
                });
    }
}
