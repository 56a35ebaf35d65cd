package io.homeostat.guard;

import io.homeostat.fact.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How times and durations are written in reasons.
final class Wording {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Wording() {}

    static String clock(Instant instant) {
        return CLOCK.format(instant);
    }

    static String mode(Service.Mode mode) {
        return switch (mode) {
            case REPLICATED -> "a replicated service";
            case GLOBAL -> "a global service";
            case REPLICATED_JOB, GLOBAL_JOB -> "a job";
        };
    }

    /// In whole seconds, which is how the settings are thought of: `90 s`.
    static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
