package io.homeostat.store;

import io.homeostat.engine.StoreException;
import io.homeostat.engine.StoreState.Trouble;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one writer. Callers hand in jobs and wait; the writer runs all that wait in one transaction
/// and answers each after the commit, so that the price of a safe disk is shared.
///
/// When a batch fails, each of its jobs is tried alone: one bad job spoils no other. When it is the
/// disk that refuses, a few are tried and the rest are refused with them; from then on something is
/// written from time to time, to find out when the disk can be written again.
final class WriteQueue implements AutoCloseable {
    /// What is to be written; run again from the start when its batch failed.
    @FunctionalInterface
    interface Job<T> {
        T run(Session session) throws SQLException, StoreException;
    }

    private static final class Pending<T> {
        private final String what;
        private final Job<T> job;
        private final Consumer<T> committed;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile @Nullable T result;
        private volatile @Nullable StoreException failure;

        Pending(String what, Job<T> job, Consumer<T> committed) {
            this.what = what;
            this.job = job;
            this.committed = committed;
        }

        void run(Session session) throws SQLException, StoreException {
            result = job.run(session);
        }

        void succeed() {
            T written = result;
            if (written != null) {
                committed.accept(written);
            }
            done.countDown();
        }

        /// Refuses it, unless it was answered.
        void fail(StoreException why) {
            if (done.getCount() > 0) {
                failure = why;
                done.countDown();
            }
        }
    }

    /// How a transaction ended.
    private sealed interface Ending {
        record Committed() implements Ending {}

        /// @param sick true when it was the disk that refused
        record Undone(StoreException why, boolean sick) implements Ending {}
    }

    private static final long GLANCE_MILLIS = 100;
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// So many jobs in a row that a sick disk refused speak for the rest of their batch.
    private static final int PROOF = 3;

    private final Database database;
    private final StoreLimits limits;
    private final BlockingQueue<Pending<?>> queue;
    private final AtomicLong commits = new AtomicLong();
    private final Sickbed sickbed;
    private final Job<Boolean> probe;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean ended;
    private @Nullable Session session;
    private long triedNanos;

