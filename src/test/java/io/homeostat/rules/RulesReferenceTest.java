package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The reference of facts and verbs is the code's. It is written by `./mvnw test
/// -Dtest=RulesReferenceTest -Dhomeostat.golden.write=true`.
class RulesReferenceTest {
    private static final Path REFERENCE = Path.of("docs/rules-reference.md");

    @Test
    void isWhatTheCodeSays() throws IOException {
        RulesReference reference =
                new RulesReference(
                        SourceComments.below(
                                Path.of("src/main/java/io/homeostat/fact"),
                                Path.of("src/main/java/io/homeostat/action")));

        String text = reference.text();

        assertThat(reference.unexplained())
                .as("what rules may use and no comment explains")
                .isEmpty();
        if (Boolean.getBoolean("homeostat.golden.write")) {
            Files.writeString(REFERENCE, text);
        }
        assertThat(Files.readString(REFERENCE))
                .as(REFERENCE + "; -Dhomeostat.golden.write=true writes it anew")
                .isEqualTo(text);
    }
}
