package io.homeostat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A running Homeostat, asked over HTTP.
final class Server {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final URI address;
    private final @Nullable String token;

    Server(URI address, @Nullable String token) {
        this.address = address;
        this.token = token;
    }

    JsonNode get(String path, Map<String, String> query) throws Problem, InterruptedException {
        return send("GET", path, query, null, ANSWER);
    }

    JsonNode post(String path, JsonNode body) throws Problem, InterruptedException {
        return post(path, body, ANSWER);
    }

    /// @param patience how long the answer may take
    JsonNode post(String path, JsonNode body, Duration patience)
            throws Problem, InterruptedException {
        return send("POST", path, Map.of(), body, patience);
    }

    JsonNode put(String path, JsonNode body) throws Problem, InterruptedException {
        return send("PUT", path, Map.of(), body, ANSWER);
    }

    JsonNode delete(String path, Map<String, String> query) throws Problem, InterruptedException {
        return send("DELETE", path, query, null, ANSWER);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode send(
            String method,
            String path,
            Map<String, String> query,
            @Nullable JsonNode body,
            Duration patience)
            throws Problem, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path, new TreeMap<>(query)))
                        .timeout(patience)
                        .header("Accept", "application/json, application/problem+json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            return answer(client.send(request.build(), BodyHandlers.ofString()));
        } catch (ConnectException unreachable) {
            throw new Problem(
                    ("Homeostat does not answer at %s. Start it with ./homeostat serve or"
                                    + " ./homeostat demo, or say where it is with --server or"
                                    + " HOMEOSTAT_URL.")
                            .formatted(address),
                    unreachable);
        } catch (IOException broken) {
            throw new Problem(
                    "No answer from %s: %s (%s). Check the address and the network between."
                            .formatted(
                                    address,
                                    broken.getMessage(),
                                    broken.getClass().getSimpleName()),
                    broken);
        }
    }

    private URI uri(String path, SortedMap<String, String> query) {
        List<String> pairs = new ArrayList<>();
        query.forEach((key, value) -> pairs.add(key + "=" + encoded(value)));
        String base = address.toString().replaceAll("/+$", "");
        String asked = pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
        return URI.create(base + "/api/v1/" + path + asked);
    }

    private JsonNode answer(HttpResponse<String> response) throws Problem {
        int status = response.statusCode();
        JsonNode body = json(response.body());
        if (status >= 200 && status < 300) {
            if (body == null && status != 204) {
                throw new Problem(
                        "What answers at %s is no Homeostat: it sent no JSON.".formatted(address));
            }
            return body == null ? Console.JSON.createObjectNode() : body;
        }
        String detail = body == null ? "" : body.path("detail").asText("");
        String hint =
                status == 401 || status == 403
                        ? " Name the file with the token by --token-file or HOMEOSTAT_TOKEN_FILE."
                        : "";
        throw new Problem(
                "Homeostat at %s refused with %d: %s%s"
                        .formatted(
                                address,
                                status,
                                detail.isEmpty() ? "it does not say why" : detail,
                                hint));
    }

    private static @Nullable JsonNode json(String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return Console.JSON.readTree(text);
        } catch (JsonProcessingException none) {
            return null;
        }
    }
}
