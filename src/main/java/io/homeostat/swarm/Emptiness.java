package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;

/// Doubts an empty list where there was something before. An empty answer means nothing, never
/// everything, until a manager in an active swarm has given it twice in a row.
final class Emptiness {
    private final Docker docker;
    private final String what;
    private int before;
    private boolean seenOnce;

    /// @param what the plural of what is listed: `services`
    Emptiness(Docker docker, String what) {
        this.docker = docker;
        this.what = what;
    }

    /// @throws DockerException when the list must not be believed
    JsonNode checked(JsonNode list) throws DockerException, InterruptedException {
        if (!list.isArray()) {
            throw DockerException.answered(
                    0, "Docker answered something that is no list of %s".formatted(what));
        }
        if (!list.isEmpty()) {
            before = list.size();
            seenOnce = false;
            return list;
        }
        if (before > 0) {
            ManagerCheck.demand(docker.get("/info"));
            if (!seenOnce) {
                seenOnce = true;
                throw DockerException.answered(
                        0,
                        ("the list of %s is empty, but %d were there; it is believed when the next"
                                        + " look finds the same")
                                .formatted(what, before));
            }
            before = 0;
        }
        seenOnce = false;
        return list;
    }
}
