package io.homeostat.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The config objects of a swarm, kept and refused as Docker 20.10 does, in its words.
public final class StoredConfigs {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern NAME =
            Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9._-]{0,62}[a-zA-Z0-9])?");
    private static final Pattern UPDATE =
            Pattern.compile("/configs/([^/]+)/update\\?version=(\\d+)");

    private final Map<String, ObjectNode> byId = new TreeMap<>();
    private long version = 20;
    private int created;

    /// @param body null for no content
    record Answer(int status, @Nullable JsonNode body) {
        static Answer refused(int status, String message) {
            return new Answer(status, JSON.objectNode().put("message", message));
        }
    }

    /// @param path its query decoded
    /// @param body missing unless it is a POST
    SocketServer.Answer answer(String method, String path, JsonNode body) {
        Answer stored = method.equals("POST") ? post(path, body) : get(path);
        JsonNode content = stored.body();
        return new SocketServer.Json(stored.status(), content == null ? "" : content.toString());
    }

    /// @param path its query decoded
    synchronized Answer get(String path) {
        ArrayNode found = JSON.arrayNode();
        Matcher prefix = Pattern.compile("\"name\":\\{\"([^\"]+)\"").matcher(path);
        String wanted = prefix.find() ? prefix.group(1) : "";
        for (ObjectNode config : byId.values()) {
            if (name(config).startsWith(wanted)) {
                found.add(config);
            }
        }
        return new Answer(200, found);
    }

    synchronized Answer post(String path, JsonNode spec) {
        if (path.equals("/configs/create")) {
            return create(spec);
        }
        Matcher update = UPDATE.matcher(path);
        return update.matches()
                ? update(update.group(1), Long.parseLong(update.group(2)), spec)
                : Answer.refused(400, "invalid config version");
    }

    private Answer create(JsonNode spec) {
        String name = spec.path("Name").asText("");
        if (!NAME.matcher(name).matches()) {
            return Answer.refused(
                    400,
                    "rpc error: code = InvalidArgument desc = invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]");
        }
        if (spec.path("Data").asText("").isEmpty()) {
            return Answer.refused(
                    400,
                    "rpc error: code = InvalidArgument desc = config data must be larger than 0 and less than 1024000 bytes");
        }
        for (ObjectNode config : byId.values()) {
            if (name(config).equals(name)) {
                return Answer.refused(
                        409,
                        "rpc error: code = AlreadyExists desc = config %s already exists"
                                .formatted(name));
            }
        }
        String id = "config" + ++created;
        ObjectNode config = JSON.objectNode().put("ID", id);
        config.set("Spec", spec.deepCopy());
        byId.put(id, config);
        written(config);
        return new Answer(201, JSON.objectNode().put("ID", id));
    }

    private Answer update(String id, long expected, JsonNode spec) {
        ObjectNode config = byId.get(id);
        if (config == null) {
            return Answer.refused(404, "config %s not found".formatted(id));
        }
        if (expected != config.path("Version").path("Index").asLong()) {
            return Answer.refused(500, "rpc error: code = Unknown desc = update out of sequence");
        }
        if (!spec.path("Name").equals(config.path("Spec").path("Name"))
                || !spec.path("Data").equals(config.path("Spec").path("Data"))) {
            return Answer.refused(
                    400,
                    "rpc error: code = InvalidArgument desc = only updates to Labels are allowed");
        }
        config.set("Spec", spec.deepCopy());
        written(config);
        return new Answer(200, null);
    }

    /// What a person does with the labels of one.
    public synchronized void label(String name, Consumer<ObjectNode> edit) {
        ObjectNode config = named(name);
        edit.accept((ObjectNode) config.path("Spec").path("Labels"));
        written(config);
    }

    public synchronized void remove(String name) {
        byId.remove(named(name).path("ID").asText());
    }

    public synchronized boolean has(String name) {
        return byId.values().stream().anyMatch(config -> name(config).equals(name));
    }

    public synchronized String label(String name, String key) {
        return named(name).path("Spec").path("Labels").path(key).asText("");
    }

    private ObjectNode named(String name) {
        return byId.values().stream()
                .filter(config -> name(config).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String name(JsonNode config) {
        return config.path("Spec").path("Name").asText("");
    }

    private void written(ObjectNode config) {
        version++;
        config.putObject("Version").put("Index", version);
    }
}
