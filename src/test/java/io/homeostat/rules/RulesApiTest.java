package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules that operators wrote for the last release still hold. `src/test/resources/rules-api` has
/// what rules could use in each release; none of it is changed any more once that release is out.
/// The one of this version, when it is missing, is written by `./mvnw test -Dtest=RulesApiTest
/// -Dhomeostat.golden.write=true`.
class RulesApiTest {
    private static final Path FOLDER = Path.of("src/test/resources/rules-api");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>homeostat</artifactId>\\s*<version>(\\d+\\.\\d+)");
    private static final String DEPRECATED = " deprecated";

    @Test
    void nothingThatRulesCouldUseInTheLastReleaseIsGone() throws IOException {
        List<Path> releases = releases();
        Path own = FOLDER.resolve(version() + ".txt");
        if (!Files.exists(own) && Boolean.getBoolean("homeostat.golden.write")) {
            Files.writeString(own, String.join("\n", RulesApi.lines()) + "\n");
            releases = releases();
        }
        assertThat(releases).isNotEmpty();
        Path last = releases.getLast();

        assertThat(gone(Files.readAllLines(last), RulesApi.lines()))
                .as(
                        """
                        what rules could use in %s and cannot any more. Rules that operators wrote \
                        would break. Keep it for one release beside what replaces it, mark it \
                        @Deprecated, name the replacement in its comment and in CHANGELOG.md; what \
                        the last release had as deprecated may go\
                        """,
                        last)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Alert.name : String | Alert.name : String | false",
                "Alert.name : String | Alert.title : String | true",
                "Alert.name : String | Alert.name : Integer | true",
                "Alert.name : String | Alert.name : String? | true",
                "Alert.name : String? | Alert.name : String | false",
                "Alert.name : String | Alert.name : String deprecated | false",
                "Alert.name : String deprecated | Alert.title : String | false",
                "verb scaleTo( Service, int ) : Intent | verb scaleTo( Service ) : Intent | true",
            })
    void tellsWhatBreaksRulesFromWhatDoesNot(String before, String now, boolean breaks) {
        assertThat(gone(List.of(before), Set.of(now)).isEmpty()).isNotEqualTo(breaks);
    }

    @Test
    void describesTypesMembersAndVerbs() {
        assertThat(RulesApi.lines())
                .contains(
                        "type Alert",
                        "Alert.firing : boolean",
                        "Alert.label( String ) : String?",
                        "Alert.service : AlertedService?",
                        "Alert.Status.FIRING : Alert.Status",
                        "Service.labels : SortedMap<String, String>",
                        "Intent.because( Fact… ) : Intent",
                        "verb scaleTo( AlertedService, int ) : Intent");
    }

    private static SortedSet<String> gone(List<String> before, Set<String> now) {
        SortedSet<String> gone = new TreeSet<>();
        for (String line : before) {
            String kept = line.replace(DEPRECATED, "");
            boolean isThere =
                    now.stream()
                            .map(each -> each.replace(DEPRECATED, ""))
                            .anyMatch(each -> each.equals(kept) || (each + "?").equals(kept));
            if (!isThere && !line.endsWith(DEPRECATED)) {
                gone.add(line);
            }
        }
        return gone;
    }

    private static String version() throws IOException {
        Matcher matcher = VERSION.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(matcher.find()).as("the version in pom.xml").isTrue();
        return matcher.group(1);
    }

    /// The oldest first: 0.9 comes before 0.10.
    private static List<Path> releases() throws IOException {
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> releases = new ArrayList<>(files.toList());
            releases.sort(
                    Comparator.comparingInt((Path file) -> number(file, 0))
                            .thenComparingInt(file -> number(file, 1)));
            return releases;
        }
    }

    private static int number(Path file, int place) {
        return Integer.parseInt(
                file.getFileName().toString().replace(".txt", "").split("\\.", -1)[place]);
    }
}
