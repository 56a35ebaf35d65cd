package io.homeostat.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/// As much of JSON schema as our own uses; a keyword that it does not know fails the test.
final class SchemaCheck {
    private static final Set<String> KNOWN =
            Set.of(
                    "$schema",
                    "title",
                    "description",
                    "$defs",
                    "$ref",
                    "type",
                    "properties",
                    "required",
                    "additionalProperties",
                    "items",
                    "anyOf",
                    "enum",
                    "const",
                    "pattern",
                    "minimum");

    private final JsonNode root;

    SchemaCheck(JsonNode root) {
        this.root = root;
    }

    /// What is wrong with a value, and where; empty when nothing is.
    Optional<String> fault(JsonNode schema, JsonNode value, String at) {
        schema.fieldNames()
                .forEachRemaining(keyword -> {
                    if (!KNOWN.contains(keyword)) {
                        throw new IllegalArgumentException("the check does not know " + keyword);
                    }
                });
        if (schema.has("$ref")) {
            return fault(root.at(schema.get("$ref").asText().substring(1)), value, at);
        }
        if (!isOfType(schema.get("type"), value) || !isAmong(schema, value)) {
            return Optional.of(at + " is " + value);
        }
        if (schema.has("anyOf")
                && StreamSupport.stream(schema.get("anyOf").spliterator(), false)
                        .noneMatch(each -> fault(each, value, at).isEmpty())) {
            return Optional.of(at + " is none of what it can be: " + value);
        }
        if (value.isArray() && schema.has("items")) {
            for (JsonNode item : value) {
                Optional<String> fault = fault(schema.get("items"), item, at + "[]");
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return value.isObject() ? ofFields(schema, value, at) : Optional.empty();
    }

    private Optional<String> ofFields(JsonNode schema, JsonNode value, String at) {
        for (JsonNode needed : schema.path("required")) {
            if (!value.has(needed.asText())) {
                return Optional.of(at + " lacks " + needed);
            }
        }
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String where = at + "/" + field.getKey();
            JsonNode known = schema.path("properties").path(field.getKey());
            if (known.isMissingNode() && others.isBoolean() && !others.asBoolean()) {
                return Optional.of(where + " is not known");
            }
            JsonNode its = known.isMissingNode() ? others : known;
            Optional<String> fault =
                    its.isObject() ? fault(its, field.getValue(), where) : Optional.empty();
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static boolean isAmong(JsonNode schema, JsonNode value) {
        boolean isConstant = !schema.has("const") || schema.get("const").equals(value);
        boolean isListed =
                !schema.has("enum")
                        || StreamSupport.stream(schema.get("enum").spliterator(), false)
                                .anyMatch(value::equals);
        boolean isLarge =
                !schema.has("minimum") || value.asLong() >= schema.get("minimum").asLong();
        boolean fits =
                !schema.has("pattern") || value.asText().matches(schema.get("pattern").asText());
        return isConstant && isListed && isLarge && fits;
    }

    private static boolean isOfType(JsonNode type, JsonNode value) {
        if (type == null) {
            return true;
        }
        List<String> types =
                type.isArray()
                        ? StreamSupport.stream(type.spliterator(), false)
                                .map(JsonNode::asText)
                                .toList()
                        : List.of(type.asText());
        return types.stream()
                .anyMatch(each ->
                        switch (each) {
                            case "object" -> value.isObject();
                            case "array" -> value.isArray();
                            case "string" -> value.isTextual();
                            case "number" -> value.isNumber();
                            case "integer" -> value.isIntegralNumber();
                            case "boolean" -> value.isBoolean();
                            default -> throw new IllegalArgumentException("no such type: " + each);
                        });
    }
}
