package io.homeostat.swarm;

import java.net.URI;
import java.time.Duration;

/// Where Docker is and how often we look.
///
/// @param host the address of a manager: `unix:///var/run/docker.sock` or `tcp://manager:2375`
/// @param connect how long connecting may take
/// @param answer how long a whole call may take, its body included
/// @param resync how long between two full looks at services and nodes
/// @param tasksLeast the shortest time between two full looks at tasks
/// @param tasksMost the longest such time
/// @param tasksFactor a full look at tasks is followed by a pause of so many times its own duration
/// @param closely how long between two looks at the tasks of a service that is watched closely
/// @param silence how long the event stream may be silent before it is opened anew
/// @param retryFirst how long the first wait after a failure is; doubled each time
/// @param retryMost the longest such wait
public record SwarmSettings(
        URI host,
        Duration connect,
        Duration answer,
        Duration resync,
        Duration tasksLeast,
        Duration tasksMost,
        int tasksFactor,
        Duration closely,
        Duration silence,
        Duration retryFirst,
        Duration retryMost) {
    /// What holds unless configured otherwise.
    public static SwarmSettings of(URI host) {
        return new SwarmSettings(
                host,
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(15),
                50,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(5));
    }

    public SwarmSettings {
        String scheme = host.getScheme() == null ? "" : host.getScheme();
        if (!scheme.equals("unix") && !scheme.equals("tcp")) {
            throw new IllegalArgumentException(
                    "'%s' is no address of Docker; write unix:///var/run/docker.sock or tcp://host:2375"
                            .formatted(host));
        }
    }

    /// True when Docker's socket is a file of this machine.
    boolean isLocal() {
        return host.getScheme().equals("unix");
    }
}
