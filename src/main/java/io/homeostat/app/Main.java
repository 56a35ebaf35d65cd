package io.homeostat.app;

import io.homeostat.engine.StoreException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// Starts the program: `serve` for a real cluster, `demo` for a simulated one.
@QuarkusMain
public final class Main {
    private static final int WRONG_USAGE = 2;

    /// What a demonstration sets unless told otherwise: everything in seconds, and auto on its own
    /// cluster.
    private static final Map<String, String> DEMO =
            Map.ofEntries(
                    Map.entry("homeostat.cluster", "simulated"),
                    Map.entry("homeostat.cluster.name", "demo"),
                    Map.entry("homeostat.autonomy", "auto"),
                    Map.entry("homeostat.scale.every", "6s"),
                    Map.entry("homeostat.scale.up-after", "2s"),
                    Map.entry("homeostat.scale.down-after", "4s"),
                    Map.entry("homeostat.scale.hold", "2s"),
                    Map.entry("homeostat.pace.cooldown", "3s"),
                    Map.entry("homeostat.pace.settle", "5s"),
                    Map.entry("homeostat.alerts.grace", "3s"),
                    Map.entry("homeostat.incident.quiet", "4s"),
                    Map.entry("homeostat.loop.tick", "500ms"));

    Main() {}

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        String command = words.isEmpty() ? "serve" : words.getFirst();
        switch (command) {
            case "serve" -> serve(words);
            case "demo" -> demo(words.size() > 1 ? words.subList(1, words.size()) : List.of());
            default ->
                    refuse(
                            "'"
                                    + command
                                    + "' is not known here; ./homeostat --help lists the commands");
        }
    }

    private static void serve(List<String> words) {
        if (words.size() > 1) {
            refuse(
                    "serve takes no arguments; settings come from homeostat.* properties or HOMEOSTAT_… variables (docs/configuration.md)");
        }
        run(Mode.SERVE);
    }

    private static void demo(List<String> words) {
        if (!words.isEmpty()) {
            boolean breaks = words.size() == 2 && words.getFirst().equals("--break");
            if (!breaks) {
                refuse("demo takes nothing, or --break NAME while a demo is running");
            }
            System.exit(new Saboteur(System.out, System.err).cause(words.get(1)));
        }
        Config config = ConfigProvider.getConfig();
        DEMO.forEach((name, value) -> {
            if (config.getOptionalValue(name, String.class).isEmpty()) {
                System.setProperty(name, value);
            }
        });
        if (config.getOptionalValue("homeostat.data", String.class).isEmpty()) {
            System.setProperty("homeostat.data", emptyFolder());
        }
        System.setProperty("quarkus.log.level", "WARN");
        run(Mode.DEMO);
    }

    private static String emptyFolder() {
        try {
            return Files.createTempDirectory("homeostat-demo").toString();
        } catch (IOException full) {
            return refuse(
                    "a demo needs a temporary directory, and none could be made: "
                            + full.getMessage());
        }
    }

    private static void run(Mode mode) {
        Configured configured = Configured.read(ConfigProvider.getConfig());
        if (!configured.faults().isEmpty()) {
            refuse(String.join("\n", configured.faults()));
        }
        System.setProperty(Mode.PROPERTY, mode.name());
        System.setProperty("quarkus.http.host", configured.settings().http().host());
        System.setProperty(
                "quarkus.http.port", String.valueOf(configured.settings().http().port()));
        Quarkus.run(Program.class, Main::ended);
    }

    /// Told in one sentence: the stack is for us, the sentence for the operator.
    private static void ended(int code, Throwable problem) {
        if (problem != null) {
            Throwable cause = problem;
            // What the store says is whole; below it are the words of the disk.
            while (cause.getCause() != null && !(cause instanceof StoreException)) {
                cause = cause.getCause();
            }
            System.err.println("Homeostat could not start: " + cause.getMessage());
            System.exit(1);
        }
        System.exit(code);
    }

    private static String refuse(String text) {
        System.err.println(text);
        System.exit(WRONG_USAGE);
        throw new IllegalStateException("unreachable after exit");
    }
}
