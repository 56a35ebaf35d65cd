package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A service's `Spec` as a value: when two are equal, and where they differ.
final class Specification {
    static final String TEMPLATE = "TaskTemplate";
    private static final String LABELS = "Labels";
    private static final String MODE = "Mode";
    private static final String FORCE_UPDATE = "ForceUpdate";

    private Specification() {}

    /// SHA-256 of the specification with its keys in order: equal hashes are equal specifications.
    static String hash(JsonNode spec) {
        StringBuilder canonical = new StringBuilder();
        append(spec, canonical);
        return Sha256.of(canonical.toString());
    }

    /// The hash of what a deployment brings and a rollback brings back: all but the replicas, the
    /// labels and the counter of forced restarts.
    static String contentHash(JsonNode spec) {
        return hash(content(spec));
    }

    private static JsonNode content(JsonNode spec) {
        if (!(spec instanceof ObjectNode all)) {
            return spec;
        }
        ObjectNode content = JsonNodeFactory.instance.objectNode().setAll(all);
        content.remove(List.of(LABELS, MODE));
        if (spec.path(TEMPLATE) instanceof ObjectNode template) {
            ObjectNode tasks = JsonNodeFactory.instance.objectNode().setAll(template);
            tasks.remove(FORCE_UPDATE);
            content.set(TEMPLATE, tasks);
        }
        return content;
    }

    /// That content again, with the replicas, labels and counter that there are now.
    static JsonNode withContentOf(JsonNode known, JsonNode now) {
        ObjectNode spec = known.deepCopy();
        put(spec, LABELS, now.path(LABELS));
        put(spec, MODE, now.path(MODE));
        if (spec.path(TEMPLATE) instanceof ObjectNode template) {
            put(template, FORCE_UPDATE, now.path(TEMPLATE).path(FORCE_UPDATE));
        }
        return spec;
    }

    private static void put(ObjectNode spec, String field, JsonNode value) {
        if (value.isMissingNode()) {
            spec.remove(field);
        } else {
            spec.set(field, value.deepCopy());
        }
    }

    /// Where two specifications differ: `Mode.Replicated.Replicas`. A list is one value, and what
    /// is present in only one of them is named with all below it.
    static SortedSet<String> differences(JsonNode before, JsonNode after) {
        SortedSet<String> paths = new TreeSet<>();
        compare("", before, after, paths);
        return paths;
    }

    private static void compare(
            String path, JsonNode before, JsonNode after, SortedSet<String> paths) {
        boolean branches =
                (before.isObject() || before.isMissingNode())
                        && (after.isObject() || after.isMissingNode())
                        && !(before.isEmpty() && after.isEmpty());
        if (!branches) {
            if (!before.equals(after)) {
                paths.add(path);
            }
            return;
        }
        TreeSet<String> fields = new TreeSet<>();
        before.fieldNames().forEachRemaining(fields::add);
        after.fieldNames().forEachRemaining(fields::add);
        for (String field : fields) {
            compare(
                    path.isEmpty() ? field : path + "." + field,
                    before.path(field),
                    after.path(field),
                    paths);
        }
    }

    private static void append(JsonNode node, StringBuilder canonical) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            canonical.append('{');
            for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
                canonical.append(quoted(field.getKey())).append(':');
                append(field.getValue(), canonical);
                canonical.append(',');
            }
            canonical.append('}');
        } else if (node.isArray()) {
            canonical.append('[');
            for (JsonNode element : node) {
                append(element, canonical);
                canonical.append(',');
            }
            canonical.append(']');
        } else {
            canonical.append(node);
        }
    }

    private static String quoted(String key) {
        return TextNode.valueOf(key).toString();
    }
}
