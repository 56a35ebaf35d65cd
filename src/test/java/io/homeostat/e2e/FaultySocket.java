package io.homeostat.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.util.concurrent.CopyOnWriteArrayList;

/// A unix socket in front of another, which passes everything on until it is told to be faulty:
/// then what is open breaks, and whoever asks anew gets what the fault is.
final class FaultySocket implements AutoCloseable {
    /// How it answers.
    enum Fault {
        NONE,
        /// It takes the request and never says a word.
        SILENCE,
        /// Every answer is an error of the server.
        ERROR,
        /// Every answer is a good one, and an empty list.
        EMPTY_LIST
    }

    private final Path behind;
    private final Path socket;
    private final ServerSocketChannel listener;
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private volatile Fault fault = Fault.NONE;

    private FaultySocket(Path behind, Path socket, ServerSocketChannel listener) {
        this.behind = behind;
        this.socket = socket;
        this.listener = listener;
    }

    /// @param behind the address of the socket that everything is passed on to: `unix:///…`
    static FaultySocket before(String behind) {
        try {
            Path socket = Files.createTempDirectory("faulty").resolve("docker.sock");
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(socket));
            Path target = Path.of(behind.substring("unix://".length()));
            FaultySocket faulty = new FaultySocket(target, socket, listener);
            Thread.ofVirtual().start(faulty::acceptAll);
            return faulty;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    String address() {
        return "unix://" + socket;
    }

    void be(Fault next) {
        fault = next;
        breakAll();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        breakAll();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(socket.getParent());
    }

    private void breakAll() {
        for (SocketChannel connection : connections) {
            try {
                connection.close();
            } catch (IOException e) {
                // It is closed all the same.
            }
        }
        connections.clear();
    }

    private void acceptAll() {
        try {
            while (listener.isOpen()) {
                SocketChannel client = listener.accept();
                connections.add(client);
                Thread.ofVirtual().start(() -> serve(client, fault));
            }
        } catch (IOException e) {
            // The listener was closed: that is how it stops.
        }
    }

    private void serve(SocketChannel client, Fault now) {
        try (client) {
            switch (now) {
                case NONE -> passOn(client);
                case SILENCE -> hear(client, "");
                case ERROR ->
                        hear(
                                client,
                                answer("500 Internal Server Error", "{\"message\":\"faulty\"}"));
                case EMPTY_LIST -> hear(client, answer("200 OK", "[]"));
            }
        } catch (IOException e) {
            // One of both went away, and so does the other.
        } finally {
            connections.remove(client);
        }
    }

    private void passOn(SocketChannel client) throws IOException {
        try (SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(behind))) {
            connections.add(engine);
            Thread.ofVirtual().start(() -> answers(engine, client));
            Channels.newInputStream(client).transferTo(Channels.newOutputStream(engine));
        }
    }

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

    /// Gives this answer to the request, and hangs up; an empty one means to say nothing for as
    /// long as the other listens.
    private static void hear(SocketChannel client, String answer) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                Channels.newInputStream(client), StandardCharsets.ISO_8859_1));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty() && !answer.isEmpty()) {
                Channels.newOutputStream(client)
                        .write(answer.getBytes(StandardCharsets.ISO_8859_1));
                return;
            }
        }
    }

    private static String answer(String status, String body) {
        return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.length(), body);
    }
}
