package io.homeostat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param next the cursor of the next page; null when this is the last
@JsonInclude(JsonInclude.Include.ALWAYS)
record ListPage(List<JsonNode> items, @Nullable String next) {
    static final String LIMIT_DEFAULT = "100";
    static final int LIMIT_MAX = 1000;

    static int limit(int asked) {
        if (asked < 1 || asked > LIMIT_MAX) {
            throw new BadRequestException(
                    "limit is %d; it must be from 1 to %d".formatted(asked, LIMIT_MAX));
        }
        return asked;
    }

    /// The place that a cursor of a list in memory stands for.
    static int place(@Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        if (!cursor.matches("\\d{1,9}")) {
            throw new BadRequestException(
                    "'%s' is no cursor of this list; take the \"next\" of the page before"
                            .formatted(cursor));
        }
        return Integer.parseInt(cursor);
    }
}
