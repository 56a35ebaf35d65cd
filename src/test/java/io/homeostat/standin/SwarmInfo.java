package io.homeostat.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a Docker says of its place in a swarm.
///
/// @param node its own ID
/// @param state whether it is in a swarm: `active`
/// @param swarm the swarm's ID, which a manager out of touch does not know
/// @param error why it cannot answer for the swarm; empty when it can
record SwarmInfo(String node, String state, String swarm, boolean manager, String error) {
    JsonNode json() {
        ObjectNode info = JsonNodeFactory.instance.objectNode().put("Name", "node1");
        ObjectNode of =
                info.putObject("Swarm")
                        .put("NodeID", node)
                        .put("LocalNodeState", state)
                        .put("ControlAvailable", manager)
                        .put("Error", error);
        of.putObject("Cluster").put("ID", error.isEmpty() ? swarm : "");
        return info;
    }
}
