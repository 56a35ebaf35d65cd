package io.homeostat.scenario;

import io.homeostat.fact.Sorted;
import io.homeostat.rules.RuleProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// What came of a scenario.
///
/// @param failures what was not as expected, each with its place and its reasons; empty when all
///   was
/// @param story what happened around the failures, line by line
/// @param fired the rules that fired
/// @param met the parts of rules that were met, when it was played on a rulebook with probes
public record ScenarioResult(
        Scenario scenario,
        List<ScenarioFailure> failures,
        List<String> story,
        SortedSet<String> fired,
        SortedSet<RuleProbe> met) {
    public ScenarioResult {
        failures = List.copyOf(failures);
        story = List.copyOf(story);
        fired = Sorted.copy(fired);
        met = Sorted.copy(met);
    }

    public boolean passed() {
        return failures.isEmpty();
    }

    /// What was not as expected, a line each.
    public List<String> faults() {
        return failures.stream().map(ScenarioFailure::text).toList();
    }

    /// For people who want to know why it failed.
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("%s:%d: %s".formatted(scenario.file(), scenario.line(), scenario.name()));
        for (ScenarioFailure failure : failures) {
            lines.add("  " + failure.text());
            failure.reasons().forEach(reason -> lines.add("    " + reason));
        }
        lines.add("  what happened instead:");
        if (story.isEmpty()) {
            lines.add("    nothing at all");
        }
        story.forEach(line -> lines.add("    " + line));
        return String.join("\n", lines);
    }
}
