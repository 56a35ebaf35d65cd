package io.homeostat.store;

import io.homeostat.engine.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies of the database, made beside a running Homeostat or without one, and put back in its
/// place while none runs.
public final class Backup {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Database database;

    private Backup(Database database) {
        this.database = database;
    }

    /// What a copy holds.
    ///
    /// @param bytes how large it is
    /// @param turns how many turns
    /// @param last the instant of the last one; null when there is none
    public record Content(long bytes, long turns, @Nullable Instant last) {}

    /// What a restore did.
    ///
    /// @param content what is there now
    /// @param replaced where the database is that was there before; null when there was none
    public record Restored(Content content, @Nullable Path replaced) {}

    /// Of the database in a data directory.
    public static Backup of(Path directory) {
        return new Backup(Database.in(directory));
    }

    /// Of the database that a JDBC URL names.
    public static Backup of(String jdbcUrl) throws StoreException {
        return new Backup(Database.of(jdbcUrl));
    }

    /// The database that is copied or replaced.
    public Path file() {
        return database.file();
    }

    // --- writing one ---

    /// Writes a copy that is whole and as of one instant, whatever is being written meanwhile. It
    /// has its name only once it is on disk, and is for its owner's eyes only.
    ///
    /// @param overwrite false to refuse when there is a file of that name
    public Content write(Path target, boolean overwrite) throws StoreException {
        Path file = target.toAbsolutePath();
        if (!Files.isRegularFile(database.file())) {
            throw new StoreException(
                    "there is no database %s; say where it is with --data"
                            .formatted(database.file()));
        }
        if (Files.isDirectory(file)) {
            throw new StoreException("%s is a directory; name a file in it".formatted(target));
        }
        if (Files.exists(file) && !overwrite) {
            throw new StoreException(
                    "%s exists and is left as it is; name another file, or say --overwrite"
                            .formatted(target));
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            try {
                Files.deleteIfExists(unfinished);
                ownersOnly(unfinished);
                copyInto(unfinished);
                Content content = content(new Database(unfinished, true));
                sync(unfinished);
                Files.move(
                        unfinished,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                sync(file.resolveSibling(""));
                return content;
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (SQLException e) {
            throw new StoreException(
                    "%s was not backed up to %s: %s"
                            .formatted(database.file(), target, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw unusable("the backup %s was not written".formatted(target), e);
        }
    }

    private void copyInto(Path unfinished) throws SQLException {
        try (Session session = database.reader()) {
            session.connection().setAutoCommit(true); // a copy is made outside a transaction
            session.run("VACUUM INTO '%s'".formatted(unfinished.toString().replace("'", "''")));
        }
    }

    // --- putting one back ---

    /// Puts a backup in the place of the database, which is kept beside it under a dated name.
    ///
    /// @throws StoreException when a Homeostat runs on the data directory, or when the file is no
    ///   sound backup that this program knows; then nothing was changed
    public Restored restore(Path backup, InstantSource clock) throws StoreException {
        if (!Files.isRegularFile(backup)) {
            throw new StoreException("there is no file %s".formatted(backup));
        }
        Path log = backup.resolveSibling(backup.getFileName() + "-wal");
        try (DataDirectory _ = DataDirectory.lock(database.directory())) {
            if (Files.exists(log) && Files.size(log) > 0) {
                throw new StoreException(
                        "%s is a database in use and no backup; make one with ./homeostat backup"
                                .formatted(backup));
            }
            Path copy = database.file().resolveSibling(Database.NAME + ".restoring");
            try {
                Files.deleteIfExists(copy);
                ownersOnly(copy);
                Files.copy(backup, copy, StandardCopyOption.REPLACE_EXISTING);
                ownersOnly(copy);
                Content content = content(new Database(copy, true));
                sync(copy);
                Path replaced = keepReplaced(clock.instant());
                Files.move(
                        copy,
                        database.file(),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                sync(database.directory());
                return new Restored(content, replaced);
            } finally {
                Files.deleteIfExists(copy);
                Files.deleteIfExists(log(copy));
                Files.deleteIfExists(index(copy));
            }
        } catch (IOException e) {
            throw unusable("%s was not restored".formatted(backup), e);
        }
    }

    /// What is in a copy, after it was found sound and of a version that is known.
    private static Content content(Database copy) throws StoreException {
        Path file = copy.file();
        try (Session session = copy.reader()) {
            List<String> faults = session.all(row -> row.getString(1), "PRAGMA integrity_check");
            if (!faults.equals(List.of("ok"))) {
                throw new StoreException(
                        "%s is damaged (%s); take another backup"
                                .formatted(file, faults.getFirst()));
            }
            if (session.number(
                            "SELECT COUNT(*) FROM sqlite_master"
                                    + " WHERE name IN ('flyway_schema_history', 'inbox', 'memo')")
                    < 3) {
                throw new StoreException(
                        "%s is a database, but not one of Homeostat's".formatted(file));
            }
            long version =
                    session.number(
                            "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history");
            if (version > Schema.MIGRATIONS.size()) {
                throw Schema.newer(file, String.valueOf(version));
            }
            long turns = session.number("SELECT COUNT(*) FROM turn");
            long last = session.number("SELECT MAX(at) FROM turn");
            session.rollback();
            return new Content(Files.size(file), turns, turns == 0 ? null : Micros.instant(last));
        } catch (SQLException e) {
            throw new StoreException(
                    "%s cannot be read as a database (%s); take another backup"
                            .formatted(file, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw unusable("%s cannot be read".formatted(file), e);
        }
    }

    /// Gives the database that is there a second, dated name. What was in the log beside it is in
    /// it by then, where it can be read at all; a damaged one keeps its log under its new name.
    private @Nullable Path keepReplaced(Instant at) throws IOException {
        Path file = database.file();
        if (!Files.exists(file)) {
            Files.deleteIfExists(log(file));
            Files.deleteIfExists(index(file));
            return null;
        }
        Path replaced = file.resolveSibling(file.getFileName() + ".replaced-" + STAMP.format(at));
        foldLog();
        try {
            Files.createLink(replaced, file); // a name more, and there is no instant without one
        } catch (UnsupportedOperationException noLinks) {
            Files.copy(file, replaced);
            sync(replaced);
        }
        ownersOnly(replaced);
        if (Files.exists(log(file))) {
            Files.move(log(file), log(replaced));
        }
        Files.deleteIfExists(index(file));
        return replaced;
    }

    private void foldLog() {
        try (Session session = database.writer()) {
            session.connection().setAutoCommit(true);
            session.run("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException damaged) {
            System.getLogger(Backup.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "the database {0} that is replaced cannot be read, and is kept as it is: {1}",
                            database.file(),
                            damaged.getMessage());
        }
    }

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static Path index(Path file) {
        return file.resolveSibling(file.getFileName() + "-shm");
    }

    // --- files ---

    /// Makes the file where it is missing.
    private static void ownersOnly(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /// Returns when what was written to a file, or the names in a directory, are on disk.
    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static StoreException unusable(String what, IOException e) {
        String why =
                e instanceof NoSuchFileException missing
                        ? missing.getFile() + " does not exist"
                        : e.toString();
        return new StoreException("%s: %s".formatted(what, why), e);
    }
}
