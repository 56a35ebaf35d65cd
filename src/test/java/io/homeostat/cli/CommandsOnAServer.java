package io.homeostat.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Commands in this process, and a server that answers what a test wrote down.
abstract class CommandsOnAServer {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Map<String, Answer> answers = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final Map<String, String> environment = new TreeMap<>();
    HttpServer server;

    record Answer(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.create(any, 0);
        server.createContext("/", this::answer);
        server.start();
        environment.put("HOMEOSTAT_URL", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    int run(String... arguments) {
        Path here = Path.of("").toAbsolutePath();
        return Homeostat.run(
                new Console(new PrintWriter(out, true), new PrintWriter(err, true), ZoneOffset.UTC),
                new Home(here, here),
                environment,
                "ann",
                arguments);
    }

    static Answer ok(String body) {
        return new Answer(200, body);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add("%s %s %s".formatted(request, token == null ? "-" : token, body));
            Answer answer =
                    answers.getOrDefault(
                            request, new Answer(404, "{'detail':'no " + request + "'}"));
            byte[] bytes = answer.body().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
