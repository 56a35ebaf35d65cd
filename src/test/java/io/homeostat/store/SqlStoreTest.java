package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.engine.Inbox.Received;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlStoreTest {
    @TempDir Path directory;

    private SqlStore open() throws StoreException {
        return open(StoreLimits.DEFAULT);
    }

    private SqlStore open(StoreLimits limits) throws StoreException {
        return SqlStore.open(directory, "test", limits, InstantSource.system());
    }

    // --- many writes to a commit ---

    @Test
    void sharesCommitsAmongCallersAndLosesNone() throws Exception {
        int callers = 2_000;
        Set<Long> ids = new ConcurrentSkipListSet<>();
        long commits;
        try (SqlStore store = open()) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Boolean>> all = new ArrayList<>();
                for (int i = 0; i < callers; i++) {
                    String name = "f" + i;
                    all.add(() -> ids.add(store.accept(Turns.signal(name))));
                }
                for (Future<Boolean> one : threads.invokeAll(all)) {
                    assertThat(one.get()).isTrue();
                }
            }
            commits = store.writes().commits();
        }

        assertThat(commits).isLessThan(callers / 2);
        try (SqlStore store = open()) {
            assertThat(store.unread(callers + 1))
                    .extracting(Received::id)
                    .containsExactlyElementsOf(ids)
                    .hasSize(callers);
        }
    }

    @Test
    void spoilsNoOtherWriteByABadOne() throws Exception {
        try (SqlStore store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch busy = new CountDownLatch(1);
            Future<?> holder = Turns.hold(store, threads, busy);
            List<Future<Long>> good = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String name = "f" + i;
                good.add(threads.submit(() -> store.accept(Turns.signal(name))));
            }
            Future<?> bad = threads.submit(() -> start(store, "nothing"));
            Awaitility.await().until(() -> store.writes().waiting() == 21);
            busy.countDown();

            holder.get();
            assertThatThrownBy(bad::get).hasCauseInstanceOf(StoreException.class);
            for (Future<Long> one : good) {
                assertThat(one.get()).isPositive();
            }
            assertThat(store.unread(100)).hasSize(20);
        }
    }

    @Test
    void refusesWhatComesFromOutsideWhenTooMuchWaits() throws Exception {
        try (SqlStore store = open(StoreLimits.DEFAULT.taking(1, 1));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch busy = new CountDownLatch(1);
            Future<?> holder = Turns.hold(store, threads, busy);
            Future<Long> waiting = threads.submit(() -> store.accept(Turns.signal("a")));
            Awaitility.await().until(() -> store.writes().waiting() == 1);

            assertThatThrownBy(() -> store.accept(Turns.signal("b")))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.isBusy()).isTrue());
            busy.countDown();

            holder.get();
            assertThat(waiting.get()).isPositive();
            assertThat(store.accept(Turns.signal("c"))).isPositive();
        }
    }

    @Test
    void givesTurnsBothOfTwoSignalsThatWereCommittedInTheReverseOrderOfTheirIds() throws Exception {
        try (SqlStore store = open()) {
            Signal.Durable signal = Turns.signal("a");
            String body = new Json().write(signal);
            long early = store.writes().write("first", store.inbox()::nextId);
            long late = store.accept(signal);
            assertThat(early).isLessThan(late);

            assertThat(store.unread(9)).extracting(Received::id).containsExactly(late);
            store.commit(Turns.turn(1).taking(late).done());
            boolean written =
                    store.writes()
                            .write(
                                    "second",
                                    session -> {
                                        store.inbox()
                                                .insert(session, early, signal, body, Samples.AT);
                                        return true;
                                    });

            assertThat(written).isTrue();
            assertThat(store.unread(9)).extracting(Received::id).containsExactly(early);
            store.commit(Turns.turn(2).taking(early).done());
            assertThat(store.unread(9)).isEmpty();
        }
    }

    @Test
    void givesNoIdTwiceAcrossFailuresAndStarts() throws Exception {
        Set<Long> ids = new TreeSet<>();
        for (int start = 0; start < 3; start++) {
            try (SqlStore store = open()) {
                for (int i = 0; i < 5; i++) {
                    assertThat(ids.add(store.accept(Turns.signal("a")))).isTrue();
                    assertThatThrownBy(() -> start(store, "nothing"))
                            .isInstanceOf(StoreException.class);
                }
            }
        }
        assertThat(ids).hasSize(15);
    }

    private static boolean start(SqlStore store, String undertaking) throws StoreException {
        store.started(undertaking, Samples.AT, "hash");
        return true;
    }

    // --- what is in the database ---

    @Test
    void measuresItself() throws Exception {
        try (SqlStore store = open()) {
            long before = store.bytes();
            store.accept(Turns.signal("x".repeat(200_000)));
            store.accept(Turns.signal("b"));
            store.commit(Turns.turn(1).taking(store.unread(1).getFirst().id()).done());

            assertThat(store.unread()).isEqualTo(1);
            assertThat(store.waiting()).isZero();
            assertThat(store.bytes()).isGreaterThan(before + 100_000);
        }
    }

    @Test
    void putsAsideASignalThatItCannotRead() throws Exception {
        long broken;
        long sound;
        try (SqlStore store = open()) {
            broken = store.accept(Turns.signal("a"));
            sound = store.accept(Turns.signal("b"));
            change(store, "UPDATE inbox SET body = '{\"is\":\"Omen\"}' WHERE id = " + broken);
        }

        try (SqlStore store = open()) {
            assertThat(store.unread(10)).extracting(Received::id).containsExactly(sound);
            assertThat(store.unread(10)).extracting(Received::id).containsExactly(sound);
        }
    }

    @Test
    void givesTheSameWhetherASignalJustCameOrIsReadFromTheDisk() throws Exception {
        List<Received> fresh;
        try (SqlStore store = open()) {
            store.accept(Turns.signal("a"));
            store.accept(Turns.signal("b"));
            fresh = store.unread(10);
        }

        try (SqlStore store = open()) {
            assertThat(store.unread(10)).hasSize(2).isEqualTo(fresh);
        }
    }

    @Test
    void namesWhatItCannotRemember() throws Exception {
        try (SqlStore store = open()) {
            store.commit(Turns.turn(1).keeping(new Memo.Count("restarts", 1)).done());
            change(store, "UPDATE memo SET body = '{'");

            assertThatThrownBy(store::recover)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("what is remembered as Count restarts cannot be read");
        }
    }

    @Test
    void keepsClustersInOneDatabaseApart() throws Exception {
        try (SqlStore store = open()) {
            store.accept(Turns.signal("a"));
            store.commit(
                    Turns.turn(1).keeping(new Memo.Count("a", 1)).line("service/a", "x").done());
        }
        try (SqlStore other = SqlStore.open(directory, "other", InstantSource.system())) {
            assertThat(other.unread(10)).isEmpty();
            assertThat(other.recover().records()).isEmpty();
            assertThat(other.recover().turn()).isZero();
            other.commit(Turns.turn(1).done());
        }
    }

    private static void change(SqlStore store, String sql) throws StoreException {
        store.writes().write(sql, session -> session.change(sql));
    }

    // --- opening ---

    @Test
    void makesTheDirectoryForItsOwnersEyesOnly() throws Exception {
        Path made = directory.resolve("a/b");
        SqlStore.open(made, "test", InstantSource.system()).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
    }

    @Test
    void letsOnlyOneInAtATime() throws Exception {
        try (SqlStore first = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("another Homeostat uses the data directory");
            assertThat(first.accept(Turns.signal("a"))).isPositive();
        }
        open().close();
    }

    @Test
    void saysThatAFileIsNoDatabase() throws Exception {
        Files.writeString(directory.resolve("homeostat.db"), "hello ".repeat(1000));

        assertThatThrownBy(this::open).isInstanceOf(StoreException.class);
        assertThatThrownBy(this::open)
                .as("the lock was let go")
                .hasMessageNotContaining("another Homeostat");
    }

    @Test
    void takesOnlySqliteAndRepeatsNoPassword() {
        assertThatThrownBy(() ->
                        SqlStore.open(
                                "jdbc:postgresql://db/h?password=geheim",
                                "test",
                                StoreLimits.DEFAULT,
                                InstantSource.system()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("SQLite is the only database")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void opensTheFileThatAUrlNames() throws Exception {
        Path file = directory.resolve("other.db");
        SqlStore.open("jdbc:sqlite:" + file, "test", StoreLimits.DEFAULT, InstantSource.system())
                .close();

        assertThat(file).exists();
    }

    @Test
    void answersNothingAfterItIsClosed() throws Exception {
        SqlStore store = open();
        store.close();

        assertThatThrownBy(() -> store.accept(Turns.signal("a")))
                .hasMessageContaining("the store is closed");
        assertThatThrownBy(() -> store.unread(1)).hasMessageContaining("the store is closed");
    }
}
