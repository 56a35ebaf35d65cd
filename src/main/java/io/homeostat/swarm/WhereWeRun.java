package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.guard.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds which task of the swarm we are, if any, and on which node we stand.
///
/// A container's own ID is in its list of mounts: Docker mounts `/etc/hostname` from the
/// container's directory. The task of that container is then asked of Swarm, which works from
/// wherever the manager is.
final class WhereWeRun {
    private static final Logger LOG = LoggerFactory.getLogger(WhereWeRun.class);
    private static final Pattern OWN_FILE =
            Pattern.compile(
                    "^\\S+ \\S+ \\S+ \\S*/containers/([0-9a-f]{64})/\\S+"
                            + " /etc/(?:hostname|hosts|resolv\\.conf) ",
                    Pattern.MULTILINE);

    private final Docker docker;
    private final Duration answer;
    private final Path mountinfo;

    /// @param answer how long a call may take
    /// @param mountinfo the kernel's list of our mounts: `/proc/self/mountinfo`
    WhereWeRun(Docker docker, Duration answer, Path mountinfo) {
        this.docker = docker;
        this.answer = answer;
        this.mountinfo = mountinfo;
    }

    Place find() throws DockerException, InterruptedException {
        Optional<String> container = containerIn(mounts());
        if (container.isPresent()) {
            for (JsonNode task : docker.get("/tasks")) {
                JsonNode status = task.path("Status").path("ContainerStatus");
                if (status.path("ContainerID").asText("").equals(container.get())) {
                    return place(task);
                }
            }
        }
        // Whichever Docker is in use, only the one on this machine knows this machine's node.
        Endpoint local = docker.local();
        if (local == null) {
            return Place.OUTSIDE;
        }
        String node =
                local.get("/info", Deadline.in(answer)).path("Swarm").path("NodeID").asText("");
        return node.isEmpty() ? Place.OUTSIDE : new Place(null, node);
    }

    static Optional<String> containerIn(String mounts) {
        Matcher own = OWN_FILE.matcher(mounts);
        return own.find() ? Optional.of(own.group(1)) : Optional.empty();
    }

    private Place place(JsonNode task) throws DockerException, InterruptedException {
        JsonNode service = docker.get("/services/" + Docker.encoded(Json.need(task, "ServiceID")));
        return new Place(ServiceReading.name(service), Json.need(task, "NodeID"));
    }

    private String mounts() {
        try {
            return Files.readString(mountinfo);
        } catch (IOException e) {
            LOG.debug("no list of mounts, so this is taken for no container: {}", e.toString());
            return "";
        }
    }
}
