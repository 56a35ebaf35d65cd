package io.homeostat.swarm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/// Who we are: the same for each process on one data directory, of which only one can live at a
/// time, since the operating system keeps the file locked for it.
///
/// A copy of the directory, on this machine or another, is somebody else: the file itself and the
/// run of the machine are part of who we are. After a reboot we are somebody new, who waits.
final class Identity implements AutoCloseable {
    private static final String FILE = "homeostat.identity";
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");
    private static final int ID_LENGTH = 16;

    private final FileChannel locked;
    private final String id;
    private final String host;

    private Identity(FileChannel locked, String id, String host) {
        this.locked = locked;
        this.id = id;
        this.host = host;
    }

    /// @throws IOException in a sentence for people
    static Identity of(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        FileChannel channel;
        try {
            Files.createDirectories(directory);
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(
                    "who this process is cannot be kept in %s (%s); make the directory writable, or name another with homeostat.data"
                            .formatted(file, e),
                    e);
        }
        try {
            lock(channel, file);
            Object inode = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            String host = text(HOST, System.getenv().getOrDefault("HOSTNAME", "unknown"));
            String whole = "%s %s %s".formatted(kept(channel), inode, text(BOOT, host));
            return new Identity(channel, Sha256.of(whole).substring(0, ID_LENGTH), host);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    String id() {
        return id;
    }

    /// How it calls itself to people.
    String name() {
        return "%s (%s)".formatted(host, id);
    }

    @Override
    public void close() throws IOException {
        locked.close();
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // This very process holds it: the same as another.
        }
        throw new IOException("another Homeostat holds " + file);
    }

    /// What the file says; something new when it says nothing whole.
    private static String kept(FileChannel channel) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(64);
        channel.read(read, 0);
        String text = StandardCharsets.UTF_8.decode(read.flip()).toString().strip();
        if (text.matches("[0-9a-f-]{36}")) {
            return text;
        }
        String fresh = UUID.randomUUID().toString();
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((fresh + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        channel.force(true);
        return fresh;
    }

    private static String text(Path file, String otherwise) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? otherwise : text;
        } catch (IOException notLinux) {
            return otherwise;
        }
    }
}
