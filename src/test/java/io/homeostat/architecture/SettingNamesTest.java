package io.homeostat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Documents name only settings and labels that there are. The tables they are held against are
/// themselves held against the code.
class SettingNamesTest {
    private static final Path DOCS = Path.of("docs");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(homeostat\\.[\\w.-]+)` \\|");
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w./-])homeostat\\.[a-z]+([.-][a-z]+)*");

    /// The labels of a metric, whose name is up to whoever writes them; `labels.md` says NAME.
    private static final Pattern OF_METRIC =
            Pattern.compile("homeostat\\.metric\\.[\\w-]+\\.(query|target|type)\\b");

    private static final Pattern VARIABLE = Pattern.compile("\\bHOMEOSTAT_[A-Z_]+");

    @Test
    void documentsNameOnlySettingsAndLabelsThatThereAre() {
        SortedSet<String> settings = rows("configuration.md");
        SortedSet<String> known = new TreeSet<>(settings);
        known.addAll(rows("labels.md"));
        SortedSet<String> variables = new TreeSet<>();
        settings.forEach(name -> variables.add(variable(name)));
        List<String> faults = new ArrayList<>();
        for (Path document : documents()) {
            String text = OF_METRIC.matcher(TextFiles.read(document)).replaceAll("");
            found(NAME, text)
                    .filter(name -> !known.contains(name))
                    .forEach(name -> faults.add(document + " names " + name));
            found(VARIABLE, text)
                    .filter(name -> !variables.contains(name))
                    .forEach(name -> faults.add(document + " names " + name));
        }

        assertThat(settings).isNotEmpty();
        assertThat(faults).isEmpty();
    }

    /// As the environment names a setting.
    private static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private static SortedSet<String> rows(String document) {
        SortedSet<String> names = new TreeSet<>();
        ROW.matcher(TextFiles.read(DOCS.resolve(document)))
                .results()
                .forEach(row -> names.add(row.group(1)));
        return names;
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(name -> name.group()).distinct();
    }

    private static List<Path> documents() {
        return Stream.concat(
                        Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
                                .map(Path::of)
                                .filter(Files::exists),
                        TextFiles.below(DOCS, ".md").stream())
                .toList();
    }
}
