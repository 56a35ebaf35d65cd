package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
    /// What makes facts, and is never part of one.
    private static final Set<String> MAKERS = Set.of("Sorted", "ServiceLabels");

    @Test
    void knowsEveryTypeThatFactsConsistOf() {
        Set<String> expected = new TreeSet<>();
        for (JavaClass type :
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.homeostat.fact")) {
            if (type.getModifiers().contains(JavaModifier.PUBLIC)
                    && type.getEnclosingClass().isEmpty()
                    && !MAKERS.contains(type.getSimpleName())) {
                expected.add(type.getSimpleName());
            }
        }

        Set<String> known = new TreeSet<>();
        Vocabulary.OURS.forEach(type -> known.add(type.getSimpleName()));
        assertThat(known)
                .as("a new type of fact is added to Vocabulary.OURS, so that rules may name it")
                .isEqualTo(expected);
    }

    @Test
    void knowsTheVerbsAndNotWhatSupportsThem() {
        assertThat(Vocabulary.VERBS).contains("scaleUp", "escalate").doesNotContain("wished");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getClass",
                "class",
                "forName",
                "now",
                "exec",
                "exit",
                "getenv",
                "getProperty",
                "wait",
                "notify",
                "hashCode",
                "getInteger",
                "getLong",
                "getBoolean",
                "repeat",
                "intern",
                "invoke",
                "getMethod",
                "newInstance",
                "loadClass",
                "random",
                "format"
            })
    void knowsNoMemberThatReadsWhatIsAround(String member) {
        assertThat(Vocabulary.asMember(member)).isFalse();
        assertThat(Vocabulary.inConditions(member)).isFalse();
        assertThat(Vocabulary.inConsequence(member)).isFalse();
    }
}
