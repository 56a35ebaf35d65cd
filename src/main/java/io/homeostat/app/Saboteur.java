package io.homeostat.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Causes a fault in a demonstration that runs in another process.
final class Saboteur {
    private static final String DEFAULT = "http://127.0.0.1:8080";

    private final PrintStream out;
    private final PrintStream err;

    Saboteur(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @return the exit code: 0 caused, 1 no such fault, 2 no demo is running
    int cause(String fault) {
        String server = Optional.ofNullable(System.getenv("HOMEOSTAT_URL")).orElse(DEFAULT);
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        server
                                                + "/api/v1/demo/faults/"
                                                + URLEncoder.encode(fault, StandardCharsets.UTF_8)))
                        .timeout(Duration.ofSeconds(5))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            boolean caused = response.statusCode() == 200;
            if (caused) {
                out.println(response.body());
            } else {
                err.println(new ObjectMapper().readTree(response.body()).path("detail").asText());
            }
            return caused ? 0 : 1;
        } catch (IOException absent) {
            err.println(
                    "no demo answers at %s; start one with ./homeostat demo, or say where with HOMEOSTAT_URL"
                            .formatted(server));
            return 2;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 2;
        }
    }
}
