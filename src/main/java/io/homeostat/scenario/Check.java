package io.homeostat.scenario;

import io.homeostat.fact.Subject;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// Something that must be true, or must never be.
sealed interface Check {
    /// The actions on the cluster until then are exactly these, in this order.
    record Actions(List<TextPattern> texts) implements Check {}

    /// These decisions were taken, perhaps among others.
    record Decisions(List<DecisionPattern> patterns) implements Check {}

    /// People were told of exactly these problems, in any order.
    record Escalations(List<TellingPattern> patterns) implements Check {}

    /// The services want so many replicas.
    record Replicas(SortedMap<String, Integer> counts) implements Check {}

    /// So many tasks of the services run.
    record Running(SortedMap<String, Integer> counts) implements Check {}

    /// The open alerts of these names are so accounted for; `gone` when none is open.
    record Accounts(SortedMap<String, String> words) implements Check {}

    /// The incidents about these subjects stand so; `gone` when none is open.
    record Incidents(SortedMap<String, String> states) implements Check {}

    /// Wishes with these values are held back now, perhaps among others; none at all, if none is
    /// named.
    record Waits(List<DecisionPattern> patterns) implements Check {}

    /// No action on the cluster, and nobody is told of anything; only about these subjects, if any
    /// are named.
    record Nothing(List<TextPattern> subjects) implements Check {
        boolean covers(Subject subject) {
            return subjects.isEmpty()
                    || subjects.stream().anyMatch(each -> each.matches(subject.toString()));
        }
    }

    /// A text with `*` for anything; without one it has to be there as a whole.
    record TextPattern(String text) {
        boolean matches(String other) {
            return glob(text).matcher(other).matches();
        }

        boolean isIn(String other) {
            return glob("*" + text + "*").matcher(other).matches();
        }

        private static Pattern glob(String text) {
            return Pattern.compile(
                    String.join(
                            ".*",
                            List.of(text.split("\\*", -1)).stream().map(Pattern::quote).toList()),
                    Pattern.DOTALL);
        }
    }

    /// A decision with these values, each a text with `*` for anything.
    record DecisionPattern(SortedMap<String, TextPattern> values) {}

    /// A message to people with these values, each to be found in what it says.
    record TellingPattern(SortedMap<String, TextPattern> values) {}
}
