package io.homeostat.app;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the cluster is, how often we look at it, and how long the right to write to it lasts.
final class ClusterSettings {
    private static final Duration TINY = Duration.ofMillis(10);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern DOCKER_HOST =
            Pattern.compile("unix:///\\S+|tcp://([^\\s/:]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}");

    private ClusterSettings() {}

    static Settings.Cluster read(SettingsTable table) {
        Settings.Cluster cluster =
                new Settings.Cluster(
                        table.choice(
                                "homeostat.cluster",
                                "auto",
                                List.of("auto", "swarm", "simulated"),
                                "what to manage; auto is the Swarm behind the Docker host"),
                        table.text(
                                "homeostat.cluster.name",
                                "default",
                                "the name that history is kept under; who shares it shares the lease, and one of them leads"),
                        dockerHosts(table),
                        table.span(
                                "homeostat.docker.resync",
                                Duration.ofSeconds(30),
                                TINY,
                                DAY,
                                "all services and nodes are looked at so often, whatever events say"),
                        table.span(
                                "homeostat.docker.tasks-fastest",
                                Duration.ofSeconds(2),
                                TINY,
                                DAY,
                                "all tasks are looked at no more often than this"),
                        table.span(
                                "homeostat.docker.tasks-slowest",
                                Duration.ofSeconds(15),
                                TINY,
                                DAY,
                                "and no less often than this"),
                        table.span(
                                "homeostat.docker.quick-poll",
                                Duration.ofSeconds(1),
                                TINY,
                                DAY,
                                "tasks of services with an incident or an unsettled action are looked at so often"),
                        table.span(
                                "homeostat.docker.timeout",
                                Duration.ofSeconds(10),
                                TINY,
                                DAY,
                                "a call to Docker may take so long"),
                        table.span(
                                "homeostat.docker.failover",
                                Duration.ofSeconds(8),
                                Duration.ofMillis(100),
                                DAY,
                                "with several Docker hosts, one that is lost is left for the next within this time"),
                        table.span(
                                "homeostat.lease.for",
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(1),
                                DAY,
                                "the right to write to the cluster lasts so long without being renewed; at least twice homeostat.docker.timeout"),
                        registryConfig(table));
        outlasting(table, cluster);
        return cluster;
    }

    private static @Nullable Path registryConfig(SettingsTable table) {
        String text =
                table.text(
                        "homeostat.registry.config-file",
                        "",
                        "a config.json as docker login writes it, for images in registries that want a password; read anew for each deployment");
        if (text.isEmpty()) {
            return null;
        }
        Path file = Path.of(text);
        if (!Files.isReadable(file)) {
            table.fault(
                    "homeostat.registry.config-file is '%s', which cannot be read; right would be the path of a config.json"
                            .formatted(text));
        }
        return file;
    }

    /// A call is sent only when the lease outlasts it, and between two renewals a third of it goes
    /// by.
    private static void outlasting(SettingsTable table, Settings.Cluster cluster) {
        if (cluster.leaseFor().compareTo(cluster.callTimeout().multipliedBy(2)) < 0) {
            table.fault(
                    "homeostat.lease.for is %s, but homeostat.docker.timeout is %s: nothing could be sent, for a call must end before the lease does; make the first at least twice the second"
                            .formatted(
                                    SettingsTable.text(cluster.leaseFor()),
                                    SettingsTable.text(cluster.callTimeout())));
        }
    }

    private static List<URI> dockerHosts(SettingsTable table) {
        List<URI> hosts = new ArrayList<>();
        List<String> given =
                table.list(
                        "homeostat.docker.host",
                        List.of("unix:///var/run/docker.sock"),
                        "where Docker answers: unix:///path or tcp://host:port, of a manager; of several managers of one swarm, one is used until it is lost");
        if (given.isEmpty()) {
            table.fault(
                    "homeostat.docker.host is empty; right would be unix:///var/run/docker.sock");
        }
        for (String text : given) {
            if (DOCKER_HOST.matcher(text).matches()) {
                hosts.add(URI.create(text));
            } else {
                table.fault(
                        "homeostat.docker.host has '%s'; right would be unix:///var/run/docker.sock or tcp://host:2375"
                                .formatted(text));
            }
        }
        return hosts;
    }
}
