package io.homeostat.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.api.ApiSettings.FactBounds;
import jakarta.ws.rs.BadRequestException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the names and values of a custom fact, and says what would be right where they are not.
final class FactReading {
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,199}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,62}");

    private FactReading() {}

    static String kind(String kind) {
        return named(
                KIND,
                "kind",
                kind,
                "it must be a small letter, then small letters, digits and hyphens, at most 63: queue");
    }

    static String key(String key) {
        return named(
                KEY,
                "key",
                key,
                "it must be letters, digits and . _ : @ - in between, at most 200: orders");
    }

    static SortedMap<String, String> values(
            @Nullable Map<String, @Nullable JsonNode> said, FactBounds bounds) {
        if (said == null || said.isEmpty()) {
            throw new BadRequestException(
                    "\"values\" is missing or empty; say what is told, as in \"values\": {\"depth\": 120}");
        }
        if (said.size() > bounds.values()) {
            throw new BadRequestException(
                    "\"values\" has %d of them; at most %d are kept (homeostat.facts.values-max)"
                            .formatted(said.size(), bounds.values()));
        }
        SortedMap<String, String> values = new TreeMap<>();
        said.forEach((name, value) ->
                values.put(
                        named(
                                NAME,
                                "values",
                                name,
                                "a name must be letters, digits and _ . - after a letter, at most 63: depth"),
                        text(name, value, bounds)));
        return values;
    }

    private static String named(Pattern syntax, String what, String name, String right) {
        if (!syntax.matcher(name).matches()) {
            String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
            throw new BadRequestException(
                    "\"%s\" says '%s', which is no name; %s".formatted(what, shown, right));
        }
        return name;
    }

    private static String text(String name, @Nullable JsonNode value, FactBounds bounds) {
        if (value == null || !value.isValueNode() || value.isNull()) {
            throw new BadRequestException(
                    "the value of \"%s\" is %s; it must be a text, a number, true or false"
                            .formatted(name, value == null || value.isNull() ? "null" : "nested"));
        }
        String text = value.isNumber() ? value.decimalValue().toString() : value.asText();
        if (text.length() > bounds.length()) {
            throw new BadRequestException(
                    "the value of \"%s\" has %d characters; at most %d are kept (homeostat.facts.length-max)"
                            .formatted(name, text.length(), bounds.length()));
        }
        return text;
    }
}
