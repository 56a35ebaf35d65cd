package io.homeostat.cli;

import io.homeostat.engine.StoreException;
import io.homeostat.store.SqlPast;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the recorded history is, and how far back to look in it: the options of all commands that
/// go through it.
final class RecordedPast {
    private static final Pattern SPAN =
            Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,4})h)?(?:(\\d{1,4})m)?(?:(\\d{1,4})s)?");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "the data directory; else what HOMEOSTAT_STORE or HOMEOSTAT_DATA names, else"
                            + " data")
    private @Nullable Path data;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "the cluster, when the history is of several")
    private String cluster = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "how far back from the last turn, as 12h; 30d when not given")
    private String since = "30d";

    Duration back() throws Problem {
        Matcher matcher = SPAN.matcher(since);
        if (since.isEmpty() || !matcher.matches()) {
            throw Problem.usage(
                    "'%s' is no time; write it like 30d, 12h, 90m or 1d12h.".formatted(since));
        }
        return Duration.ofDays(number(matcher, 1))
                .plusHours(number(matcher, 2))
                .plusMinutes(number(matcher, 3))
                .plusSeconds(number(matcher, 4));
    }

    private static long number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    String since() {
        return since;
    }

    SqlPast open(Home home, Map<String, String> environment) throws StoreException {
        String store = environment.getOrDefault("HOMEOSTAT_STORE", "");
        if (data == null && !store.isEmpty()) {
            return SqlPast.of(store, cluster);
        }
        String named = environment.getOrDefault("HOMEOSTAT_DATA", "data");
        return SqlPast.of(home.here().resolve(data == null ? Path.of(named) : data), cluster);
    }

    /// A refusal of the store as a sentence.
    static Problem problem(Exception refused) {
        String text = String.valueOf(refused.getMessage());
        String end = text.endsWith(".") ? "" : ".";
        return new Problem(
                Character.toUpperCase(text.charAt(0)) + text.substring(1) + end, refused);
    }
}
