package io.homeostat.store;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.History;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Journal;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Past;
import io.homeostat.engine.Signal;
import io.homeostat.engine.Specifications;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.StoreState;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Inbox and journal in one SQLite database. Thread-safe; what returns is on disk.
public final class SqlStore
        implements Inbox, Journal, History, Specifications, StoreState, AutoCloseable {
    /// As much as a webhook of many alerts writes: a disk that takes this can be worked with.
    private static final int PROBE_CHARACTERS = 64 << 10;

    private final DataDirectory directory;
    private final WriteQueue writes;
    private final Readers readers;
    private final InstantSource clock;
    private final String cluster;
    private final Json json = new Json();
    private final InboxTable inbox;
    private final MemoTable memos;
    private final HistoryTables history;
    private final FactTable facts;
    private final SpecificationTable specifications;
    private final SqlPast past;
    private final Retention retention;
    private final Pages pages;
    private final boolean temporary;
    private final Path file;

    private SqlStore(
            DataDirectory directory,
            Database database,
            String cluster,
            StoreLimits limits,
            InstantSource clock) {
        this.directory = directory;
        this.writes = new WriteQueue(database, limits, session -> probe(session, cluster), clock);
        this.readers = new Readers(database);
        this.clock = clock;
        this.cluster = cluster;
        this.inbox = new InboxTable(cluster, json);
        this.memos = new MemoTable(cluster, json);
        this.history = new HistoryTables(cluster, json);
        this.facts = new FactTable(cluster, json);
        this.specifications = new SpecificationTable(cluster);
        this.past = new SqlPast(readers, cluster, json);
        this.pages = new Pages(cluster, json);
        this.retention = new Retention(writes, readers, new OldRows(cluster), facts, limits, clock);
        this.temporary = !database.durable();
        this.file = database.file();
    }

    /// Opens the store of a data directory, making both where they are missing.
    ///
    /// @throws StoreException when another process uses the directory, when the database was
    ///   written by a newer program, or when it cannot be used
    public static SqlStore open(
            Path directory, String cluster, StoreLimits limits, InstantSource clock)
            throws StoreException {
        return open(Database.in(directory), cluster, limits, clock);
    }

    /// Opens the store of a data directory with the usual limits.
    public static SqlStore open(Path directory, String cluster, InstantSource clock)
            throws StoreException {
        return open(directory, cluster, StoreLimits.DEFAULT, clock);
    }

    /// Opens the store that a JDBC URL names; its directory is locked like a data directory.
    public static SqlStore open(
            String jdbcUrl, String cluster, StoreLimits limits, InstantSource clock)
            throws StoreException {
        return open(Database.of(jdbcUrl), cluster, limits, clock);
    }

    /// A store that nobody keeps, for demonstrations and tests: the same code on a temporary
    /// directory, without waiting for the disk. It is deleted when it is closed.
    public static SqlStore inMemory(String cluster) throws StoreException {
        try {
            Path directory = Files.createTempDirectory("homeostat");
            return open(
                    new Database(directory.resolve(Database.NAME), false),
                    cluster,
                    StoreLimits.DEFAULT,
                    InstantSource.system());
        } catch (IOException e) {
            throw new StoreException("no temporary directory could be made: " + e, e);
        }
    }

    private static SqlStore open(
            Database database, String cluster, StoreLimits limits, InstantSource clock)
            throws StoreException {
        DataDirectory directory = DataDirectory.lock(database.directory());
        SqlStore store = new SqlStore(directory, database, cluster, limits, clock);
        try {
            Schema.migrate(database);
            store.writes.start();
            // Opens the writer's connection: a store that cannot be written fails here, not later.
            store.writes.write("opening the store", session -> probe(session, cluster));
            if (database.durable()) {
                store.retention.start();
            }
            return store;
        } catch (StoreException e) {
            store.close();
            throw e;
        }
    }

    private static boolean probe(Session session, String cluster) throws SQLException {
        session.change(
                "INSERT INTO probe (cluster, body) VALUES (?, ?) ON CONFLICT (cluster)"
                        + " DO UPDATE SET body = excluded.body",
                cluster,
                "x".repeat(PROBE_CHARACTERS));
        return true;
    }

    // --- inbox ---

    @Override
    public long accept(Signal.Durable signal) throws StoreException {
        String body = json.write(signal);
        Instant at = clock.instant();
        return writes.offer(
                "a signal was not taken",
                tx -> inbox.insert(tx, signal, body, at),
                id -> inbox.arrived(id, signal, body));
    }

    /// A signal that cannot be read is put aside with the reason: it must not keep others waiting.
    @Override
    public List<Received> unread(int limit) throws StoreException {
        List<InboxTable.Unread> rows =
                readers.read("the inbox could not be read", tx -> inbox.unread(tx, limit));
        List<Received> received = new ArrayList<>(rows.size());
        for (InboxTable.Unread row : rows) {
            try {
                received.add(inbox.read(row));
            } catch (StoreException e) {
                quarantine(row.id(), String.valueOf(e.getMessage()), clock.instant());
                System.getLogger(SqlStore.class.getName())
                        .log(System.Logger.Level.ERROR, "put aside: " + e.getMessage());
            }
        }
        return received;
    }

    @Override
    public void quarantine(long inboxId, String reason, Instant at) throws StoreException {
        boolean done =
                writes.write(
                        "signal %d was not put aside".formatted(inboxId),
                        tx -> inbox.quarantine(tx, inboxId, reason, at));
        if (!done) {
            throw new StoreException(
                    "signal %d was not put aside: a turn has taken it, or it does not exist"
                            .formatted(inboxId));
        }
        inbox.done(List.of(inboxId));
    }

    // --- journal ---

    @Override
    public void commit(Turn turn) throws StoreException {
        TurnWriting writing = new TurnWriting(turn, inbox, memos, history, facts);
        writes.write(
                "turn %d was not committed".formatted(turn.number()),
                session -> {
                    writing.run(session);
                    return true;
                });
        inbox.done(turn.taken());
    }

    @Override
    public Recovered recover() throws StoreException {
        return readers.read(
                "the current state could not be read",
                tx -> {
                    Recovered last =
                            tx.first(
                                    row ->
                                            new Recovered(
                                                    row.getLong(1),
                                                    Micros.instant(row.getLong(2)),
                                                    List.of()),
                                    "SELECT number, at FROM turn WHERE cluster = ?"
                                            + " ORDER BY number DESC LIMIT 1",
                                    cluster);
                    List<Memo> records = memos.all(tx);
                    return last == null
                            ? new Recovered(0, null, records)
                            : new Recovered(last.turn(), last.at(), records);
                });
    }

    @Override
    public void started(String undertaking, Instant at, String trace) throws StoreException {
        String what = "action %s was not started".formatted(undertaking);
        writes.write(
                what,
                tx -> {
                    Undertaking recorded = history.action(tx, undertaking);
                    if (recorded == null || recorded.state() != Undertaking.State.PLANNED) {
                        throw new StoreException(
                                "%s: it is %s, and only a planned action may be sent"
                                        .formatted(
                                                what,
                                                recorded == null ? "unknown" : recorded.state()));
                    }
                    Undertaking started = recorded.started(at, trace);
                    tx.change(history.started(started));
                    tx.change(memos.replace(new Memo.Undertaken(started)));
                    return true;
                });
    }

    @Override
    public Page page(String kind, Map<String, String> filter, @Nullable String before, int limit)
            throws StoreException {
        return readers.read(
                "the page of %ss could not be read".formatted(kind),
                tx -> pages.page(tx, kind, filter, before, limit));
    }

    @Override
    public void keepRulebook(String hash, Map<String, String> sources, Instant at)
            throws StoreException {
        String text = json.write(new TreeMap<>(sources));
        writes.write(
                "rulebook %s was not kept".formatted(hash),
                tx ->
                        tx.change(
                                "INSERT INTO rulebook (cluster, hash, at, sources)"
                                        + " VALUES (?, ?, ?, ?) ON CONFLICT (cluster, hash)"
                                        + " DO UPDATE SET at = excluded.at",
                                cluster,
                                hash,
                                at,
                                text));
    }

    // --- history ---

    @Override
    public @Nullable Decision decision(String id) throws StoreException {
        return readers.read(
                        "decision %s could not be read".formatted(id),
                        tx -> Optional.ofNullable(history.decision(tx, id)))
                .orElse(null);
    }

    @Override
    public @Nullable Undertaking action(String id) throws StoreException {
        return readers.read(
                        "action %s could not be read".formatted(id),
                        tx -> Optional.ofNullable(history.action(tx, id)))
                .orElse(null);
    }

    @Override
    public List<Shadowed> shadowed(Instant since) throws StoreException {
        return readers.read(
                "what would have been done could not be counted",
                tx -> new ShadowCount(cluster).since(tx, since));
    }

    /// What was recorded, to be gone through again.
    public Past past() {
        return past;
    }

    /// Keeps what decides beside the rules, for a look at the past while nothing runs.
    public void keepTerms(Past.Terms terms, Instant at) throws StoreException {
        String body = json.write(terms);
        writes.write(
                "the limits were not kept",
                tx ->
                        tx.change(
                                "INSERT INTO terms (cluster, at, version, body) VALUES (?, ?, ?, ?)"
                                        + " ON CONFLICT (cluster) DO UPDATE SET at = excluded.at,"
                                        + " version = excluded.version, body = excluded.body",
                                cluster,
                                at,
                                Json.VERSION,
                                body));
    }

    // --- specifications ---

    @Override
    public void keep(List<Specifications.Seen> seen, Instant at) throws StoreException {
        writes.write(
                "%d specifications of services were not kept".formatted(seen.size()),
                session -> specifications.keep(session, seen, at));
    }

    @Override
    public @Nullable String specification(String content) throws StoreException {
        return readers.read(
                        "the specification %s could not be read".formatted(content),
                        session -> Optional.ofNullable(specifications.find(session, content)))
                .orElse(null);
    }

    // --- how it is ---

    @Override
    public Optional<Trouble> trouble() {
        return writes.trouble();
    }

    @Override
    public Optional<String> warning() {
        return retention.warning();
    }

    @Override
    public int waiting() {
        return writes.waiting();
    }

    @Override
    public long unread() throws StoreException {
        return readers.read("the unread signals could not be counted", inbox::countUnread);
    }

    @Override
    public long bytes() throws StoreException {
        return retention.bytes();
    }

    /// What forgets, for tests that do not wait for its thread.
    Retention retention() {
        return retention;
    }

    /// The inbox's table, for tests that write to it out of turn.
    InboxTable inbox() {
        return inbox;
    }

    /// The writer, for tests that break it.
    WriteQueue writes() {
        return writes;
    }

    /// Writes what waits, then lets go of the directory.
    @Override
    public void close() throws StoreException {
        try (directory) {
            retention.close();
            readers.close();
            writes.close(); // the last to leave, it folds the log beside the database into it
        }
        if (temporary) {
            DataDirectory.delete(file);
        }
    }
}
