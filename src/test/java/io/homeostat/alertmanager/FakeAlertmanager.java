package io.homeostat.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// Answers as Alertmanager does, below the path prefix `/am`.
final class FakeAlertmanager implements AutoCloseable {
    final AtomicReference<String> alerts = new AtomicReference<>("[]");
    final AtomicReference<String> silences = new AtomicReference<>("[]");
    final AtomicReference<Integer> status = new AtomicReference<>(200);
    final AtomicReference<String> authorization = new AtomicReference<>("");
    private final HttpServer server;
    private final Instant upSince;

    FakeAlertmanager(Instant upSince) throws IOException {
        this.upSince = upSince;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/am/api/v2/status",
                exchange ->
                        answer(
                                exchange,
                                "{\"uptime\":\"%s\",\"versionInfo\":{\"version\":\"0.25.0\"}}"
                                        .formatted(this.upSince)));
        server.createContext("/am/api/v2/alerts", exchange -> answer(exchange, alerts.get()));
        server.createContext("/am/api/v2/silences", exchange -> answer(exchange, silences.get()));
        server.start();
    }

    private void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            String credentials = exchange.getRequestHeaders().getFirst("Authorization");
            authorization.set(credentials == null ? "" : credentials);
            byte[] bytes = text.getBytes(UTF_8);
            exchange.sendResponseHeaders(status.get(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    URI address() {
        return URI.create("http://" + authority() + "/am");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
