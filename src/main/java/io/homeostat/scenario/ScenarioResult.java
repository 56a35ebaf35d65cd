package io.homeostat.scenario;

import java.util.List;

/// What came of a scenario.
///
/// @param faults what was not as expected, each with its place; empty when all was
/// @param story what happened and what was decided instead, line by line
public record ScenarioResult(Scenario scenario, List<String> faults, List<String> story) {
    public ScenarioResult {
        faults = List.copyOf(faults);
        story = List.copyOf(story);
    }

    public boolean passed() {
        return faults.isEmpty();
    }

    /// For people who want to know why it failed.
    public String text() {
        return "%s:%d: %s\n  %s\n  what happened instead:\n    %s"
                .formatted(
                        scenario.file(),
                        scenario.line(),
                        scenario.name(),
                        String.join("\n  ", faults),
                        story.isEmpty() ? "nothing at all" : String.join("\n    ", story));
    }
}
