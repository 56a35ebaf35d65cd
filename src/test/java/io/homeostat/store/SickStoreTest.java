package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.engine.Inbox.Received;
import io.homeostat.engine.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the store does when SQLite refuses to write; real disks that refuse are in `SickDiskIT`.
final class SickStoreTest {
    @TempDir Path directory;

    private SqlStore open() throws StoreException {
        return SqlStore.open(directory, "test", InstantSource.system());
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenItIsNot() throws Exception {
        try (SqlStore store = open()) {
            long before = store.accept(Turns.signal("before"));
            pragma(store, "max_page_count = 1"); // SQLite takes the present size as the least
            String big = "x".repeat(200_000);

            assertThatThrownBy(() -> store.accept(Turns.signal(big)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("a signal was not taken: the disk is full");
            pragma(store, "max_page_count = 1000000");
            long after = store.accept(Turns.signal(big));

            assertThat(store.unread(10)).extracting(Received::id).containsExactly(before, after);
        }
    }

    @Test
    void saysThatTheDatabaseCannotBeWrittenAndGoesOnWhenItCan() throws Exception {
        try (SqlStore store = open()) {
            pragma(store, "query_only = 1");

            assertThatThrownBy(() -> store.accept(Turns.signal("a")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("make it and its directory writable");
            pragma(store, "query_only = 0");
            store.accept(Turns.signal("b"));

            assertThat(store.unread(10)).hasSize(1);
        }
    }

    @Test
    void saysHowItIsWhileTheDiskIsSickAndFindsOutByItselfWhenItIsNot() throws Exception {
        try (SqlStore store = open()) {
            assertThat(store.trouble()).isEmpty();
            pragma(store, "query_only = 1");
            Path moved = moveAway();

            assertThatThrownBy(() -> store.accept(Turns.signal("a")))
                    .isInstanceOf(StoreException.class);
            assertThat(store.trouble())
                    .hasValueSatisfying(trouble ->
                            assertThat(trouble.reason())
                                    .contains("make it and its directory writable"));
            assertThatThrownBy(() -> store.accept(Turns.signal("b")))
                    .isInstanceOf(StoreException.class);

            Files.move(moved, directory);
            Awaitility.await().until(() -> store.trouble().isEmpty());
            store.accept(Turns.signal("c"));
        }
    }

    @Test
    void failsManyWritesAtOnceOnASickDiskAndConfirmsNone() throws Exception {
        try (SqlStore store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            pragma(store, "query_only = 1");
            CountDownLatch busy = new CountDownLatch(1);
            Future<?> holder = Turns.hold(store, threads, busy);
            List<Future<Long>> refused = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                refused.add(threads.submit(() -> store.accept(Turns.signal("a"))));
            }
            Awaitility.await().until(() -> store.writes().waiting() == 100);
            Path moved = moveAway();
            busy.countDown();

            holder.get();
            for (Future<Long> one : refused) {
                assertThatThrownBy(one::get).hasCauseInstanceOf(StoreException.class);
            }
            Files.move(moved, directory);
            Awaitility.await().until(() -> store.trouble().isEmpty());
            assertThat(store.unread(100)).isEmpty();
        }
    }

    /// A connection that is opened anew finds no database there.
    private Path moveAway() throws IOException {
        Path moved = directory.resolveSibling(directory.getFileName() + "-away");
        return Files.move(directory, moved);
    }

    private static void pragma(SqlStore store, String pragma) throws StoreException {
        store.writes()
                .write(
                        pragma,
                        session -> {
                            session.run("PRAGMA " + pragma);
                            return true;
                        });
    }
}
