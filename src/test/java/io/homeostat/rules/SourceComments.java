package io.homeostat.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// What the comments in the sources say of types and their members: under `Alert` of the type,
/// under `Alert.name` of a component, a method, or a constant.
final class SourceComments {
    private static final Pattern PARAMETER =
            Pattern.compile("(?s)@param (\\w+) (.*?)(?=\\n\\s*@\\w|$)");
    private static final Pattern LINK = Pattern.compile("\\[#?([\\w.#()]+)]");

    private final SortedMap<String, String> texts = new TreeMap<>();

    private SourceComments() {}

    static SourceComments below(Path... folders) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            SourceComments comments = new SourceComments();
            for (Path folder : folders) {
                JavacTask task =
                        (JavacTask)
                                compiler.getTask(
                                        null,
                                        files,
                                        null,
                                        List.of("-proc:none"),
                                        null,
                                        files.getJavaFileObjectsFromPaths(sources(folder)));
                comments.read(task);
            }
            return comments;
        }
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    /// What is said of it, in one line; null when nothing is.
    @Nullable String of(String name) {
        return texts.get(name);
    }

    private void read(JavacTask task) throws IOException {
        DocTrees docs = DocTrees.instance(task);
        for (CompilationUnitTree unit : task.parse()) {
            new TreePathScanner<@Nullable Void, String>() {
                @Override
                public @Nullable Void visitClass(ClassTree type, String owner) {
                    String name = owner + type.getSimpleName();
                    add(name);
                    return super.visitClass(type, name + ".");
                }

                @Override
                public @Nullable Void visitMethod(MethodTree method, String owner) {
                    add(owner + method.getName());
                    return null;
                }

                @Override
                public @Nullable Void visitVariable(VariableTree variable, String owner) {
                    if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
                        add(owner + variable.getName());
                    }
                    return null;
                }

                private void add(String name) {
                    String comment = docs.getDocComment(getCurrentPath());
                    if (comment != null) {
                        keep(name, comment);
                    }
                }
            }.scan(unit, "");
        }
    }

    private void keep(String name, String comment) {
        String text = comment.strip();
        for (Matcher found = PARAMETER.matcher(text); found.find(); ) {
            texts.putIfAbsent(name + "." + found.group(1), line(found.group(2)));
        }
        String said = text.replaceFirst("(?s)(^|\\n)\\s*@\\w.*", "");
        if (!said.isBlank()) {
            texts.putIfAbsent(name, line(said));
        }
    }

    private static String line(String text) {
        String plain =
                LINK.matcher(text)
                        .replaceAll(link ->
                                "`" + link.group(1).replace('#', '.').replace("()", "") + "`");
        return plain.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    }
}
