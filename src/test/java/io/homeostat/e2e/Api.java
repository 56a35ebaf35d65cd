package io.homeostat.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// What answers JSON over HTTP at an address of the testbed: Homeostat, or Alertmanager.
final class Api {
    static final String TOKEN = "e2e-token";

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String address;

    /// @param address as `http://198.18.77.1:8080`
    Api(String address) {
        this.address = address;
    }

    boolean isReady() {
        try {
            return send("GET", "/q/health/ready", "").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    JsonNode items(String path) {
        return read(path).path("items");
    }

    JsonNode read(String path) {
        return request("GET", path, "");
    }

    JsonNode post(String path, String body) {
        return request("POST", path, body);
    }

    JsonNode delete(String path) {
        return request("DELETE", path, "");
    }

    private JsonNode request(String method, String path, String body) {
        HttpResponse<String> response = send(method, path, body);
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            throw new IllegalStateException(
                    "%s %s answered %d: %s"
                            .formatted(method, path, response.statusCode(), response.body()));
        }
        try {
            return json.readTree(response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .timeout(ANSWER)
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + TOKEN)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
