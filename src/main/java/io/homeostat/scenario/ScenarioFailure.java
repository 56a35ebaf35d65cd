package io.homeostat.scenario;

import java.util.List;

/// Something that was not as a scenario expects, and why.
///
/// @param file the scenario's file
/// @param line where the expectation is written, from 1; 0 when it is the scenario as a whole
/// @param at the time after the beginning, `2m05s`; empty when it could not be played
/// @param message what is not as expected
/// @param reasons what was decided instead, by which rules, and what kept it back
public record ScenarioFailure(
        String file, int line, String at, String message, List<String> reasons) {
    public ScenarioFailure {
        reasons = List.copyOf(reasons);
    }

    /// `facts-samples/web.yaml:7: at 2m05s: expected …`
    public String text() {
        return line == 0 ? message : "%s:%d: at %s: %s".formatted(file, line, at, message);
    }
}
