package io.homeostat.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The labels of services in docs/labels.md are those that are read.
class LabelTableTest {
    private static final Path DOCUMENT = Path.of("docs/labels.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(homeostat\\.[\\w.]+)` \\|(?: `(com\\.df\\.\\w+)`)? \\|");

    @Test
    void everyLabelThatIsReadHasARow() throws Exception {
        SortedSet<String> documented = new TreeSet<>();
        rows().forEach(row -> documented.add(row.group(1)));

        for (Field field : ServiceLabels.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && field.getType() == String.class) {
                assertThat(documented)
                        .as("rows of %s", DOCUMENT)
                        .contains((String) field.get(null));
            }
        }
    }

    @Test
    void everyRowIsOfALabelThatIsRead() throws IOException {
        String rules = rules();
        for (MatchResult row : rows().toList()) {
            assertThat(isRead(row.group(1)) || rules.contains('"' + row.group(1) + '"'))
                    .as("%s is read by ServiceLabels or by a rule", row.group(1))
                    .isTrue();
            if (row.group(2) != null) {
                assertThat(isRead(row.group(2))).as("%s is read", row.group(2)).isTrue();
            }
        }
    }

    /// A label that is read is said to be bad when its value makes no sense.
    private static boolean isRead(String label) {
        return ServiceLabels.read(Map.of(label, "no sense")).bad().containsKey(label);
    }

    private static Stream<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(DOCUMENT)).results();
    }

    private static String rules() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("rules"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
