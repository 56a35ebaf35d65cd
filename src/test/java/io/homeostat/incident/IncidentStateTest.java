package io.homeostat.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The states of an incident are a table, and this test draws it into the document.
class IncidentStateTest {
    private static final Path DOCUMENT = Path.of("docs/incidents.md");
    private static final String BEGIN = "<!-- drawn by IncidentStateTest -->\n";
    private static final String END = "<!-- end of the drawing -->\n";

    @Test
    void theDocumentShowsTheTable() throws IOException {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("homeostat.docs.write")) {
            Files.writeString(DOCUMENT, text.substring(0, begin) + drawn() + text.substring(end));
        } else {
            assertThat(text.substring(begin, end))
                    .as(
                            "%s; ./mvnw test -Dtest=IncidentStateTest -DargLine=-Dhomeostat.docs.write=true draws it anew",
                            DOCUMENT)
                    .isEqualTo(drawn());
        }
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

    @Test
    void takesEveryStepOfTheTableAndRefusesEveryOther() {
        for (IncidentState from : IncidentState.values()) {
            for (IncidentState to : IncidentState.values()) {
                Incident incident = incident(from);
                if (from == to || from.next().contains(to)) {
                    assertThat(incident.in(to, Instant.EPOCH).state()).isEqualTo(to);
                } else {
                    assertThatThrownBy(() -> incident.in(to, Instant.EPOCH))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("cannot go from %s to %s", from, to);
                }
            }
        }
    }

    private static Incident incident(IncidentState state) {
        return new Incident(
                "i1.1",
                Subject.service("web"),
                state,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                Sorted.copy(List.<String>of()),
                "slow",
                "",
                Sorted.copy(Map.<String, String>of()),
                0,
                "");
    }

    private static String drawn() {
        StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        text.append("    [*] --> ").append(word(IncidentState.OPEN)).append('\n');
        for (IncidentState.Step step : IncidentState.STEPS) {
            text.append("    %s --> %s%n".formatted(word(step.from()), word(step.to())));
        }
        text.append("    %s --> [*]%n".formatted(word(IncidentState.RESOLVED)));
        text.append("```\n\n| state | meaning |\n|---|---|\n");
        for (IncidentState state : IncidentState.values()) {
            text.append("| %s | %s |%n".formatted(word(state), state.meaning()));
        }
        text.append("\n| from | to | when |\n|---|---|---|\n");
        for (IncidentState.Step step : IncidentState.STEPS) {
            text.append(
                    "| %s | %s | %s |%n"
                            .formatted(word(step.from()), word(step.to()), step.when()));
        }
        return text.toString();
    }

    private static String word(IncidentState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
