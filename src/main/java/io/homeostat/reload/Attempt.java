package io.homeostat.reload;

import io.homeostat.rules.Rulebook;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What came of an attempt to have other rules take over.
///
/// @param at when it ended
/// @param by who or what wanted it
/// @param rulebook the hash of the rules that were to take over; empty when they could not be read
/// @param before the hash of the rules that were in force
/// @param text what came of it, in a sentence
/// @param reasons what is wrong, one by one; empty when nothing is
/// @param difference what is wished otherwise; null when it did not come to that
/// @param pauseMicros how long the engine stood still for it; null when it did not
public record Attempt(
        Result result,
        Instant at,
        String by,
        String rulebook,
        String before,
        String text,
        List<String> reasons,
        @Nullable Difference difference,
        @Nullable Long pauseMicros) {
    /// What became of the rules.
    public enum Result {
        ADOPTED,
        /// They are in force already.
        UNCHANGED,
        REFUSED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Attempt {
        reasons = List.copyOf(reasons);
    }

    /// What is wished otherwise, in sentences.
    public List<String> differences() {
        return difference == null ? List.of() : difference.lines();
    }

    /// What came of it with all reasons, line by line.
    public String whole() {
        return reasons.isEmpty() ? text : text + "\n" + String.join("\n", reasons);
    }

    /// `2 rules new, 1 changed, 1 gone`.
    static String news(Rulebook before, Rulebook after) {
        SortedMap<String, String> old = before.versions();
        long added =
                after.versions().keySet().stream().filter(rule -> !old.containsKey(rule)).count();
        long gone =
                old.keySet().stream().filter(rule -> !after.versions().containsKey(rule)).count();
        long changed =
                after.versions().entrySet().stream()
                        .filter(rule -> old.containsKey(rule.getKey()))
                        .filter(rule -> !rule.getValue().equals(old.get(rule.getKey())))
                        .count();
        return "%d rules new, %d changed, %d gone".formatted(added, changed, gone);
    }

    static String shown(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
