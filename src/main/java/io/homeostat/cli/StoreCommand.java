package io.homeostat.cli;

import io.homeostat.engine.StoreException;
import io.homeostat.store.Backup;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A command about the database itself, which is a file here: where it is, and how to say what
/// became of it.
abstract class StoreCommand implements Callable<Integer> {
    private static final String DATA = "data";

    final Console console;
    private final Path here;
    private final Map<String, String> environment;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "the data directory; else what HOMEOSTAT_STORE or HOMEOSTAT_DATA names, else "
                            + DATA)
    private @Nullable Path data;

    @Option(names = "--json", description = "for machines")
    private boolean json;

    StoreCommand(Console console, Home home, Map<String, String> environment) {
        this.console = console;
        this.here = home.here();
        this.environment = environment;
    }

    @Override
    public final Integer call() throws Problem {
        try {
            return run(backup());
        } catch (StoreException refused) {
            throw new Problem(sentence(String.valueOf(refused.getMessage())), refused);
        }
    }

    abstract int run(Backup backup) throws StoreException;

    final boolean isJson() {
        return json;
    }

    /// A path as the caller means it.
    final Path at(Path path) {
        return here.resolve(path);
    }

    private Backup backup() throws StoreException {
        String store = environment.getOrDefault("HOMEOSTAT_STORE", "");
        if (data == null && !store.isEmpty()) {
            return Backup.of(store);
        }
        String named = environment.getOrDefault("HOMEOSTAT_DATA", DATA);
        return Backup.of(at(data == null ? Path.of(named) : data));
    }

    static String size(long bytes) {
        return bytes < 1 << 20 ? (bytes >> 10) + " kB" : (bytes >> 20) + " MB";
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
