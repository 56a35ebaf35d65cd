package io.homeostat.api;

import jakarta.ws.rs.BadRequestException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what a person said in a request, and says what would be right where it is not.
final class Said {
    private static final Duration LONGEST_AGO = Duration.ofDays(3650);

    private static final int LENGTH_MAX = 1000;

    private Said() {}

    /// A text that must be given.
    static String required(String name, @Nullable String value, String example) {
        if (value == null || value.isBlank()) {
            throw new BadRequestException(
                    "\"%s\" is missing; every change says it, as in \"%s\": \"%s\""
                            .formatted(name, name, example));
        }
        if (value.length() > LENGTH_MAX) {
            throw new BadRequestException(
                    "\"%s\" has %d characters; at most %d are kept"
                            .formatted(name, value.length(), LENGTH_MAX));
        }
        return value.strip();
    }

    static String by(@Nullable String by) {
        return required("by", by, "ann");
    }

    static String why(@Nullable String why) {
        return required("why", why, "month-end closing");
    }

    /// The body, which must be there.
    static <T> T body(@Nullable T body) {
        if (body == null) {
            throw new BadRequestException("the body is missing; send a JSON object");
        }
        return body;
    }

    /// An instant, or how long ago it was: `2026-11-24T10:00:00Z`, `2h`.
    static Instant moment(String name, String text, Instant now) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeParseException other) {
            return now.minus(span(name, text, LONGEST_AGO));
        }
    }

    /// A time such as `90s`, `30m`, `1h30m`, `2d`.
    static Duration span(String name, @Nullable String text, Duration max) {
        String said = required(name, text, "30m").toLowerCase(Locale.ROOT);
        if (said.matches("(\\d{1,4}d)?(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,9}s)?")) {
            int days = said.indexOf('d') + 1;
            String time = said.substring(days);
            Duration span =
                    Duration.parse(
                            "P" + said.substring(0, days) + (time.isEmpty() ? "" : "T" + time));
            if (span.isPositive() && span.compareTo(max) <= 0) {
                return span;
            }
        }
        throw new BadRequestException(
                "\"%s\" is '%s'; it must be a time like 90s, 30m, 1h30m or 2d, at most %d days"
                        .formatted(name, said, max.toDays()));
    }
}
