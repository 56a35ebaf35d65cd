package io.homeostat.store;

import io.homeostat.engine.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/// The SQLite file: how it is opened, for writing and for reading. All that is SQLite's alone is
/// here; the rest is plain SQL.
///
/// @param file the database
/// @param durable false only for stores that nobody keeps
record Database(Path file, boolean durable) {
    static final String NAME = "homeostat.db";

    private static final String SQLITE = "jdbc:sqlite:";
    private static final int BUSY_MILLIS = 5_000;

    /// The log beside the database may grow beyond this while somebody reads for long, and is cut
    /// back to it afterwards.
    private static final int LOG_BYTES = 64 << 20;

    /// What a sick disk answers, and not a wrong statement: the next write will most likely fail,
    /// too.
    private static final Set<SQLiteErrorCode> SICK =
            Set.of(
                    SQLiteErrorCode.SQLITE_FULL,
                    SQLiteErrorCode.SQLITE_IOERR,
                    SQLiteErrorCode.SQLITE_READONLY,
                    SQLiteErrorCode.SQLITE_CANTOPEN,
                    SQLiteErrorCode.SQLITE_PERM,
                    SQLiteErrorCode.SQLITE_BUSY,
                    SQLiteErrorCode.SQLITE_LOCKED,
                    SQLiteErrorCode.SQLITE_PROTOCOL,
                    SQLiteErrorCode.SQLITE_CORRUPT,
                    SQLiteErrorCode.SQLITE_NOTADB);

    /// The database that a JDBC URL names.
    static Database of(String jdbcUrl) throws StoreException {
        String path = jdbcUrl.startsWith(SQLITE) ? jdbcUrl.substring(SQLITE.length()) : "";
        if (path.isEmpty() || path.startsWith(":") || path.startsWith("file:")) {
            // The URL itself is not repeated: it may hold a password.
            throw new StoreException(
                    "homeostat.store must be jdbc:sqlite:/path/to/file in this version; SQLite is the only database it supports");
        }
        return new Database(Path.of(path).toAbsolutePath(), true);
    }

    static Database in(Path directory) {
        return new Database(directory.resolve(NAME), true);
    }

    String url() {
        return SQLITE + file;
    }

    /// The directory that holds it and its lock.
    Path directory() {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /// Says of a database that is yet to be made that freed pages can be given back to the disk;
    /// later that would need the whole of it to be written anew.
    void prepare() throws SQLException, IOException {
        if (Files.exists(file) && Files.size(file) > 0) {
            return;
        }
        try (Session session = new Session(new SQLiteConfig().createConnection(url()))) {
            session.run("PRAGMA auto_vacuum = INCREMENTAL");
            session.run("PRAGMA journal_mode = WAL");
        }
    }

    /// A connection for the one writer: a commit returns when it is on disk.
    Session writer() throws SQLException {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setJournalSizeLimit(LOG_BYTES);
        config.setSynchronous(
                durable ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.OFF);
        return transactional(config.createConnection(url()));
    }

    /// A connection that cannot write.
    Session reader() throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return transactional(config.createConnection(url()));
    }

    private SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false); // our keys are our own; asking costs a query a row
        return config;
    }

    private static Session transactional(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return new Session(connection);
    }

    // --- size ---

    /// What is alive in it, without the pages that were freed and wait to be used again.
    static long bytes(Session session) throws SQLException {
        return (session.number("PRAGMA page_count") - session.number("PRAGMA freelist_count"))
                * session.number("PRAGMA page_size");
    }

    /// How many pages were freed beyond a tenth of the living ones, which will soon be used again.
    static long surplus(Session session) throws SQLException {
        long free = session.number("PRAGMA freelist_count");
        long alive = session.number("PRAGMA page_count") - free;
        return session.number("PRAGMA auto_vacuum") == 2 ? Math.max(0, free - alive / 10) : 0;
    }

    /// Gives freed pages back to the disk.
    static void giveBack(Session session, int pages) throws SQLException {
        session.run("PRAGMA incremental_vacuum(" + pages + ")");
    }

    // --- what went wrong ---

    /// True when it is the disk that refused, and not the statement.
    static boolean isSick(SQLException e) {
        int primary = e.getErrorCode() & 0xff;
        return SICK.stream().anyMatch(code -> code.code == primary);
    }

    /// What went wrong, for people.
    StoreException failure(String what, SQLException e) {
        return new StoreException("%s: %s (%s)".formatted(what, advice(e), e.getMessage()), e);
    }

    /// What is wrong, and what to do about it.
    String advice(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("SQLITE_FULL")) {
            return "the disk is full; free space where " + file + " is";
        }
        if (message.contains("SQLITE_READONLY")
                || message.contains("SQLITE_CANTOPEN")
                || message.contains("SQLITE_PERM")) {
            return file + " cannot be written; make it and its directory writable";
        }
        if (message.contains("SQLITE_IOERR")) {
            return "the disk refused to read or write %s: it is full, read-only or failing; see the system's log"
                    .formatted(file);
        }
        if (message.contains("SQLITE_BUSY") || message.contains("SQLITE_LOCKED")) {
            return "another program holds " + file + " locked; end it";
        }
        if (message.contains("SQLITE_CORRUPT") || message.contains("SQLITE_NOTADB")) {
            return file + " is damaged; put a backup in its place with ./homeostat restore FILE";
        }
        if (message.contains("UNIQUE constraint failed: action.cluster, action.key")) {
            return "the same action was planned before, and nothing is done twice";
        }
        return "the database " + file + " refused it";
    }
}
