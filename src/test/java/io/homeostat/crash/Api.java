package io.homeostat.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The program as everybody sees it: over HTTP.
final class Api {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
    private final ObjectMapper json = new ObjectMapper();
    private final String address;

    Api(int port) {
        this.address = "http://127.0.0.1:" + port;
    }

    boolean isReady() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /// All items of a list, over all its pages.
    List<JsonNode> items(String path) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        String from = path + (path.contains("?") ? "&" : "?") + "limit=500";
        String next = from;
        while (!next.isEmpty()) {
            HttpResponse<String> response = get(next);
            if (response.statusCode() != 200) {
                throw new IOException(
                        "%s answered %d: %s"
                                .formatted(next, response.statusCode(), response.body()));
            }
            JsonNode page = json.readTree(response.body());
            page.path("items").forEach(items::add);
            String cursor = page.path("next").asText("");
            next =
                    cursor.isEmpty() || cursor.equals("null")
                            ? ""
                            : from + "&cursor=" + encoded(cursor);
        }
        return items;
    }

    /// @return the status; 0 when there was no answer
    int post(String path, JsonNode body) {
        try {
            return send(HttpRequest.newBuilder(URI.create(address + path))
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body.toString())))
                    .statusCode();
        } catch (IOException unanswered) {
            return 0;
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
