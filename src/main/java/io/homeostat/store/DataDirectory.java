package io.homeostat.store;

import io.homeostat.engine.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The directory that one process at a time keeps its data in. The operating system lets go of the
/// lock when the process ends, however it ends.
final class DataDirectory implements AutoCloseable {
    private final FileChannel channel;

    private DataDirectory(FileChannel channel) {
        this.channel = channel;
    }

    /// Makes the directory where it is missing, for its owner's eyes only, and locks it.
    static DataDirectory lock(Path directory) throws StoreException {
        try {
            create(directory);
            FileChannel channel =
                    FileChannel.open(
                            directory.resolve("homeostat.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StoreException(
                        "another Homeostat uses the data directory %s; stop it, or give this one another with homeostat.data"
                                .formatted(directory));
            }
            return new DataDirectory(channel);
        } catch (IOException e) {
            throw new StoreException(
                    "the data directory %s cannot be used (%s); make it writable, or name another with homeostat.data"
                            .formatted(directory, e),
                    e);
        }
    }

    private static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    @Override
    public void close() throws StoreException {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("the lock of the data directory could not be closed: " + e, e);
        }
    }

    /// Deletes a directory that nobody keeps, and the database in it.
    static void delete(Path database) throws StoreException {
        Path parent = database.getParent();
        if (parent == null) {
            return;
        }
        try (var files = Files.list(parent)) {
            for (Path left : files.toList()) {
                Files.delete(left);
            }
            Files.delete(parent);
        } catch (IOException e) {
            throw new StoreException("the temporary store was not deleted: " + e, e);
        }
    }
}
