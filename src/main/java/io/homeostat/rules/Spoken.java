package io.homeostat.rules;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `30s`, `2m`, `1h`, `5m30s`, `1d`.
final class Spoken {
    private static final Pattern DURATION =
            Pattern.compile(
                    "(?:(\\d{1,4})d)?(?:(\\d{1,6})h)?(?:(\\d{1,7})m)?(?:(\\d{1,9})s)?",
                    Pattern.CASE_INSENSITIVE);

    private Spoken() {}

    /// The duration; empty when the text is none, or is no time at all.
    static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration duration =
                Duration.ofDays(part(matcher, 1))
                        .plusHours(part(matcher, 2))
                        .plusMinutes(part(matcher, 3))
                        .plusSeconds(part(matcher, 4));
        return duration.isZero() ? Optional.empty() : Optional.of(duration);
    }

    private static long part(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
