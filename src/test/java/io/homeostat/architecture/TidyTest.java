package io.homeostat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/// What the compiler cannot hold: the text of the sources and of the bundled rules.
class TidyTest {
    private static final int METHOD_LINES_MAX = 60;
    private static final int FILE_LINES_MAX = 400;

    /// Collections whose order is a hash's, or that hide whether they have one.
    private static final Pattern UNORDERED =
            Pattern.compile(
                    "\\b(Map|Set|HashMap|HashSet|Collection|EnumMap|EnumSet|ConcurrentHashMap)"
                            + "\\s*<");

    private static final Pattern RULE_IMPORT =
            Pattern.compile(
                    "import\\s+(io\\.homeostat\\.(fact|action)\\.[\\w.]*[\\w*]"
                            + "|java\\.time\\.(\\w+|\\*)"
                            + "|(static|function)\\s+io\\.homeostat\\.action\\.Verbs\\.(\\w+|\\*))"
                            + "\\s*;?");

    private static final Pattern RULE_BAN =
            Pattern.compile(
                    "\\b(global|modify|salience|dialect|getClass|kcontext)\\b|\\beval\\s*\\(");

    private static final JavaSources MAIN = JavaSources.below(TextFiles.MAIN);

    @Test
    void switchesNameEveryCase() {
        List<String> faults = new ArrayList<>();
        onSwitches((unit, cases) -> {
            for (CaseTree branch : cases) {
                if (isDefault(branch) && !throwsOnly(branch) && !overLiterals(cases)) {
                    faults.add(MAIN.place(unit, branch) + " has a default that goes on");
                }
            }
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void methodsAreShort() {
        List<String> faults = new ArrayList<>();
        for (JavaSources sources : List.of(MAIN, JavaSources.below(TextFiles.TEST))) {
            for (CompilationUnitTree unit : sources.units()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void unused) {
                        long lines = sources.lineCount(unit, method);
                        if (lines > METHOD_LINES_MAX) {
                            faults.add(sources.place(unit, method) + " has " + lines + " lines");
                        }
                        return super.visitMethod(method, null);
                    }
                }.scan(unit, null);
            }
        }
        assertThat(faults).as("methods longer than " + METHOD_LINES_MAX + " lines").isEmpty();
    }

    @Test
    void filesAreShort() {
        assertThat(javaFiles())
                .as("files longer than " + FILE_LINES_MAX + " lines")
                .filteredOn(file -> TextFiles.read(file).lines().count() > FILE_LINES_MAX)
                .isEmpty();
    }

    @Test
    void factsKeepTheirCollectionsInOrder() {
        List<String> faults = new ArrayList<>();
        for (CompilationUnitTree unit : JavaSources.below(TextFiles.MAIN.resolve("fact")).units()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitClass(ClassTree type, Void unused) {
                    if (type.getKind() == Tree.Kind.RECORD) {
                        components(type)
                                .filter(component -> UNORDERED.matcher(typeOf(component)).find())
                                .forEach(component ->
                                        faults.add(type.getSimpleName() + ": " + component));
                    }
                    return super.visitClass(type, null);
                }
            }.scan(unit, null);
        }
        assertThat(faults).as("components of facts whose order is not fixed").isEmpty();
    }

    @Test
    void rulesSpeakOnlyOfFactsAndActions() {
        List<String> faults = new ArrayList<>();
        for (Path file : ruleFiles()) {
            List<String> lines = withoutCommentsAndTexts(TextFiles.read(file)).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                Matcher ban = RULE_BAN.matcher(line);
                if (ban.find()) {
                    faults.add("%s:%d says '%s'".formatted(file, i + 1, ban.group()));
                }
                if (line.matches("import\\b.*") && !RULE_IMPORT.matcher(line).matches()) {
                    faults.add("%s:%d has '%s'".formatted(file, i + 1, line));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void testsWaitOnConditions() {
        String sleep = "Thread." + "sleep(";
        assertThat(TextFiles.below(TextFiles.TEST, ".java"))
                .as("tests that wait for a time instead of a condition")
                .filteredOn(file -> TextFiles.read(file).contains(sleep))
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        Pattern later = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
        assertThat(Stream.concat(javaFiles().stream(), ruleFiles().stream()))
                .as("files that put something off")
                .filteredOn(file -> later.matcher(TextFiles.read(file)).find())
                .isEmpty();
    }

    private static void onSwitches(
            BiConsumer<CompilationUnitTree, List<? extends CaseTree>> visitor) {
        for (CompilationUnitTree unit : MAIN.units()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitSwitch(SwitchTree tree, Void unused) {
                    visitor.accept(unit, tree.getCases());
                    return super.visitSwitch(tree, null);
                }

                @Override
                public Void visitSwitchExpression(SwitchExpressionTree tree, Void unused) {
                    visitor.accept(unit, tree.getCases());
                    return super.visitSwitchExpression(tree, null);
                }
            }.scan(unit, null);
        }
    }

    private static boolean isDefault(CaseTree branch) {
        return branch.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
    }

    private static boolean throwsOnly(CaseTree branch) {
        if (branch.getBody() instanceof BlockTree block) {
            return endsInThrow(block.getStatements());
        }
        return branch.getBody() instanceof ThrowTree
                || (branch.getStatements() != null && endsInThrow(branch.getStatements()));
    }

    private static boolean endsInThrow(List<? extends StatementTree> statements) {
        return !statements.isEmpty() && statements.getLast() instanceof ThrowTree;
    }

    /// Strings and numbers have no end, so a switch over them needs a default.
    private static boolean overLiterals(List<? extends CaseTree> cases) {
        List<? extends CaseLabelTree> named =
                cases.stream()
                        .flatMap(branch -> branch.getLabels().stream())
                        .filter(label -> !(label instanceof DefaultCaseLabelTree))
                        .toList();
        return !named.isEmpty()
                && named.stream()
                        .allMatch(label ->
                                label instanceof ConstantCaseLabelTree constant
                                        && constant.getConstantExpression() instanceof LiteralTree);
    }

    private static Stream<VariableTree> components(ClassTree type) {
        return type.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC));
    }

    private static String typeOf(VariableTree component) {
        return String.valueOf(component.getType());
    }

    /// Keeps the line numbers.
    private static String withoutCommentsAndTexts(String rules) {
        return Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"(\\\\.|[^\"\\\\\\n])*\"")
                .matcher(rules)
                .replaceAll(found -> found.group().replaceAll("[^\\n]", ""));
    }

    private static List<Path> javaFiles() {
        return Stream.of(TextFiles.MAIN, TextFiles.TEST)
                .flatMap(folder -> TextFiles.below(folder, ".java").stream())
                .toList();
    }

    private static List<Path> ruleFiles() {
        return Stream.of("rules", "src/main/resources")
                .flatMap(folder -> TextFiles.below(Path.of(folder), ".drl").stream())
                .toList();
    }
}
