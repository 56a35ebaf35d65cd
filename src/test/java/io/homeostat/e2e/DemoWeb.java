package io.homeostat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/// The service of the testbed that has a load, as Docker shows it.
final class DemoWeb {
    static final String NAME = "demo_web";

    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoWeb() {}

    /// Every running task reports this load from now on.
    static void load(int value) {
        Shell.testbed("set-load", NAME, String.valueOf(value));
    }

    static JsonNode spec() {
        return service().path("Spec");
    }

    static int wanted() {
        return spec().path("Mode").path("Replicated").path("Replicas").asInt();
    }

    static long version() {
        return service().path("Version").path("Index").asLong();
    }

    static int running() {
        String states =
                Shell.docker(
                        "service",
                        "ps",
                        NAME,
                        "--filter",
                        "desired-state=running",
                        "--format",
                        "{{.CurrentState}}");
        return (int) states.lines().filter(line -> line.startsWith("Running")).count();
    }

    /// The wanted replicas do not change for that long.
    static void staysFor(Duration time, int replicas) {
        Instant end = Instant.now().plus(time);
        await().atMost(time.plusSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    assertThat(wanted()).isEqualTo(replicas);
                    return Instant.now().isAfter(end);
                });
    }

    private static JsonNode service() {
        try {
            return JSON.readTree(Shell.docker("service", "inspect", NAME)).path(0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
