package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Whether several Dockers are managers of one and the same swarm. In another one, everything that
/// we know would seem to be gone. Thread-safe.
final class Membership {
    private final Set<Endpoint> known = ConcurrentHashMap.newKeySet();
    private @Nullable String swarm;

    /// Asks a Docker that was not asked since it was last left.
    ///
    /// @throws DockerException when it cannot be used, whatever the reason
    void check(Endpoint endpoint, Deadline deadline) throws DockerException, InterruptedException {
        if (known.contains(endpoint)) {
            return;
        }
        JsonNode info = endpoint.get("/info", deadline);
        ManagerCheck.demand(info);
        JsonNode state = info.path("Swarm");
        String id = state.path("Cluster").path("ID").asText("");
        if (id.isEmpty()) {
            throw DockerException.answered(
                    0,
                    "Docker at %s has lost touch with the other managers: %s"
                            .formatted(
                                    endpoint.host(),
                                    state.path("Error").asText("it does not know its swarm")));
        }
        same(endpoint, id);
        known.add(endpoint);
    }

    private synchronized void same(Endpoint endpoint, String id) throws DockerException {
        if (swarm == null) {
            swarm = id;
        } else if (!swarm.equals(id)) {
            throw DockerException.answered(
                    0,
                    ("Docker at %s is a manager of another swarm (%s, not %s); take it out of"
                                    + " homeostat.docker.host")
                            .formatted(endpoint.host(), id, swarm));
        }
    }

    void forget(Endpoint endpoint) {
        known.remove(endpoint);
    }
}
