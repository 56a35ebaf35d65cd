package io.homeostat.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A command that asks a running Homeostat: which one, with which token, and how to show the
/// answer.
abstract class Remote implements Callable<Integer> {
    private static final String ADDRESS = "http://127.0.0.1:8080";

    final Console console;
    private final Map<String, String> environment;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "where Homeostat is; else HOMEOSTAT_URL, else " + ADDRESS)
    private @Nullable String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "the file with the token; else HOMEOSTAT_TOKEN_FILE")
    private @Nullable Path tokenFile;

    @Option(names = "--json", description = "for machines")
    private boolean json;

    Remote(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public final Integer call() throws Problem, InterruptedException {
        return ask(new Server(address(), token()));
    }

    abstract int ask(Server server) throws Problem, InterruptedException;

    /// True when somebody said which one to ask.
    final boolean isNamed() {
        return server != null || !environment.getOrDefault("HOMEOSTAT_URL", "").isEmpty();
    }

    final boolean isJson() {
        return json;
    }

    private URI address() throws Problem {
        String text = server == null ? environment.getOrDefault("HOMEOSTAT_URL", ADDRESS) : server;
        try {
            URI address = URI.create(text.strip());
            if (address.getHost() != null
                    && String.valueOf(address.getScheme()).matches("https?")) {
                return address;
            }
        } catch (IllegalArgumentException bad) {
            throw noAddress(text, bad);
        }
        throw noAddress(text, null);
    }

    private static Problem noAddress(String text, @Nullable Throwable cause) {
        String message =
                "'%s' is no address of Homeostat; write it like %s".formatted(text, ADDRESS);
        return Problem.usage(message, cause);
    }

    private @Nullable String token() throws Problem {
        String named = environment.getOrDefault("HOMEOSTAT_TOKEN_FILE", "");
        Path file = tokenFile == null && !named.isEmpty() ? Path.of(named) : tokenFile;
        if (file == null) {
            return null;
        }
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException missing) {
            throw new Problem(
                    "The token file %s cannot be read (%s)."
                            .formatted(file, missing.getClass().getSimpleName()),
                    missing);
        }
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new Problem(
                    "The token file %s must hold one token and nothing else.".formatted(file));
        }
        return token;
    }
}
