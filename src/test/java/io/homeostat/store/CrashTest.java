package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.Inbox.Received;
import io.homeostat.engine.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that takes signals in is killed without warning, again and again.
@Tag("crash")
final class CrashTest {
    private static final int ROUNDS = 3;

    @TempDir Path directory;

    @Test
    void losesNothingThatWasConfirmedBeforeTheKill() throws Exception {
        List<Long> confirmed = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            Process process = start();
            try (BufferedReader output =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8))) {
                for (int i = 0; i < 50 * round; i++) {
                    confirmed.add(Long.parseLong(line(output)));
                }
                process.toHandle().destroyForcibly(); // the process would close its output, too
                confirmed.addAll(rest(output));
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

            assertThat(unread()).containsAll(confirmed);
        }
    }

    private static String line(BufferedReader output) throws IOException {
        String line = output.readLine();
        assertThat(line).as("the process goes on until it is killed").isNotNull();
        return String.valueOf(line);
    }

    /// What it confirmed between our decision to kill it and its end; the last line may be torn.
    private static List<Long> rest(BufferedReader output) throws IOException {
        List<Long> ids = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[4096];
        for (int n = output.read(buffer); n > 0; n = output.read(buffer)) {
            text.append(buffer, 0, n);
        }
        String whole = text.substring(0, text.lastIndexOf("\n") + 1);
        whole.lines().forEach(line -> ids.add(Long.parseLong(line)));
        return ids;
    }

    private List<Long> unread() throws StoreException {
        try (SqlStore store = SqlStore.open(directory, "test", InstantSource.system())) {
            return store.unread(Integer.MAX_VALUE).stream().map(Received::id).toList();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Takes signals in from several threads, and prints the ID of each only once it is confirmed.
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) throws Exception {
            SqlStore store = SqlStore.open(Path.of(args[0]), "test", InstantSource.system());
            for (int i = 0; i < 8; i++) {
                Thread.ofPlatform().start(() -> accept(store));
            }
        }

        private static void accept(SqlStore store) {
            try {
                while (true) {
                    String id = store.accept(Turns.signal("x")) + "\n";
                    synchronized (System.out) {
                        System.out.print(id);
                        System.out.flush();
                    }
                }
            } catch (StoreException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
