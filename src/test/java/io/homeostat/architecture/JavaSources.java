package io.homeostat.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Java files as syntax trees, parsed by the JDK's own compiler and not resolved.
final class JavaSources {
    private final List<CompilationUnitTree> units = new ArrayList<>();
    private final SourcePositions positions;

    private JavaSources(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager fileManager = compiler.getStandardFileManager(null, null, null);
        JavacTask task =
                (JavacTask)
                        compiler.getTask(
                                null,
                                fileManager,
                                null,
                                List.of("-proc:none"),
                                null,
                                fileManager.getJavaFileObjectsFromPaths(files));
        positions = Trees.instance(task).getSourcePositions();
        // Javac refuses to parse nothing.
        if (!files.isEmpty()) {
            task.parse().forEach(units::add);
        }
    }

    static JavaSources below(Path folder) {
        try {
            return new JavaSources(TextFiles.below(folder, ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<CompilationUnitTree> units() {
        return units;
    }

    /// Such as `engine/Engine.java:42`.
    String place(CompilationUnitTree unit, Tree tree) {
        String file = unit.getSourceFile().getName().replaceFirst(".*/(?=[^/]+/[^/]+$)", "");
        return file + ":" + unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    }

    long lineCount(CompilationUnitTree unit, Tree tree) {
        long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
        long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
        return last - first + 1;
    }
}
