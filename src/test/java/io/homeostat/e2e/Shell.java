package io.homeostat.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs the testbed's programs and gives their output back.
public final class Shell {
    private static final long PATIENCE_SECONDS = 180;

    private Shell() {}

    static Path home() {
        return Path.of("").toAbsolutePath();
    }

    /// Runs a program of `deploy/testbed`.
    ///
    /// @throws IllegalStateException with its output when it fails or takes too long
    public static String testbed(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home().resolve("deploy/testbed").resolve(program).toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    /// Runs a client of the first machine's engine, which is a manager.
    static String docker(String... arguments) {
        return docker(Map.of(), arguments);
    }

    /// Runs that client with these variables beside our own.
    static String docker(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home().resolve("deploy/testbed/swarm-testbed").toString());
        command.addAll(List.of("docker", "1"));
        command.addAll(List.of(arguments));
        return run(command, environment);
    }

    /// Runs a program; its output goes through a file, since the testbed's own processes live on
    /// and keep pipes open.
    static String run(List<String> command) {
        return run(command, Map.of());
    }

    private static String run(List<String> command, Map<String, String> environment) {
        try {
            Path output = Files.createTempFile("homeostat-e2e", ".out");
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            Process process =
                    builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String text = Files.readString(output);
            Files.delete(output);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(
                        "%s failed:%n%s".formatted(String.join(" ", command), text));
            }
            return text;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, interrupted);
        }
    }
}
