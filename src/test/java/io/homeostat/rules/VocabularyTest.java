package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.homeostat.fact.Alert;
import io.homeostat.fact.AlertedService;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Subject;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
    @Test
    void knowsEveryFactAndWhatFactsConsistOf() {
        Set<Class<?>> expected = new HashSet<>();
        for (JavaClass type :
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.homeostat.fact")) {
            if (type.isAssignableTo(Fact.class)) {
                addWithParts(type.reflect(), expected);
            }
        }

        assertThat(expected).contains(Alert.class, AlertedService.class, Subject.class);
        assertThat(Vocabulary.OURS)
                .as("a new fact is added to Vocabulary.OURS, so that rules may name it")
                .containsAll(expected);
    }

    private static void addWithParts(Class<?> type, Set<Class<?>> types) {
        Class<?> outermost = type.getEnclosingClass() == null ? type : type.getEnclosingClass();
        if (type.isArray()
                || !type.getPackageName().equals("io.homeostat.fact")
                || !types.add(outermost)) {
            return;
        }
        for (Method method : type.getMethods()) {
            addWithParts(method.getReturnType(), types);
        }
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
