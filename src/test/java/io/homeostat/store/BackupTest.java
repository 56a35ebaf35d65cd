package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.engine.Inbox.Received;
import io.homeostat.engine.Memo;
import io.homeostat.engine.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {
    private static final InstantSource NOON =
            InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

    @TempDir Path directory;

    private Path data;
    private Path file;
    private Backup backup;

    @BeforeEach
    void name() {
        data = directory.resolve("data");
        file = directory.resolve("monday.db");
        backup = Backup.of(data);
    }

    private SqlStore open() throws StoreException {
        return SqlStore.open(data, "test", InstantSource.system());
    }

    // --- writing ---

    @Test
    void copiesAStoppedStoreForItsOwnersEyesOnlyAndSaysWhatIsInIt() throws Exception {
        try (SqlStore store = open()) {
            store.commit(Turns.turn(1).keeping(new Memo.Count("a", 1)).done());
            store.commit(Turns.turn(2).done());
        }

        Backup.Content content = backup.write(file, false);

        assertThat(content).isEqualTo(new Backup.Content(Files.size(file), 2, Turns.at(2)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(names(directory)).as("nothing else").containsExactly("data", "monday.db");
    }

    @Test
    void copiesAWholeStateBesideABusyWriter() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong turns = new AtomicLong();
        try (SqlStore store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer = threads.submit(() -> write(store, turns, done));
            Awaitility.await().until(() -> turns.get() > 20);

            long before = turns.get();
            Backup.Content content = backup.write(file, false);
            assertThat(content.turns()).isGreaterThanOrEqualTo(before);
            Awaitility.await().until(() -> turns.get() > content.turns());
            done.set(true);
            writer.get();

            // Each turn takes its signal and counts itself: a state between two would be torn.
            backup.write(file, true);
        }
        Backup other = Backup.of(directory.resolve("other"));
        long copied = other.restore(file, NOON).content().turns();
        try (SqlStore store =
                SqlStore.open(directory.resolve("other"), "test", InstantSource.system())) {
            assertThat(store.recover().turn()).isEqualTo(copied);
            assertThat(store.recover().records())
                    .containsExactly(new Memo.Count("turns", (int) copied));
            assertThat(store.unread(9)).isEmpty();
        }
    }

    private static boolean write(SqlStore store, AtomicLong turns, AtomicBoolean done)
            throws StoreException {
        while (!done.get()) {
            long turn = turns.get() + 1;
            long signal = store.accept(Turns.signal("s"));
            Memo count = new Memo.Count("turns", (int) turn);
            store.commit(Turns.turn(turn).taking(signal).keeping(count).done());
            turns.set(turn);
        }
        return true;
    }

    @Test
    void overwritesNothingUnlessTold() throws Exception {
        open().close();
        Files.writeString(file, "precious");

        assertThatThrownBy(() -> backup.write(file, false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("exists and is left as it is");
        assertThat(file).hasContent("precious");

        assertThat(backup.write(file, true).turns()).isZero();
    }

    @Test
    void saysWhereThereIsNothingToCopyOrNowhereToPutIt() throws Exception {
        assertThatThrownBy(() -> backup.write(file, false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no database")
                .hasMessageContaining("--data");
        open().close();

        assertThatThrownBy(() -> backup.write(directory.resolve("no/such/x.db"), false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("was not written");
        assertThatThrownBy(() -> backup.write(directory, false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is a directory");
    }

    // --- putting back ---

    @Test
    void putsABackupInThePlaceOfTheDatabaseAndKeepsThatOne() throws Exception {
        long early;
        try (SqlStore store = open()) {
            early = store.accept(Turns.signal("early"));
            backup.write(file, false);
            store.accept(Turns.signal("late"));
        }

        Backup.Restored restored = backup.restore(file, NOON);

        Path replaced = data.resolve("homeostat.db.replaced-20261124T120000Z");
        assertThat(restored.replaced()).isEqualTo(replaced);
        assertThat(names(data))
                .containsExactlyInAnyOrder(
                        "homeostat.db", "homeostat.lock", replaced.getFileName().toString());
        try (SqlStore store = open()) {
            assertThat(store.unread(9)).extracting(Received::id).containsExactly(early);
            assertThat(store.accept(Turns.signal("new"))).isGreaterThan(early);
        }
        assertThat(rows(replaced)).as("signals of the replaced one").isEqualTo(2);
    }

    @Test
    void restoresWhereNothingWas() throws Exception {
        open().close();
        backup.write(file, false);
        Backup fresh = Backup.of(directory.resolve("fresh"));

        assertThat(fresh.restore(file, NOON).replaced()).isNull();

        SqlStore.open(directory.resolve("fresh"), "test", InstantSource.system()).close();
    }

    @Test
    void restoresOverADamagedDatabaseAndKeepsThatToo() throws Exception {
        open().close();
        backup.write(file, false);
        Files.writeString(data.resolve("homeostat.db"), "rubbish ".repeat(1000));

        Path replaced = backup.restore(file, NOON).replaced();

        assertThat(replaced).content().startsWith("rubbish");
        open().close();
    }

    @Test
    void touchesNothingWhileAHomeostatRuns() throws Exception {
        try (SqlStore store = open()) {
            backup.write(file, false);
            long id = store.accept(Turns.signal("a"));

            assertThatThrownBy(() -> backup.restore(file, NOON))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("another Homeostat uses the data directory");

            assertThat(store.unread(9)).extracting(Received::id).containsExactly(id);
        }
    }

    @Test
    void refusesWhatIsNoSoundBackupAndLeavesAllAsItIs() throws Exception {
        try (SqlStore store = open()) {
            store.accept(Turns.signal("a"));
        }
        Path text = Files.writeString(directory.resolve("text"), "hello ".repeat(1000));
        Path foreign = directory.resolve("foreign.db");
        sql(foreign, "CREATE TABLE inbox (id INTEGER)");
        backup.write(file, false);
        Path newer = Files.copy(file, directory.resolve("newer.db"));
        sql(newer, "UPDATE flyway_schema_history SET version = '99' WHERE version = '2'");
        Path torn = directory.resolve("torn.db");
        byte[] whole = Files.readAllBytes(file);
        Files.write(torn, Arrays.copyOf(whole, whole.length / 2));

        refuses(text, "cannot be read as a database");
        refuses(foreign, "not one of Homeostat's");
        refuses(newer, "was written by a newer Homeostat (its version is 99");
        refuses(torn, "take another backup");
        refuses(directory.resolve("missing"), "there is no file");

        try (SqlStore store = open()) {
            assertThat(store.unread(9)).hasSize(1);
        }
        assertThat(names(data)).containsExactlyInAnyOrder("homeostat.db", "homeostat.lock");
    }

    private void refuses(Path bad, String why) {
        assertThatThrownBy(() -> backup.restore(bad, NOON))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(why);
    }

    private static void sql(Path database, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long rows(Path database) throws Exception {
        try (Session session = new Database(database, true).reader()) {
            return session.number("SELECT COUNT(*) FROM inbox");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
