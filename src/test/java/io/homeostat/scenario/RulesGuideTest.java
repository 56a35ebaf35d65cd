package io.homeostat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.rules.Rulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every rule that the guide shows is one, and does what the scenarios beside it say: those of a
/// section are played with the rules of that section and the bundled ones.
class RulesGuideTest {
    private static final Path GUIDE = Path.of("docs/rules.md");
    private static final Pattern SECTION =
            Pattern.compile("(?ms)^## ([^\\n]+)\\n(.*?)(?=^## |\\z)");
    private static final Pattern RULES = Pattern.compile("(?ms)^```drl\\n(.*?)^```");
    private static final Pattern SCENARIOS = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

    /// What a section of the guide shows.
    record Lesson(String title, List<String> rules, List<String> scenarios) {
        SortedMap<String, String> files() {
            SortedMap<String, String> files = new TreeMap<>();
            for (String rule : rules) {
                files.put("guide-%d.drl".formatted(files.size()), rule);
            }
            return files;
        }
    }

    @Test
    void everyRuleIsOneAndHasScenariosBesideIt() throws IOException {
        List<Lesson> lessons = lessons();

        assertThat(lessons).hasSizeGreaterThan(3);
        for (Lesson lesson : lessons) {
            assertThat(Rulebook.compile(lesson.files()).faults())
                    .as("findings in %s", lesson.title())
                    .isEmpty();
            assertThat(lesson.rules()).as("rules in %s", lesson.title()).isNotEmpty();
            assertThat(lesson.scenarios()).as("scenarios in %s", lesson.title()).isNotEmpty();
        }
    }

    @Test
    void everyScenarioPasses(@TempDir Path folder) throws IOException {
        List<String> failures = new ArrayList<>();
        for (Lesson lesson : lessons()) {
            for (ScenarioResult result : played(lesson, lesson.files(), folder)) {
                if (!result.passed()) {
                    failures.add(lesson.title() + ": " + result.text());
                }
            }
        }

        assertThat(failures).isEmpty();
    }

    @Test
    void everyLessonHasAScenarioThatFailsWithoutItsRules(@TempDir Path folder) throws IOException {
        for (Lesson lesson : lessons()) {
            assertThat(played(lesson, new TreeMap<>(), folder))
                    .as("scenarios of %s without its rules", lesson.title())
                    .anyMatch(result -> !result.passed());
        }
    }

    private static List<ScenarioResult> played(
            Lesson lesson, Map<String, String> rules, Path folder) throws IOException {
        SortedMap<String, String> all = new TreeMap<>(RuleFiles.bundled());
        all.putAll(rules);
        ScenarioRunner runner = new ScenarioRunner(Rulebook.compile(all));
        List<ScenarioResult> results = new ArrayList<>();
        for (String scenarios : lesson.scenarios()) {
            Path file = folder.resolve("guide.yaml");
            Files.writeString(file, scenarios);
            Scenarios read = Scenarios.read(file);
            assertThat(read.faults()).as("scenarios of %s", lesson.title()).isEmpty();
            read.sound().forEach(scenario -> results.add(runner.run(scenario)));
        }
        return results;
    }

    private static List<Lesson> lessons() throws IOException {
        List<Lesson> lessons = new ArrayList<>();
        for (MatchResult section : SECTION.matcher(Files.readString(GUIDE)).results().toList()) {
            Lesson lesson =
                    new Lesson(
                            section.group(1),
                            shown(RULES, section.group(2)),
                            shown(SCENARIOS, section.group(2)));
            if (!lesson.rules().isEmpty() || !lesson.scenarios().isEmpty()) {
                lessons.add(lesson);
            }
        }
        return lessons;
    }

    private static List<String> shown(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
