package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Fact;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents tell operators of rules is so.
class WritingRulesTest {
    private static final Path GUIDE = Path.of("docs/writing-rules.md");
    private static final Pattern RULE = Pattern.compile("(?ms)^```\\w*\\n(rule .*?^end\\n)```");
    private static final Pattern FACT =
            Pattern.compile("(?m)^\\| `([A-Z]\\w*)` \\| [^|]+ \\| ([^|]+) \\|$");
    private static final Pattern VERB = Pattern.compile("(?m)^\\| `([a-z]\\w*)\\( ");
    private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");

    /// Said of all facts, or of no use in a rule.
    private static final Set<String> SAID_ELSEWHERE =
            Set.of("subject", "alerted", "toString", "hashCode", "equals");

    @Test
    void rulesInTheDocumentsPassTheCheck() throws IOException {
        SortedMap<String, String> rules = new TreeMap<>();
        for (String document : List.of("README.md", GUIDE.toString())) {
            List<MatchResult> found = RULE.matcher(read(Path.of(document))).results().toList();
            assertThat(found).as("rules in %s", document).isNotEmpty();
            for (int i = 0; i < found.size(); i++) {
                String name = document.replace(".md", "-" + i + ".drl");
                assertThat(RuleCheck.check(new TreeMap<>(Map.of(name, found.get(i).group(1)))))
                        .as("faults of rule %d in %s", i, document)
                        .isEmpty();
                rules.put(name, found.get(i).group(1));
            }
        }
        assertThat(rules).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void everyFactIsInTheGuideWithAllItsFields() throws IOException {
        SortedMap<String, SortedSet<String>> written = new TreeMap<>();
        for (MatchResult row : FACT.matcher(read(GUIDE)).results().toList()) {
            written.put(row.group(1), quoted(row.group(2)));
        }
        SortedMap<String, SortedSet<String>> real = new TreeMap<>();
        for (Class<?> type : Vocabulary.OURS) {
            if (Fact.class.isAssignableFrom(type) && type != Fact.class) {
                real.put(type.getSimpleName(), fields(type));
            }
        }
        assertThat(written).as("the table of facts in %s", GUIDE).isEqualTo(real);
    }

    @Test
    void everyVerbIsInTheGuide() throws IOException {
        List<String> verbs =
                VERB.matcher(read(GUIDE)).results().map(row -> row.group(1)).sorted().toList();

        assertThat(verbs)
                .as("the table of verbs in %s", GUIDE)
                .isEqualTo(List.copyOf(Vocabulary.VERBS));
    }

    private static SortedSet<String> fields(Class<?> type) {
        SortedSet<String> fields = new TreeSet<>();
        for (Method method : type.getDeclaredMethods()) {
            boolean readable =
                    Modifier.isPublic(method.getModifiers())
                            && method.getParameterCount() == 0
                            && !Modifier.isStatic(method.getModifiers());
            String name = property(method.getName());
            if (readable && !SAID_ELSEWHERE.contains(name)) {
                fields.add(name);
            }
        }
        return fields;
    }

    /// Drools reads `isFiring` as `firing`.
    private static String property(String method) {
        return method.matches("is[A-Z].*")
                ? Character.toLowerCase(method.charAt(2)) + method.substring(3)
                : method;
    }

    private static SortedSet<String> quoted(String text) {
        SortedSet<String> words = new TreeSet<>();
        try (Stream<MatchResult> found = QUOTED.matcher(text).results()) {
            found.forEach(word -> words.add(word.group(1)));
        }
        return words;
    }

    private static String read(Path document) throws IOException {
        return Files.readString(document);
    }
}
