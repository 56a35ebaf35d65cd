package io.homeostat.reload;

import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.Scenario;
import io.homeostat.scenario.ScenarioFault;
import io.homeostat.scenario.ScenarioResult;
import io.homeostat.scenario.ScenarioRunner;
import io.homeostat.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plays the operator's scenarios with rules that are to take over.
///
/// @param scenarios a file or a directory; empty when nothing is played
public record Rehearsal(Optional<Path> scenarios) {
    /// One that fails is enough to refuse the rules, and the story of five is enough to read.
    private static final int FAILURES = 5;

    void of(Rulebook rulebook) throws Refused {
        if (scenarios.isEmpty()) {
            return;
        }
        Scenarios read = read(scenarios.get());
        if (!read.faults().isEmpty()) {
            throw new Refused(
                    "%d scenarios in %s cannot be read"
                            .formatted(read.faults().size(), scenarios.get()),
                    read.faults().stream().map(ScenarioFault::text).toList());
        }
        ScenarioRunner runner = new ScenarioRunner(rulebook);
        List<String> failures = new ArrayList<>();
        for (Scenario scenario : read.sound()) {
            ScenarioResult result = runner.run(scenario);
            if (!result.passed() && failures.size() < FAILURES) {
                failures.add(result.text());
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new Refused("Homeostat stops", List.of());
            }
        }
        if (!failures.isEmpty()) {
            throw new Refused(
                    "a scenario fails: " + failures.getFirst().lines().findFirst().orElse(""),
                    failures);
        }
    }

    private static Scenarios read(Path path) throws Refused {
        try {
            return Scenarios.read(path);
        } catch (IOException unreadable) {
            throw new Refused(
                    "the scenarios in %s cannot be read: %s"
                            .formatted(path, unreadable.getMessage()),
                    unreadable);
        }
    }
}
