package io.homeostat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.rules.Rulebook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every scenario under `facts-samples`, on the bundled rules.
class SampleScenariosTest {
    private static final Path SAMPLES = Path.of("facts-samples");

    private static ScenarioRunner runner;
    private static List<ScenarioResult> results;

    @BeforeAll
    static void play() throws IOException {
        runner = ScenarioRunner.covering(Rulebook.compile(RuleFiles.read(Path.of("rules"))));
        results = Scenarios.read(SAMPLES).sound().stream().map(runner::run).toList();
    }

    @Test
    void everySampleCanBeRead() throws IOException {
        Scenarios scenarios = Scenarios.read(SAMPLES);

        assertThat(scenarios.faults()).extracting(ScenarioFault::text).isEmpty();
        assertThat(scenarios.sound()).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> samples() {
        return results.stream()
                .map(result ->
                        DynamicTest.dynamicTest(
                                result.scenario().name(), () -> assertPassed(result)));
    }

    /// Each rule fires, each of its patterns is reached, and each of its conditions is once the
    /// only one that does not hold, so that the rule keeps still.
    @Test
    void showWhatEveryRuleWantsAndWhatAloneHoldsItBack() {
        Coverage coverage = runner.coverage(results);

        assertThat(coverage.gaps()).extracting(Coverage.Gap::sentence).isEmpty();
        assertThat(coverage.fired()).hasSize(coverage.rules());
        for (String rule : coverage.fired()) {
            assertThat(coverage.heldBack())
                    .as("scenarios in which it is not wanted")
                    .contains(rule);
        }
    }

    private static void assertPassed(ScenarioResult result) {
        assertThat(result.faults()).as(result.text()).isEmpty();
    }
}
