package io.homeostat.swarm;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where Docker is and how often we look.
///
/// @param hosts the addresses of managers of one swarm, `unix:///var/run/docker.sock` or
///   `tcp://manager:2375`; one is in use
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
/// @param failover with several hosts, one that is lost is left for the next within this time
/// @param registryConfig a `config.json` with what registries want to be shown; null for none
/// @param lease how one process at a time gets the right to write
public record SwarmSettings(
        List<URI> hosts,
        Duration connect,
        Duration answer,
        Duration resync,
        Duration tasksLeast,
        Duration tasksMost,
        int tasksFactor,
        Duration closely,
        Duration silence,
        Duration retryFirst,
        Duration retryMost,
        Duration failover,
        @Nullable Path registryConfig,
        Lease lease) {
    /// How one process at a time gets the right to write.
    ///
    /// @param cluster the name of the cluster: processes that share it share the lease
    /// @param length how long the right lasts without being renewed
    /// @param directory where the process keeps its identity; one process may use it at a time
    public record Lease(String cluster, Duration length, Path directory) {}

    /// What holds unless configured otherwise.
    public static SwarmSettings of(List<URI> hosts, Lease lease) {
        return new SwarmSettings(
                hosts,
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(15),
                50,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(8),
                null,
                lease);
    }

    public SwarmSettings {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("there must be an address of Docker");
        }
        hosts.forEach(SwarmSettings::checkAddress);
    }

    /// @throws IllegalArgumentException when it is not how Docker can be reached from here
    static void checkAddress(URI host) {
        String scheme = host.getScheme() == null ? "" : host.getScheme();
        if (!scheme.equals("unix") && !scheme.equals("tcp")) {
            throw new IllegalArgumentException(
                    "'%s' is no address of Docker; write unix:///var/run/docker.sock or tcp://host:2375"
                            .formatted(host));
        }
    }

    /// The same, with what registries want to be shown.
    ///
    /// @param file null for none
    public SwarmSettings showing(@Nullable Path file) {
        return new SwarmSettings(
                hosts,
                connect,
                answer,
                resync,
                tasksLeast,
                tasksMost,
                tasksFactor,
                closely,
                silence,
                retryFirst,
                retryMost,
                failover,
                file,
                lease);
    }

    /// How often a host in use is asked whether it still answers, while there are others.
    Duration check() {
        return failover.dividedBy(4);
    }

    /// How long a host may leave a question open while there are others.
    Duration patience() {
        return failover.minus(check());
    }
}
