package io.homeostat.swarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/// Docker's JSON as trees, without loss: numbers keep the digits they came with.
final class Json {
    private static final ObjectMapper TREES =
            JsonMapper.builder()
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private Json() {}

    static JsonNode read(InputStream body) throws IOException {
        return TREES.readTree(body);
    }

    static JsonNode read(String text) throws JsonProcessingException {
        return TREES.readTree(text);
    }

    static byte[] write(JsonNode tree) {
        try {
            return TREES.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a JSON tree that was read cannot be written", e);
        }
    }

    /// The text at a field that Docker always sends.
    ///
    /// @throws IllegalArgumentException when it is missing
    static String need(JsonNode node, String field) {
        String text = node.path(field).asText("");
        if (text.isEmpty()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return text;
    }

    /// Docker's `Version.Index`.
    static long version(JsonNode object) {
        JsonNode index = object.path("Version").path("Index");
        if (!index.canConvertToLong()) {
            throw new IllegalArgumentException("Version.Index is missing");
        }
        return index.asLong();
    }

    static Instant instant(JsonNode node, String field) {
        return Instant.parse(need(node, field));
    }

    static SortedMap<String, String> labels(JsonNode labels) {
        SortedMap<String, String> read = new TreeMap<>();
        labels.properties().forEach(label -> read.put(label.getKey(), label.getValue().asText()));
        return read;
    }
}
