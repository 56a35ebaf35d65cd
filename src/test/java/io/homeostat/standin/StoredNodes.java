package io.homeostat.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The nodes of a Docker that stands in, which are changed against their version as the real ones.
final class StoredNodes {
    private static final Pattern UPDATE = Pattern.compile("/nodes/([^/]+)/update\\?version=(\\d+)");

    private ArrayNode nodes = JsonNodeFactory.instance.arrayNode();

    void put(JsonNode list) {
        nodes = list.deepCopy();
    }

    /// @param path `/nodes`, or with an ID
    SocketServer.Answer get(String path) {
        if (path.equals("/nodes")) {
            return SocketServer.json(nodes);
        }
        String id = path.substring("/nodes/".length());
        JsonNode node = named(id);
        return node == null
                ? SocketServer.message(404, "node " + id + " not found")
                : SocketServer.json(node);
    }

    SocketServer.Answer post(String path, JsonNode spec, long version) {
        Matcher update = UPDATE.matcher(path);
        if (!update.matches()) {
            return SocketServer.message(400, "invalid node version '': strconv.ParseUint");
        }
        ObjectNode node = named(update.group(1));
        if (node == null) {
            return SocketServer.message(404, "node " + update.group(1) + " not found");
        }
        if (Long.parseLong(update.group(2)) != node.path("Version").path("Index").asLong()) {
            return SocketServer.message(500, DockerStandIn.OUT_OF_SEQUENCE);
        }
        node.set("Spec", spec);
        node.putObject("Version").put("Index", version);
        return new SocketServer.Json(200, "");
    }

    private @Nullable ObjectNode named(String id) {
        for (JsonNode node : nodes) {
            if (node.path("ID").asText().equals(id)) {
                return (ObjectNode) node;
            }
        }
        return null;
    }
}
