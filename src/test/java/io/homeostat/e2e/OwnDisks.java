package io.homeostat.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A mount namespace of a test's own: disks that are mounted in it are seen by nobody else and are
/// gone with it.
final class OwnDisks implements AutoCloseable {
    /// Runs a test only where disks can be mounted, and says what is missing elsewhere. In CI a
    /// missing thing fails.
    static final class Wanted implements ExecutionCondition {
        private static final List<String> PROGRAMS =
                List.of("unshare", "nsenter", "mount", "umount", "losetup", "mkfs.ext4", "chattr");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String reason = missing();
            if (reason.isEmpty()) {
                return ConditionEvaluationResult.enabled("disks can be mounted here");
            }
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("CI must run the tests on sick disks: " + reason);
            }
            // Surefire counts what it skips, and does not say why.
            System.err.println(context.getDisplayName() + " is not run: " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }

        private static String missing() {
            List<String> missing = PROGRAMS.stream().filter(each -> !isInstalled(each)).toList();
            if (!missing.isEmpty()) {
                return "mounting disks needs " + String.join(", ", missing) + " installed";
            }
            if (!"root".equals(System.getProperty("user.name"))) {
                return "mounting disks needs root";
            }
            return Files.exists(Path.of("/dev/loop-control"))
                    ? ""
                    : "a disk in a file needs /dev/loop-control";
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

    private final Process holder;

    OwnDisks() {
        try {
            // It lives, and the namespace with it, until its input ends.
            holder = new ProcessBuilder("unshare", "-m", "sh", "-c", "echo ready; cat").start();
            BufferedReader output =
                    new BufferedReader(
                            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
            if (!"ready".equals(output.readLine())) {
                throw new IllegalStateException("there is no mount namespace of our own");
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// A command as it is to be run to see these disks.
    List<String> inside(List<String> command) {
        List<String> inside =
                new ArrayList<>(List.of("nsenter", "-t", String.valueOf(holder.pid()), "-m", "--"));
        inside.addAll(command);
        return inside;
    }

    /// Runs a command line inside, and gives its output back.
    ///
    /// @throws IllegalStateException with its output when it fails
    String run(String line) {
        return Shell.run(inside(List.of("sh", "-c", line)));
    }

    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
            if (!holder.waitFor(10, TimeUnit.SECONDS)) {
                holder.destroyForcibly();
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            holder.destroyForcibly();
        }
    }
}
