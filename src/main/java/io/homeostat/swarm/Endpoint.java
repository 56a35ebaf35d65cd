package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The calls we make to one Docker, each with a deadline for the whole of it. Thread-safe.
///
/// Every call runs on a thread of its own, for the transport's own timeout does not hold on unix
/// sockets; interrupting that thread closes the socket.
final class Endpoint implements AutoCloseable {
    private static final int CONNECTIONS = 32;

    private final URI host;
    private final DockerHttpClient client;
    private final Set<FutureTask<?>> reads = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String prefix;

    /// @param connect how long connecting may take
    Endpoint(URI host, Duration connect) {
        this.host = host;
        this.client =
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(host)
                        .connectionTimeout(connect)
                        .maxConnections(CONNECTIONS)
                        .build();
    }

    URI host() {
        return host;
    }

    /// @param path below the version: `/services`
    JsonNode get(String path, Deadline deadline) throws DockerException, InterruptedException {
        return get(path, null, deadline);
    }

    /// @param shown the header `X-Registry-Auth`; null for none
    JsonNode get(String path, @Nullable String shown, Deadline deadline)
            throws DockerException, InterruptedException {
        String versioned = versioned(path, deadline);
        return within(
                deadline, versioned, true, () -> json(Request.Method.GET, versioned, null, shown));
    }

    /// The body of an answer as it comes.
    ///
    /// @param most no more bytes than this are read
    byte[] bytes(String path, int most, Deadline deadline)
            throws DockerException, InterruptedException {
        String versioned = versioned(path, deadline);
        return within(
                deadline,
                versioned,
                true,
                () -> {
                    try (Response response = execute(Request.Method.GET, versioned, null, null);
                            InputStream answer = response.getBody()) {
                        if (response.getStatusCode() / 100 != 2) {
                            throw refusal(response, answer);
                        }
                        return answer.readNBytes(most);
                    }
                });
    }

    /// Sends it once. A body that is a stream is never sent again by the transport, whatever the
    /// answer.
    ///
    /// @param shown the header `X-Registry-Auth`; null for none
    JsonNode post(String path, JsonNode body, @Nullable String shown, Deadline deadline)
            throws DockerException, InterruptedException {
        String versioned = versioned(path, deadline);
        byte[] bytes = Json.write(body);
        return within(
                deadline,
                versioned,
                false,
                () -> json(Request.Method.POST, versioned, bytes, shown));
    }

    /// Opens a stream of events; to be closed by the caller.
    Response open(String path, Deadline deadline) throws DockerException, InterruptedException {
        String versioned = versioned(path, deadline);
        return within(
                deadline,
                versioned,
                true,
                () -> {
                    Response response = execute(Request.Method.GET, versioned, null, null);
                    if (response.getStatusCode() / 100 == 2) {
                        return response;
                    }
                    try (response) {
                        throw refusal(response, response.getBody());
                    }
                });
    }

    /// Gives up all reads that wait for an answer. Writes wait on: what became of them must be
    /// told.
    void abandonReads() {
        reads.forEach(read -> read.cancel(true));
    }

    /// Runs a call that may block, and gives it up when the deadline comes.
    private <T> T within(Deadline deadline, String path, boolean read, Callable<T> call)
            throws DockerException, InterruptedException {
        int query = path.indexOf('?');
        String what = query < 0 ? path : path.substring(0, query);
        FutureTask<T> task = new FutureTask<>(call);
        if (read) {
            reads.add(task);
        }
        Thread thread = Thread.ofVirtual().name("docker " + what).start(task);
        try {
            return task.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw DockerException.unanswered(
                    "Docker at %s has not answered %s within %d ms; is it overloaded or hanging?"
                            .formatted(host, what, deadline.time().toMillis()),
                    e);
        } catch (CancellationException e) {
            throw DockerException.unanswered(
                    "Docker at %s was left for another before it answered %s".formatted(host, what),
                    e);
        } catch (ExecutionException e) {
            throw explained(what, e.getCause() == null ? e : e.getCause());
        } finally {
            reads.remove(task);
            thread.interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /// Speaks the daemon's own version: with an older one it would drop, on a write, the fields
    /// that came later.
    private String versioned(String path, Deadline deadline)
            throws DockerException, InterruptedException {
        String known = prefix;
        if (known == null) {
            JsonNode version;
            try {
                version =
                        within(
                                deadline,
                                "/version",
                                true,
                                () -> json(Request.Method.GET, "/version", null, null));
            } catch (DockerException e) {
                throw e.asUnsent();
            }
            known = "/v" + ApiVersion.usable(version, host);
            prefix = known;
        }
        return known + path;
    }

    private JsonNode json(
            Request.Method method, String path, byte @Nullable [] body, @Nullable String shown)
            throws IOException, DockerException {
        try (Response response = execute(method, path, body, shown);
                InputStream answer = response.getBody()) {
            if (response.getStatusCode() / 100 != 2) {
                throw refusal(response, answer);
            }
            return Json.read(answer);
        }
    }

    private Response execute(
            Request.Method method, String path, byte @Nullable [] body, @Nullable String shown) {
        Request.Builder request = Request.builder().method(method);
        request.path(path);
        Map<String, String> headers = new TreeMap<>();
        if (shown != null) {
            headers.put("X-Registry-Auth", shown);
        }
        if (body != null) {
            headers.put("Content-Type", "application/json");
            request.body(new ByteArrayInputStream(body));
        }
        request.headers(headers);
        return client.execute(request.build());
    }

    private DockerException refusal(Response response, InputStream body) throws IOException {
        String text = new String(body.readNBytes(4096), StandardCharsets.UTF_8).strip();
        int status = response.getStatusCode();
        String said = text;
        if (text.startsWith("{")) {
            said = Json.read(text).path("message").asText(text);
        }
        if (status == 400 && said.contains("client version")) {
            prefix = null;
        }
        return DockerException.answered(
                status, "Docker at %s says %d: %s".formatted(host, status, said));
    }

    private DockerException explained(String what, Throwable thrown) {
        Throwable cause = thrown;
        for (Throwable next = thrown; next != null; next = next.getCause()) {
            if (next instanceof DockerException docker) {
                return docker;
            }
            cause = next;
        }
        String said = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        prefix = null;
        if (beforeSending(cause)) {
            return DockerException.unsent(
                    ("Docker at %s does not answer: %s; is dockerd running, and may this user open"
                                    + " the socket?")
                            .formatted(host, said),
                    thrown);
        }
        return DockerException.unanswered(
                "Docker at %s broke off %s: %s".formatted(host, what, said), thrown);
    }

    /// True only for what can happen to nobody who has a connection.
    private static boolean beforeSending(Throwable cause) {
        if (cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException
                || cause.getClass().getSimpleName().equals("ConnectTimeoutException")) {
            return true;
        }
        String said = String.valueOf(cause.getMessage());
        return cause instanceof SocketException
                && (said.contains("No such file") || said.contains("Permission denied"));
    }
}
