package io.homeostat.store;

import io.homeostat.engine.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/// The SQLite file: how it is opened, for writing and for reading. All that is SQLite's alone is
/// here; the rest is plain SQL.
///
/// @param file the database
/// @param durable false only for stores that nobody keeps
record Database(Path file, boolean durable) {
    private static final int BUSY_MILLIS = 5_000;

    String url() {
        return "jdbc:sqlite:" + file;
    }

    /// A connection for the one writer: a commit returns when it is on disk.
    Connection writer() throws SQLException {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(
                durable ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.OFF);
        return transactional(config.createConnection(url()));
    }

    /// A connection that cannot write.
    Connection reader() throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return transactional(config.createConnection(url()));
    }

    private SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }

    private static Connection transactional(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return connection;
    }

    /// What went wrong, for people.
    StoreException failure(String what, SQLException e) {
        String message = String.valueOf(e.getMessage());
        String advice;
        if (message.contains("SQLITE_FULL")) {
            advice = "the disk is full; free space where " + file + " is";
        } else if (message.contains("SQLITE_READONLY") || message.contains("SQLITE_CANTOPEN")) {
            advice = file + " cannot be written; make it and its directory writable";
        } else if (message.contains("SQLITE_BUSY") || message.contains("SQLITE_LOCKED")) {
            advice = "another program holds " + file + " locked; end it";
        } else if (message.contains("SQLITE_CORRUPT") || message.contains("SQLITE_NOTADB")) {
            advice = file + " is damaged; put a backup in its place";
        } else {
            advice = "the database " + file + " refused it";
        }
        return new StoreException("%s: %s (%s)".formatted(what, advice, message), e);
    }
}
