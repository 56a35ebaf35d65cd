package io.homeostat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The documents name only what exists.
class MapTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern QUOTED = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)");

    /// Such as `engine/Engine.java` or `rules/nodes.drl`.
    private static final Pattern FILE = Pattern.compile("([\\w.-]+/)*[\\w-]+\\.(java|drl)");

    /// Such as `Engine.step` or `GuardRail.standard(cooldown)`.
    private static final Pattern MEMBER =
            Pattern.compile("([A-Z]\\w*)\\.([a-zA-Z]\\w*)(\\(.*\\))?");

    private static final List<String> FOREIGN_PACKAGES =
            List.of("java.lang.", "java.time.", "java.util.", "java.util.concurrent.");

    @Test
    void mapAndVocabularyNameOnlyWhatExists() {
        Map<String, String> types = sourceTextByTypeName();
        List<String> faults = new ArrayList<>();
        for (String name : List.of("map", "vocabulary", "words")) {
            Path document = Path.of("docs", name + ".md");
            if (Files.exists(document)) {
                matches(QUOTED, TextFiles.read(document))
                        .map(found -> found.group(1).strip())
                        .filter(quoted -> !exists(quoted, types))
                        .forEach(quoted -> faults.add(document + " names `" + quoted + "`"));
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void linksLeadSomewhere() {
        List<String> faults = new ArrayList<>();
        for (Path document : documents()) {
            matches(LINK, FENCE.matcher(TextFiles.read(document)).replaceAll(""))
                    .map(found -> found.group(1).replaceFirst("#.*", ""))
                    .filter(target -> !target.isEmpty() && !target.matches("(?i)[a-z+]+:.*"))
                    .filter(target -> !Files.exists(document.resolveSibling(target)))
                    .forEach(target -> faults.add(document + " links to " + target));
        }
        assertThat(faults).isEmpty();
    }

    private static boolean exists(String quoted, Map<String, String> types) {
        if (FILE.matcher(quoted).matches()) {
            // Named with its folder it must be there; without, it may be anywhere.
            return Stream.of(Path.of(""), Path.of("rules"), TextFiles.MAIN, TextFiles.TEST)
                            .anyMatch(folder -> Files.exists(folder.resolve(quoted)))
                    || types.containsKey(quoted.replace(".java", ""));
        }
        return MEMBER.matcher(quoted)
                .results()
                .filter(found -> found.group().equals(quoted))
                .allMatch(found -> memberExists(found.group(1), found.group(2), types));
    }

    private static boolean memberExists(String type, String member, Map<String, String> types) {
        String source = types.get(type);
        if (source == null) {
            return FOREIGN_PACKAGES.stream().anyMatch(prefix -> isForeign(prefix + type));
        }
        return Pattern.compile("\\b" + member + "\\b").matcher(source).find();
    }

    private static boolean isForeign(String className) {
        try {
            Class.forName(className, false, MapTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Map<String, String> sourceTextByTypeName() {
        Map<String, String> types = new HashMap<>();
        for (Path folder : List.of(TextFiles.MAIN, TextFiles.TEST)) {
            for (CompilationUnitTree unit : JavaSources.below(folder).units()) {
                String text = TextFiles.read(Path.of(unit.getSourceFile().getName()));
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitClass(ClassTree type, Void unused) {
                        types.merge(type.getSimpleName().toString(), text, String::concat);
                        return super.visitClass(type, null);
                    }
                }.scan(unit, null);
            }
        }
        return types;
    }

    private static List<Path> documents() {
        return Stream.concat(
                        Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
                                .map(Path::of)
                                .filter(Files::exists),
                        TextFiles.below(Path.of("docs"), ".md").stream())
                .toList();
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
