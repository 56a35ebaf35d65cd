package io.homeostat.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Runs a test only where a real Swarm can be had, and says what is missing elsewhere. In CI a
/// missing thing fails.
public final class RealSwarm implements ExecutionCondition {
    private static final List<String> PROGRAMS =
            List.of(
                    "dockerd",
                    "docker",
                    "containerd",
                    "runc",
                    "ip",
                    "nsenter",
                    "unshare",
                    "iptables",
                    "busybox",
                    "prometheus",
                    "prometheus-alertmanager",
                    "docker-registry",
                    "curl");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing = PROGRAMS.stream().filter(program -> !isInstalled(program)).toList();
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        if (missing.isEmpty() && isRoot) {
            return ConditionEvaluationResult.enabled("a real Swarm can be had here");
        }
        String reason =
                missing.isEmpty()
                        ? "a real Swarm in network namespaces needs root"
                        : "a real Swarm needs " + String.join(", ", missing) + " installed";
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI must run the tests on a real Swarm: " + reason);
        }
        // Surefire counts what it skips, and does not say why.
        System.err.println(context.getDisplayName() + " is not run: " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
        for (String folder : path.split(":", -1)) {
            if (Files.isExecutable(Path.of(folder.isEmpty() ? "." : folder, program))) {
                return true;
            }
        }
        return false;
    }
}
