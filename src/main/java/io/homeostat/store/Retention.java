package io.homeostat.store;

import io.homeostat.engine.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Forgets history that is too old, and the oldest early when the database grows too large, on a
/// thread of its own that looks from time to time.
///
/// What is old is looked up beside the writer, which then deletes it few rows at a time with pauses
/// between, in the one queue with all other writes: nobody waits long for a broom.
final class Retention implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Retention.class.getName());

    /// What is early forgotten for size goes in so many slices of time, and never more of them than
    /// needed.
    private static final int SLICES = 16;

    /// So many freed pages one transaction gives back: about 2 MB.
    private static final int PAGES = 500;

    private final WriteQueue writes;
    private final Readers readers;
    private final OldRows old;
    private final FactTable facts;
    private final SpecificationTable specifications;
    private final StoreLimits limits;
    private final InstantSource clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable String warning;

    Retention(
            WriteQueue writes,
            Readers readers,
            OldRows old,
            FactTable facts,
            StoreLimits limits,
            InstantSource clock) {
        this.writes = writes;
        this.readers = readers;
        this.old = old;
        this.facts = facts;
        this.specifications = old.specifications();
        this.limits = limits;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("homeostat-history").unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    /// Why the database is larger than it may be; empty when it is not.
    Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    private void serve() {
        try {
            while (!stopped.await(limits.every().toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    sweep();
                } catch (StoreException e) {
                    if (stopped.getCount() == 0) {
                        return;
                    }
                    // A disk that cannot be written is told of by the writer.
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "old history was not forgotten, and is tried again in {0}: {1}",
                            limits.every(),
                            e.getMessage());
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// Forgets what is too old, then what is too much.
    ///
    /// @return how many rows
    long sweep() throws StoreException, InterruptedException {
        Instant now = clock.instant();
        long began = bytes();
        Instant aged = now.minus(limits.keep());
        long gone = forget(aged, now);
        long early = shrink(aged, now);
        giveBack();
        if (gone + early > 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} old rows of history are forgotten and {1} early ones; {2} MB in use before, {3} MB now",
                    gone,
                    early,
                    megabytes(began),
                    megabytes(bytes()));
        }
        return gone + early;
    }

    /// Forgets the oldest, slice by slice, until the database is small enough again or what is left
    /// is too young.
    private long shrink(Instant aged, Instant now) throws StoreException, InterruptedException {
        long gone = 0;
        Instant last = now.minus(limits.atLeast());
        if (bytes() > limits.bytes()) {
            Instant first = later(aged, oldest(last));
            Duration slice = Duration.between(first, last).dividedBy(SLICES);
            Instant before = first;
            while (before.isBefore(last) && bytes() > limits.bytes()) {
                before = before.plus(slice.isPositive() ? slice : Duration.ofSeconds(1));
                gone += forget(before.isAfter(last) ? last : before, now);
            }
        }
        long left = bytes();
        warn(left > limits.bytes() ? cannotShrink(left) : null);
        return gone;
    }

    private String cannotShrink(long left) {
        return "the database has %d MB where %d MB are allowed, and it cannot shrink: what is left is younger than %d min or still needed; raise homeostat.history.megabytes, or find out what writes so much"
                .formatted(
                        megabytes(left), megabytes(limits.bytes()), limits.atLeast().toMinutes());
    }

    private void warn(@Nullable String text) {
        warning = text;
        if (text != null) {
            LOG.log(System.Logger.Level.ERROR, text);
        }
    }

    private long forget(Instant before, Instant now) throws StoreException, InterruptedException {
        Instant quarantined = now.minus(limits.keepQuarantined());
        long turn =
                readers.read(
                        "looking for the first turn that is not old",
                        session -> old.firstTurn(session, before));
        long gone = 0;
        for (OldRows.Kind kind :
                readers.read(
                        "looking for old rows",
                        session -> old.kinds(session, before, quarantined))) {
            OldRows.Found found = OldRows.Found.NOTHING;
            do {
                OldRows.Found after = found;
                found =
                        readers.read(
                                "looking for old rows of " + kind.table(),
                                session -> kind.find(session, after, limits.rows()));
                gone += delete(kind, found, turn);
            } while (found.more());
        }
        return gone + forgetRulebooks(before) + forgetSpecifications(before);
    }

    /// @param turn the first turn that is not old
    private long delete(OldRows.Kind kind, OldRows.Found found, long turn)
            throws StoreException, InterruptedException {
        if (found.places().isEmpty()) {
            return 0;
        }
        int deleted =
                writes.write(
                        "old rows of %s were not forgotten".formatted(kind.table()),
                        session -> {
                            facts.forgotBefore(session, turn);
                            return kind.delete(session, found);
                        });
        rest();
        return deleted;
    }

    private long forgetRulebooks(Instant before) throws StoreException {
        List<String> hashes =
                readers.read(
                        "looking for old rulebooks", session -> old.rulebooks(session, before));
        return hashes.isEmpty()
                ? 0
                : writes.write(
                        "old rulebooks were not forgotten",
                        session -> old.deleteRulebooks(session, hashes, before));
    }

    private long forgetSpecifications(Instant before) throws StoreException {
        List<String> contents =
                readers.read(
                        "looking for old specifications",
                        session -> specifications.old(session, before));
        return contents.isEmpty()
                ? 0
                : writes.write(
                        "old specifications were not forgotten",
                        session -> specifications.delete(session, contents, before));
    }

    private void giveBack() throws StoreException, InterruptedException {
        long surplus = readers.read("measuring the database", Database::surplus);
        while (surplus > 0) {
            int pages = (int) Math.min(surplus, PAGES);
            writes.write(
                    "freed pages were not given back",
                    session -> {
                        Database.giveBack(session, pages);
                        return true;
                    });
            surplus -= pages;
            rest();
        }
    }

    private void rest() throws StoreException, InterruptedException {
        if (stopped.await(limits.pause().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new StoreException("Homeostat is stopping");
        }
    }

    long bytes() throws StoreException {
        return readers.read("measuring the database", Database::bytes);
    }

    private Instant oldest(Instant otherwise) throws StoreException {
        return readers.read(
                "looking for the oldest row", session -> old.oldest(session, otherwise));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static long megabytes(long bytes) {
        return bytes >> 20;
    }

    @Override
    public void close() throws StoreException {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while old history was being forgotten", e);
        }
    }
}
