package io.homeostat.engine;

import java.time.Duration;

/// Lengths of time as people say them, in the largest unit that fits.
final class Spans {
    private Spans() {}

    static String text(Duration span) {
        if (span.toHours() > 0 && span.toMinutesPart() == 0) {
            return span.toHours() + " h";
        }
        return span.toMinutes() > 0 && span.toSecondsPart() == 0
                ? span.toMinutes() + " min"
                : span.toSeconds() + " s";
    }
}
