package io.homeostat.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/// Answers instant queries as Prometheus does, below the path prefix `/prom`.
final class FakePrometheus implements AutoCloseable {
    /// What a query is answered with, as it is.
    final Map<String, String> bodies = new ConcurrentHashMap<>();

    final AtomicReference<Integer> status = new AtomicReference<>(200);
    final AtomicReference<String> authorization = new AtomicReference<>("");
    final List<String> asked = new CopyOnWriteArrayList<>();

    /// Holds all answers back until it is at 0.
    final AtomicReference<CountDownLatch> held = new AtomicReference<>(new CountDownLatch(0));

    private final HttpServer server;

    FakePrometheus() throws IOException {
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/prom/api/v1/query", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String credentials = exchange.getRequestHeaders().getFirst("Authorization");
            authorization.set(credentials == null ? "" : credentials);
            String raw = exchange.getRequestURI().getRawQuery();
            String query = URLDecoder.decode(raw.substring("query=".length()), UTF_8);
            asked.add(query);
            held.get().await();
            byte[] bytes = bodies.getOrDefault(query, vector()).getBytes(UTF_8);
            exchange.sendResponseHeaders(status.get(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// An answer with one series for each of these values.
    static String vector(String... values) {
        StringBuilder series = new StringBuilder();
        for (String value : values) {
            series.append(series.isEmpty() ? "" : ",")
                    .append(
                            "{\"metric\":{\"n\":\"%d\"},\"value\":[1767607200.123,\"%s\"]}"
                                    .formatted(series.length(), value));
        }
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[%s]}}"
                .formatted(series);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prom");
    }

    URI addressOf(String user) {
        return URI.create(
                "http://" + user + "@127.0.0.1:" + server.getAddress().getPort() + "/prom/");
    }

    @Override
    public void close() {
        held.get().countDown();
        server.stop(0);
    }
}
