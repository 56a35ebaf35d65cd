package io.homeostat.prometheus;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.homeostat.tracking.Measured;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// One instant query, and the one number that it answers. Whatever else comes back is no number,
/// with the reason.
final class InstantQuery {
    /// One number is small; more than this is something else, and is not read to its end.
    private static final long ANSWER_BYTES_MAX = 256L * 1024;

    private static final int DEPTH_MAX = 20;
    private static final int TROUBLE_LENGTH = 200;

    private final HttpClient client;
    private final URI address;
    private final String authorization;
    private final Duration timeout;
    private final ObjectMapper json =
            JsonMapper.builder(
                            com.fasterxml.jackson.core.JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .build())
                                    .build())
                    .build();

    /// @param address with the path prefix under which Prometheus is served; a user and password in
    ///   it are sent as basic authentication
    /// @param token a bearer token, which comes before those; empty for none
    InstantQuery(HttpClient client, URI address, String token, Duration timeout) {
        this.client = client;
        this.address = withoutUser(address);
        this.authorization = authorization(address, token);
        this.timeout = timeout;
    }

    /// @throws IOException when Prometheus does not answer at all
    Measured ask(String query) throws IOException, InterruptedException {
        String path = "api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path))
                        .timeout(timeout)
                        .header("Accept", "application/json");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<byte[]> response;
        try {
            response =
                    client.send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        } catch (HttpTimeoutException slow) {
            return Measured.nothing("no answer within %d ms".formatted(timeout.toMillis()));
        }
        return read(response.statusCode(), response.body());
    }

    private Measured read(int status, byte[] body) {
        JsonNode answer;
        try {
            answer = json.readTree(body);
        } catch (IOException notJson) {
            return Measured.nothing(
                    status == 200
                            ? "the answer is not JSON"
                            : "Prometheus answers with status " + status);
        }
        if (status != 200 || !answer.path("status").asText().equals("success")) {
            String error = answer.path("error").asText();
            return Measured.nothing(
                    "Prometheus answers with status %d%s"
                            .formatted(status, error.isEmpty() ? "" : ": " + shortened(error)));
        }
        JsonNode data = answer.path("data");
        JsonNode result = data.path("result");
        return switch (data.path("resultType").asText()) {
            case "scalar" -> number(result);
            case "vector" ->
                    switch (result.size()) {
                        case 0 -> Measured.nothing("the query finds nothing");
                        case 1 -> number(result.path(0).path("value"));
                        default ->
                                Measured.nothing(
                                        "the query finds %d series, and one number is needed; wrap it in sum() or avg()"
                                                .formatted(result.size()));
                    };
            default ->
                    Measured.nothing(
                            "the query answers no number but a "
                                    + shortened(data.path("resultType").asText("thing unknown")));
        };
    }

    /// A sample is the time and the value, as a text.
    private static Measured number(JsonNode sample) {
        JsonNode value = sample.path(1);
        if (sample.size() != 2 || !value.isTextual()) {
            return Measured.nothing("the answer has no value");
        }
        try {
            // Prometheus writes infinity in its own way.
            String text = value.asText().replace("Inf", "Infinity");
            return Measured.of(Double.parseDouble(text));
        } catch (NumberFormatException noNumber) {
            return Measured.nothing("the answer is no number: " + shortened(value.asText()));
        }
    }

    /// What comes from outside ends up in facts and decisions, on one line.
    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= TROUBLE_LENGTH ? line : line.substring(0, TROUBLE_LENGTH) + " …";
    }

    private static String authorization(URI address, String token) {
        if (!token.isEmpty()) {
            return "Bearer " + token;
        }
        String user = address.getUserInfo();
        return user == null
                ? ""
                : "Basic "
                        + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    /// The address without its credentials, ending with `/`, so that paths resolve below it.
    static URI withoutUser(URI address) {
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return URI.create(
                "%s://%s%s%s"
                        .formatted(
                                address.getScheme(),
                                address.getHost(),
                                address.getPort() < 0 ? "" : ":" + address.getPort(),
                                path.endsWith("/") ? path : path + "/"));
    }
}
