package io.homeostat.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// Finds a swarm with an even number of managers.
final class EvenManagers {
    private EvenManagers() {}

    /// @param nodes as Docker's API shows them
    static Optional<Finding> of(List<JsonNode> nodes) {
        List<JsonNode> managers = nodes.stream().filter(EvenManagers::isManager).toList();
        int count = managers.size();
        if (count == 0 || count % 2 == 1) {
            return Optional.empty();
        }
        String what =
                count == 2
                        ? "there are 2 managers: without either of them the swarm cannot be changed"
                        : "there are %d managers: they bear the loss of %d, as %d would"
                                .formatted(count, count / 2 - 1, count - 1);
        return Optional.of(
                new Finding(
                        Ailment.EVEN_MANAGERS,
                        new About(About.Kind.SWARM, "managers"),
                        what,
                        "# no line of a stack file; on a manager:\n" + change(nodes, managers),
                        true));
    }

    /// Two managers become three where there is a third node, since one bears no loss at all.
    private static String change(List<JsonNode> nodes, List<JsonNode> managers) {
        for (JsonNode node : nodes) {
            if (managers.size() == 2 && !isManager(node)) {
                return "docker node promote " + id(node);
            }
        }
        return managers.stream()
                .filter(manager -> !manager.path("ManagerStatus").path("Leader").asBoolean(false))
                .findFirst()
                .map(manager -> "docker node demote " + id(manager))
                .orElse("docker node demote NODE");
    }

    private static boolean isManager(JsonNode node) {
        return node.path("Spec").path("Role").asText("").equals("manager");
    }

    /// A hostname may be that of several nodes.
    private static String id(JsonNode node) {
        String hostname = node.path("Description").path("Hostname").asText("");
        String id = node.path("ID").asText("NODE");
        return hostname.isEmpty() ? id : id + "  # " + hostname;
    }
}
