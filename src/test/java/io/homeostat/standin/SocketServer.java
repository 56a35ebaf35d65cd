package io.homeostat.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 on a unix socket, as much as a Docker client needs: kept connections, chunked bodies in
/// both directions, and answers that never come.
final class SocketServer {
    /// What a request is answered with.
    sealed interface Answer {}

    record Json(int status, String body) implements Answer {}

    /// @param lines what is sent when it is put in; an empty text ends the stream
    record Stream(BlockingQueue<String> lines, Runnable ended) implements Answer {}

    /// No answer and no end.
    record Hang() implements Answer {}

    /// No answer, and the connection ends.
    record BreakOff() implements Answer {}

    /// Answers requests.
    @FunctionalInterface
    interface Answering {
        Answer to(String method, String target, String body) throws IOException;
    }

    static Answer json(JsonNode body) {
        return new Json(200, body.toString());
    }

    /// As Docker says what went wrong.
    static Answer message(int status, String text) {
        return new Json(
                status, JsonNodeFactory.instance.objectNode().put("message", text).toString());
    }

    private static final String SHOWN = "x-registry-auth:";

    /// What was shown for registries, in order.
    private final List<String> shown = new CopyOnWriteArrayList<>();

    private final Path socket;
    private final Answering answering;
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private @Nullable ServerSocketChannel listener;

    SocketServer(Path socket, Answering answering) {
        this.socket = socket;
        this.answering = answering;
    }

    List<String> shown() {
        return shown;
    }

    void start() throws IOException {
        ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        opened.bind(UnixDomainSocketAddress.of(socket));
        listener = opened;
        Thread.ofVirtual().start(() -> acceptAll(opened));
    }

    void stop() throws IOException {
        if (listener != null) {
            listener.close();
        }
        Files.deleteIfExists(socket);
        for (SocketChannel connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    private void acceptAll(ServerSocketChannel opened) {
        try {
            while (opened.isOpen()) {
                SocketChannel connection = opened.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // The listener was closed: that is how this server stops.
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
            OutputStream out = Channels.newOutputStream(connection);
            for (String request = line(in); !request.isEmpty(); request = line(in)) {
                String[] parts = request.split(" ", -1);
                if (!send(answering.to(parts[0], parts[1], body(in)), out)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return false when the connection is to end
    private static boolean send(Answer answer, OutputStream out)
            throws IOException, InterruptedException {
        return switch (answer) {
            case Json json -> {
                byte[] bytes = json.body().getBytes(StandardCharsets.UTF_8);
                head(out, json.status(), "Content-Length: " + bytes.length);
                out.write(bytes);
                yield true;
            }
            case Stream stream -> {
                head(out, 200, "Transfer-Encoding: chunked");
                try {
                    stream(stream.lines(), out);
                } finally {
                    stream.ended().run();
                }
                yield true;
            }
            case Hang _ -> {
                new CountDownLatch(1).await();
                yield false;
            }
            case BreakOff _ -> false;
        };
    }

    private static void stream(BlockingQueue<String> lines, OutputStream out)
            throws IOException, InterruptedException {
        for (String line = lines.take(); ; line = lines.take()) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            out.write(
                    (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.write("\r\n".getBytes(StandardCharsets.UTF_8));
            if (bytes.length == 0) {
                return;
            }
        }
    }

    private static void head(OutputStream out, int status, String length) throws IOException {
        out.write(
                "HTTP/1.1 %d Said\r\nContent-Type: application/json\r\n%s\r\n\r\n"
                        .formatted(status, length)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private String body(InputStream in) throws IOException {
        int length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring("content-length:".length()).strip());
            }
            if (lower.startsWith(SHOWN)) {
                shown.add(header.substring(SHOWN.length()).strip());
            }
            chunked |= lower.equals("transfer-encoding: chunked");
        }
        if (!chunked) {
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toString(StandardCharsets.UTF_8);
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
