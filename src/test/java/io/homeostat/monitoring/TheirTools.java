package io.homeostat.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Runs a test only where Prometheus' and Alertmanager's tools are installed, and says what is
/// missing elsewhere. In CI a missing thing fails.
final class TheirTools implements ExecutionCondition {
    private static final List<String> PROGRAMS = List.of("promtool", "amtool");

    /// How a program ended, and all that it said.
    record Ended(int status, String output) {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing = PROGRAMS.stream().filter(program -> !isInstalled(program)).toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("promtool and amtool are installed");
        }
        String reason =
                "it needs %s; Debian has them in prometheus and prometheus-alertmanager"
                        .formatted(String.join(" and ", missing));
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI must test deploy/monitoring: " + reason);
        }
        // Surefire counts what it skips, and does not say why.
        System.err.println(context.getDisplayName() + " is not run: " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(":", -1)) {
            if (Files.isExecutable(Path.of(folder.isEmpty() ? "." : folder, program))) {
                return true;
            }
        }
        return false;
    }

    static Ended run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output.strip());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command[0], interrupted);
        }
    }
}
