package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// What a real swarm answered.
final class Captured {
    private Captured() {}

    static JsonNode services() {
        return read("services.json");
    }

    static JsonNode tasks() {
        return read("tasks.json");
    }

    static JsonNode nodes() {
        return read("nodes.json");
    }

    static JsonNode service(String name) {
        for (JsonNode service : services()) {
            if (ServiceReading.name(service).equals(name)) {
                return service.deepCopy();
            }
        }
        throw new IllegalArgumentException("no service was captured of the name " + name);
    }

    private static JsonNode read(String file) {
        try (InputStream in =
                Objects.requireNonNull(Captured.class.getResourceAsStream("/docker/" + file))) {
            return Json.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
