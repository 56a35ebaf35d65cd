package io.homeostat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.rules.Rulebook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every scenario under `facts-samples`, on the bundled rules.
class SampleScenariosTest {
    private static final Path SAMPLES = Path.of("facts-samples");

    @Test
    void everySampleCanBeRead() throws IOException {
        Scenarios scenarios = Scenarios.read(SAMPLES);

        assertThat(scenarios.faults()).extracting(ScenarioFault::text).isEmpty();
        assertThat(scenarios.sound()).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> samples() throws IOException {
        ScenarioRunner runner =
                new ScenarioRunner(Rulebook.compile(RuleFiles.read(Path.of("rules"))));
        return Scenarios.read(SAMPLES).sound().stream()
                .map(scenario ->
                        DynamicTest.dynamicTest(
                                scenario.name(), () -> assertPassed(runner.run(scenario))));
    }

    private static void assertPassed(ScenarioResult result) {
        assertThat(result.faults()).as(result.text()).isEmpty();
    }
}
