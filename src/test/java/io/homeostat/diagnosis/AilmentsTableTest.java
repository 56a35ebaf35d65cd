package io.homeostat.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tables in docs/self-healing.md name the ailments and causes that there are.
final class AilmentsTableTest {
    private static final Path DOCUMENT = Path.of("docs/self-healing.md");

    private static SortedSet<String> rows(String cells) throws IOException {
        SortedSet<String> found = new TreeSet<>();
        Pattern.compile("(?m)^\\| `([\\w-]+)` \\|" + cells)
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(MatchResult::group)
                .map(row -> row.replaceFirst("^\\| `([\\w-]+)`.*", "$1"))
                .forEach(found::add);
        return found;
    }

    @Test
    void everyAilmentHasARowWithItsSeverity() throws IOException {
        assertThat(rows(" (critical|warning) \\|"))
                .containsExactlyElementsOf(
                        Stream.of(Ailment.class.getPermittedSubclasses())
                                .map(Class::getSimpleName)
                                .sorted()
                                .toList());
    }

    @Test
    void everyCauseThatATaskDoesNotStartHasARow() throws IOException {
        List<String> causes = Arrays.stream(StartFault.values()).map(StartFault::word).toList();

        assertThat(rows("")).containsAll(causes);
    }
}
