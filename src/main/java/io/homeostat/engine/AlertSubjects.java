package io.homeostat.engine;

import io.homeostat.fact.Alert;
import io.homeostat.fact.AlertedNode;
import io.homeostat.fact.AlertedService;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Finds what an alert is about from its labels.
///
/// @param serviceLabels labels that name a service, the first that names a known one counts
/// @param nodeLabels labels that name a node by ID or by a hostname that only one node has
public record AlertSubjects(List<String> serviceLabels, List<String> nodeLabels) {
    /// The book's label, and those of cAdvisor and of Prometheus' discovery of Swarm.
    public static final AlertSubjects DEFAULT =
            new AlertSubjects(
                    List.of(
                            "service",
                            "container_label_com_docker_swarm_service_name",
                            "dockerswarm_service_name"),
                    List.of(
                            "node",
                            "node_id",
                            "container_label_com_docker_swarm_node_id",
                            "dockerswarm_node_id",
                            "dockerswarm_node_hostname"));

    /// What our own alerts say it by, whatever those of Alertmanager do.
    private static final List<String> OWN_SERVICE = List.of("service");

    private static final List<String> OWN_NODE = List.of("node");

    public AlertSubjects {
        serviceLabels = List.copyOf(serviceLabels);
        nodeLabels = List.copyOf(nodeLabels);
    }

    /// The alert with the service and the node it is about, as they are known now.
    Alert resolve(Alert alert, Memory memory) {
        return new Alert(
                alert.fingerprint(),
                alert.name(),
                alert.status(),
                alert.startsAt(),
                alert.labels(),
                alert.annotations(),
                service(alert, memory),
                node(alert, memory),
                alert.beginnings());
    }

    /// The alert, when these beginnings of it are remembered.
    static Alert begun(Alert alert, SortedSet<Instant> beginnings) {
        return new Alert(
                alert.fingerprint(),
                alert.name(),
                alert.status(),
                alert.startsAt(),
                alert.labels(),
                alert.annotations(),
                alert.service(),
                alert.node(),
                beginnings);
    }

    Alert with(Alert alert, Alert.Status status) {
        return new Alert(
                alert.fingerprint(),
                alert.name(),
                status,
                alert.startsAt(),
                alert.labels(),
                alert.annotations(),
                alert.service(),
                alert.node(),
                alert.beginnings());
    }

    private @Nullable AlertedService service(Alert alert, Memory memory) {
        for (String label : alert.isOwn() ? OWN_SERVICE : serviceLabels) {
            Service service = memory.service(alert.labels().getOrDefault(label, ""));
            if (service != null) {
                return service.alerted();
            }
        }
        return null;
    }

    private @Nullable AlertedNode node(Alert alert, Memory memory) {
        for (String label : alert.isOwn() ? OWN_NODE : nodeLabels) {
            String value = alert.labels().getOrDefault(label, "");
            if (value.isEmpty()) {
                continue;
            }
            Node byId = memory.node(value);
            if (byId != null) {
                return byId.alerted();
            }
            List<Node> named =
                    memory.nodes().stream().filter(node -> node.hostname().equals(value)).toList();
            if (named.size() == 1) {
                return named.getFirst().alerted();
            }
        }
        return null;
    }
}
