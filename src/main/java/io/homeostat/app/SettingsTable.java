package io.homeostat.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads settings by name, and keeps for each what it means, its default and its bounds, so that
/// the documentation is the code's. What is wrong is collected: all of it is said at once.
final class SettingsTable {
    /// One setting, as the documentation lists it.
    record Row(String name, String standard, String bounds, String meaning) {}

    private static final Pattern SPAN =
            Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+)s)?(?:(\\d+)ms)?");

    private final Function<String, Optional<String>> source;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    SettingsTable(Function<String, Optional<String>> source) {
        this.source = source;
    }

    List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    List<String> faults() {
        return Collections.unmodifiableList(faults);
    }

    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        rows.forEach(row -> names.add(row.name()));
        return names;
    }

    void fault(String text) {
        faults.add(text);
    }

    String text(String name, String standard, String meaning) {
        rows.add(new Row(name, standard.isEmpty() ? "(none)" : standard, "", meaning));
        return given(name).orElse(standard);
    }

    List<String> list(String name, List<String> standard, String meaning) {
        rows.add(
                new Row(
                        name,
                        standard.isEmpty() ? "(none)" : String.join(",", standard),
                        "comma-separated",
                        meaning));
        return given(name)
                .map(text -> List.of(text.split(",", -1)).stream().map(String::strip).toList())
                .orElse(source.apply(name).isPresent() ? List.of() : standard);
    }

    String choice(String name, String standard, List<String> choices, String meaning) {
        String bounds = String.join(" | ", choices);
        rows.add(new Row(name, standard, bounds, meaning));
        String value = given(name).orElse(standard);
        if (!choices.contains(value)) {
            faults.add(
                    "%s is '%s'; right would be one of %s"
                            .formatted(name, value, String.join(", ", choices)));
            return standard;
        }
        return value;
    }

    int number(String name, int standard, int min, int max, String meaning) {
        rows.add(new Row(name, String.valueOf(standard), min + " to " + max, meaning));
        Optional<String> given = given(name);
        if (given.isEmpty()) {
            return standard;
        }
        String text = given.get();
        if (text.matches("-?\\d{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        }
        faults.add(
                "%s is '%s'; right would be a whole number from %d to %d"
                        .formatted(name, text, min, max));
        return standard;
    }

    Duration span(String name, Duration standard, Duration min, Duration max, String meaning) {
        rows.add(new Row(name, text(standard), text(min) + " to " + text(max), meaning));
        Optional<String> given = given(name);
        if (given.isEmpty()) {
            return standard;
        }
        Optional<Duration> value = span(given.get());
        if (value.isPresent()
                && value.get().compareTo(min) >= 0
                && value.get().compareTo(max) <= 0) {
            return value.get();
        }
        faults.add(
                "%s is '%s'; right would be a time from %s to %s, written like 500ms, 30s, 2m or 1h30m"
                        .formatted(name, given.get(), text(min), text(max)));
        return standard;
    }

    private Optional<String> given(String name) {
        return source.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /// Reads `500ms`, `30s`, `2m`, `1h30m`, `7d`; empty when it is none.
    static Optional<Duration> span(String text) {
        Matcher matcher = SPAN.matcher(text.toLowerCase(Locale.ROOT));
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        long[] millis = {86_400_000, 3_600_000, 60_000, 1000, 1};
        long sum = 0;
        for (int group = 1; group <= millis.length; group++) {
            String digits = matcher.group(group);
            if (digits != null) {
                if (digits.length() > 9) {
                    return Optional.empty();
                }
                sum += Long.parseLong(digits) * millis[group - 1];
            }
        }
        return Optional.of(Duration.ofMillis(sum));
    }

    static String text(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toDaysPart(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.toString();
    }

    private static void append(StringBuilder text, long value, String unit) {
        if (value > 0) {
            text.append(value).append(unit);
        }
    }
}
