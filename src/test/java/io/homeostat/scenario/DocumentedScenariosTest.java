package io.homeostat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.rules.Rulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scenarios shown in documents pass, with the bundled rules and the rule shown in the README.
class DocumentedScenariosTest {
    private static final Pattern SCENARIO = Pattern.compile("(?ms)^```yaml\\n(scenario: .*?)^```");
    private static final Pattern RULE = Pattern.compile("(?ms)^```\\w*\\n(rule .*?^end\\n)```");
    private static final Path README = Path.of("README.md");

    @Test
    void scenariosInDocumentsPass(@TempDir Path folder) throws IOException {
        ScenarioRunner runner = new ScenarioRunner(Rulebook.compile(rules()));
        List<String> failures = new ArrayList<>();
        for (Path document : List.of(README, Path.of("docs/writing-scenarios.md"))) {
            List<MatchResult> shown = found(SCENARIO, document);
            assertThat(shown).as("scenarios in %s", document).isNotEmpty();
            for (MatchResult each : shown) {
                Path file = folder.resolve(document.getFileName() + ".yaml");
                Files.writeString(file, each.group(1));
                Scenarios read = Scenarios.read(file);
                read.faults().forEach(fault -> failures.add(fault.toString()));
                for (Scenario scenario : read.sound()) {
                    ScenarioResult result = runner.run(scenario);
                    if (!result.passed()) {
                        failures.add(result.text());
                    }
                }
            }
        }

        assertThat(failures).isEmpty();
    }

    @Test
    void scenarioInTheReadmeFailsWithoutItsRule(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("readme.yaml");
        Files.writeString(file, found(SCENARIO, README).getFirst().group(1));
        ScenarioRunner runner = new ScenarioRunner(Rulebook.compile(RuleFiles.bundled()));

        ScenarioResult result = runner.run(Scenarios.read(file).sound().getFirst());

        assertThat(result.passed()).isFalse();
    }

    private static SortedMap<String, String> rules() throws IOException {
        SortedMap<String, String> rules = new TreeMap<>(RuleFiles.bundled());
        rules.put("readme.drl", found(RULE, README).getFirst().group(1));
        return rules;
    }

    private static List<MatchResult> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results().toList();
    }
}
