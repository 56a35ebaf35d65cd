package io.homeostat.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/// A unix socket in front of Docker's, which lets through what the documentation says Homeostat
/// asks, refuses all else with 403, and remembers both. Answers are passed on as they come, streams
/// included.
final class GuardedSocket implements AutoCloseable {
    private final Permissions permissions;
    private final Path docker;
    private final Path socket;
    private final ServerSocketChannel listener;
    private final SortedSet<String> used = new ConcurrentSkipListSet<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();

    private GuardedSocket(
            Permissions permissions, Path docker, Path socket, ServerSocketChannel listener) {
        this.permissions = permissions;
        this.docker = docker;
        this.socket = socket;
        this.listener = listener;
    }

    /// @param docker Docker's own socket; it need not be there yet
    static GuardedSocket before(Path docker) {
        return before(docker, Permissions.documented());
    }

    /// @param permissions what is let through
    static GuardedSocket before(Path docker, Permissions permissions) {
        try {
            Path socket = Files.createTempDirectory("guarded").resolve("docker.sock");
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(socket));
            GuardedSocket guarded = new GuardedSocket(permissions, docker, socket, listener);
            Thread.ofVirtual().start(guarded::acceptAll);
            return guarded;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    String address() {
        return "unix://" + socket;
    }

    /// The rows of the table that were needed.
    SortedSet<String> used() {
        return used;
    }

    /// The requests that no row allows.
    List<String> refused() {
        return refused;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel connection : connections) {
            connection.close();
        }
        Files.deleteIfExists(socket);
        Files.deleteIfExists(socket.getParent());
    }

    private void acceptAll() {
        try {
            while (listener.isOpen()) {
                SocketChannel client = listener.accept();
                connections.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // The listener was closed: that is how it stops.
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(docker))) {
            connections.add(engine);
            Thread.ofVirtual().start(() -> answers(engine, client));
            InputStream in = new BufferedInputStream(Channels.newInputStream(client));
            OutputStream out = Channels.newOutputStream(engine);
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                if (!allows(head)) {
                    refuse(client);
                    return;
                }
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                body(head, in, out);
            }
        } catch (IOException e) {
            // One of both went away, and so does the other.
        } finally {
            connections.remove(client);
        }
    }

    /// Passes answers on until Docker ends the connection.
    private void answers(SocketChannel engine, SocketChannel client) {
        try (client;
                engine) {
            Channels.newInputStream(engine).transferTo(Channels.newOutputStream(client));
        } catch (IOException e) {
            // As above.
        } finally {
            connections.remove(engine);
        }
    }

    private boolean allows(String head) {
        String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
        String request = line[0] + " " + line[1];
        return permissions
                .allowing(request)
                .map(row -> {
                    used.add(row);
                    return true;
                })
                .orElseGet(() -> {
                    refused.add(request);
                    return false;
                });
    }

    private static void refuse(SocketChannel client) throws IOException {
        String body = "{\"message\":\"docs/docker-permissions.md does not allow that\"}";
        Channels.newOutputStream(client)
                .write(
                        ("HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n"
                                        + "Connection: close\r\nContent-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body)
                                .getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The request line and the headers, with the empty line; empty at the end of the connection.
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.write(line.getBytes(StandardCharsets.ISO_8859_1));
            if (line.equals("\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void body(String head, InputStream in, OutputStream out) throws IOException {
        String headers = head.toLowerCase(Locale.ROOT);
        if (headers.contains("transfer-encoding: chunked")) {
            int size;
            do {
                String line = line(in);
                out.write(line.getBytes(StandardCharsets.ISO_8859_1));
                size = Integer.parseInt(line.strip(), 16);
                pass(in, out, size + 2);
            } while (size > 0);
        }
        int at = headers.indexOf("\r\ncontent-length:");
        if (at >= 0) {
            int end = headers.indexOf("\r\n", at + 2);
            String length = headers.substring(headers.indexOf(':', at) + 1, end);
            pass(in, out, Integer.parseInt(length.strip()));
        }
    }

    private static void pass(InputStream in, OutputStream out, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("a body ended early");
        }
        out.write(bytes);
    }

    /// A line with its end; empty at the end of the connection.
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
