package io.homeostat.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class IncidentStateTest {
    private static final Path DOCUMENT = Path.of("docs/incidents.md");
    private static final Pattern DRAWING = Pattern.compile("(?s)```mermaid\\n(.*?)```");

    /// When it fails, the drawing to put into the document is the expected one.
    @Test
    void drawingInTheDocumentIsTheCodes() throws IOException {
        Matcher drawing = DRAWING.matcher(Files.readString(DOCUMENT));

        assertThat(drawing.find()).as("%s has a drawing", DOCUMENT).isTrue();
        assertThat(drawing.group(1)).as("the drawing in %s", DOCUMENT).isEqualTo(drawn());
    }

    @Test
    void onlyTheEndHasNothingAfterIt() {
        for (IncidentState state : IncidentState.values()) {
            assertThat(state.next().isEmpty())
                    .as("%s is the end", state)
                    .isEqualTo(state == IncidentState.RESOLVED);
            assertThat(state.next()).as("after %s", state).doesNotContain(state);
        }
    }

    private static String drawn() {
        StringBuilder lines = new StringBuilder("stateDiagram-v2\n");
        lines.append("    [*] --> ").append(word(IncidentState.OPEN)).append('\n');
        for (IncidentState state : IncidentState.values()) {
            for (IncidentState next : state.next()) {
                lines.append("    %s --> %s\n".formatted(word(state), word(next)));
            }
            if (state.next().isEmpty()) {
                lines.append("    %s --> [*]\n".formatted(word(state)));
            }
        }
        return lines.toString();
    }

    private static String word(IncidentState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
