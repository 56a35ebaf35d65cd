package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.fact.Node;
import java.util.Locale;

/// Docker's JSON of a node as a fact.
final class NodeReading {
    private NodeReading() {}

    /// @throws IllegalArgumentException when it is not a node as Docker writes them
    static Node read(JsonNode node) {
        JsonNode spec = node.path("Spec");
        JsonNode status = node.path("Status");
        return new Node(
                Json.need(node, "ID"),
                node.path("Description").path("Hostname").asText(""),
                Json.version(node),
                Node.Role.valueOf(upper(Json.need(spec, "Role"))),
                Node.State.valueOf(upper(Json.need(status, "State"))),
                Node.Availability.valueOf(upper(Json.need(spec, "Availability"))),
                manager(node.path("ManagerStatus")),
                status.path("Addr").asText(""),
                Json.labels(spec.path("Labels")));
    }

    private static Node.Manager manager(JsonNode manager) {
        if (manager.isMissingNode() || manager.isNull()) {
            return Node.Manager.NONE;
        }
        return switch (manager.path("Reachability").asText("")) {
            case "reachable" ->
                    manager.path("Leader").asBoolean(false)
                            ? Node.Manager.LEADER
                            : Node.Manager.REACHABLE;
            case "unreachable" -> Node.Manager.UNREACHABLE;
            default -> Node.Manager.UNKNOWN;
        };
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
