package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;

/// Whether a Docker can tell about a swarm at all.
final class ManagerCheck {
    private ManagerCheck() {}

    /// @param info the answer to `GET /info`
    /// @throws DockerException when it is no manager of an active swarm
    static void demand(JsonNode info) throws DockerException {
        JsonNode swarm = info.path("Swarm");
        String state = swarm.path("LocalNodeState").asText("inactive");
        if (!state.equals("active")) {
            throw DockerException.answered(
                    0,
                    ("Docker on %s is not part of an active swarm (it says '%s'); run 'docker swarm"
                                    + " init' or point to a manager")
                            .formatted(info.path("Name").asText("?"), state));
        }
        if (!swarm.path("ControlAvailable").asBoolean(false)) {
            throw DockerException.answered(
                    0,
                    ("Docker on %s is a worker, and workers cannot see the swarm; point to a"
                                    + " manager")
                            .formatted(info.path("Name").asText("?")));
        }
    }
}