    /// @param probe writes something that harms nobody
    WriteQueue(Database database, StoreLimits limits, Job<Boolean> probe, InstantSource clock) {
        this.database = database;
        this.limits = limits;
        this.probe = probe;
        this.sickbed = new Sickbed(clock);
        this.queue = new ArrayBlockingQueue<>(limits.queueLength());
        // A platform thread: SQLite is native code and would pin a virtual one.
        this.thread = Thread.ofPlatform().daemon().name("homeostat-store").unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    /// How many transactions were committed.
    long commits() {
        return commits.get();
    }

    /// How many writes wait.
    int waiting() {
        return queue.size();
    }

    /// Why writing fails; empty when the last write did not.
    Optional<Trouble> trouble() {
        return sickbed.trouble();
    }

    /// Writes, or says at once that too much waits already.
    ///
    /// @param committed hears on the writer's thread, before anybody is answered, what is on disk
    <T> T offer(String what, Job<T> job, Consumer<T> committed) throws StoreException {
        Pending<T> pending = new Pending<>(what, job, committed);
        if (closing || !queue.offer(pending)) {
            throw closing ? closed(what) : full(what);
        }
        return await(pending);
    }

    /// Writes, after waiting for a place in the queue: our own work is never refused for the sake
    /// of what comes from outside.
    <T> T write(String what, Job<T> job) throws StoreException {
        Pending<T> pending = new Pending<>(what, job, _ -> {});
        try {
            do {
                if (closing) {
                    throw closed(what);
                }
            } while (!queue.offer(pending, GLANCE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(what + ": interrupted before it was tried", e);
        }
        return await(pending);
    }

    private <T> T await(Pending<T> pending) throws StoreException {
        try {
            // The writer may have ended between our offer and its last look.
            if (ended && queue.remove(pending)) {
                throw closed(pending.what);
            }
            pending.done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    pending.what + ": interrupted, so whether it was written is unknown", e);
        }
        StoreException failure = pending.failure;
        if (failure != null) {
            throw failure;
        }
        T result = pending.result;
        if (result == null) {
            throw new IllegalStateException(pending.what + " was answered without a result");
        }
        return result;
    }

    // --- the writer's thread ---

    private void serve() {
        List<Pending<?>> batch = new ArrayList<>(limits.batch());
        try {
            while (!closing || !queue.isEmpty()) {
                batch.clear();
                Pending<?> first = queue.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    lookAfterTheDisk();
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, limits.batch() - 1);
                attempt(batch);
            }
        } catch (InterruptedException e) {
            closing = true; // nobody else interrupts this thread
        } finally {
            ended = true;
            queue.drainTo(batch);
            batch.forEach(late -> late.fail(closed(late.what)));
            drop();
        }
    }

    private void lookAfterTheDisk() {
        if (!sickbed.isWell() && System.nanoTime() - triedNanos >= PROBE_NANOS) {
            attempt(
                    List.of(
                            new Pending<>(
                                    "trying whether anything can be written", probe, _ -> {})));
        }
    }

    private void attempt(List<Pending<?>> batch) {
        switch (transact(batch)) {
            case Ending.Committed() -> batch.forEach(Pending::succeed);
            case Ending.Undone(StoreException why, boolean _) when batch.size() == 1 ->
                    batch.getFirst().fail(why);
            case Ending.Undone(StoreException _, boolean _) -> attemptEach(batch);
        }
    }

    private void attemptEach(List<Pending<?>> batch) {
        int refused = 0;
        StoreException last = null;
        for (Pending<?> pending : batch) {
            if (last != null && refused >= PROOF) {
                pending.fail(last);
                continue;
            }
            switch (transact(List.of(pending))) {
                case Ending.Committed() -> {
                    refused = 0;
                    pending.succeed();
                }
                case Ending.Undone(StoreException why, boolean sick) -> {
                    refused = sick ? refused + 1 : 0;
                    last = why;
                    pending.fail(why);
                }
            }
        }
    }

    /// Runs the jobs in one transaction.
    private Ending transact(List<Pending<?>> batch) {
        String what = batch.getFirst().what;
        triedNanos = System.nanoTime();
        try {
            Session open = session();
            for (Pending<?> pending : batch) {
                pending.run(open);
            }
            open.commit();
            commits.incrementAndGet();
            sickbed.succeeded();
            return new Ending.Committed();
        } catch (SQLException e) {
            boolean sick = Database.isSick(e);
            StoreException why = undone(database.failure(what, e));
            if (sick) {
                sickbed.failed(why);
                drop(); // what is wrong may be wrong with the open file alone
            }
            return new Ending.Undone(why, sick);
        } catch (StoreException e) {
            return new Ending.Undone(undone(e), false);
        } catch (RuntimeException e) {
            return new Ending.Undone(undone(new StoreException(what + ": " + e, e)), false);
        }
    }

    private Session session() throws SQLException {
        Session open = session;
        if (open == null) {
            open = database.writer();
            session = open;
        }
        return open;
    }

    private StoreException undone(StoreException failure) {
        Session open = session;
        if (open != null) {
            try {
                open.rollback();
            } catch (SQLException e) {
                failure.addSuppressed(e);
                drop(); // the next job gets a new connection
            }
        }
        return failure;
    }

    private void drop() {
        Session open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                System.getLogger(WriteQueue.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "the database " + database.file() + " did not close cleanly",
                                e);
            }
        }
    }

    // --- refusals ---

    private StoreException full(String what) {
        return StoreException.busy(
                "%s: %d writes wait already and no more are taken; try again in a moment"
                        .formatted(what, limits.queueLength()));
    }

    private StoreException closed(String what) {
        return new StoreException(what + ": the store is closed, because Homeostat is stopping");
    }

    /// Writes what waits, then ends.
    @Override
    public void close() throws StoreException {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while the last writes were under way", e);
        }
    }
}
