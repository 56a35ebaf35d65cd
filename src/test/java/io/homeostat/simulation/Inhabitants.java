package io.homeostat.simulation;

import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.simulated.SimulatedCluster;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The nodes and services that a world begins with.
final class Inhabitants {
    private static final Map<String, String> IN_SCOPE = Map.of("homeostat.autonomy", "auto");

    /// A service as it is meant to be.
    record Meant(String name, int replicas, SortedMap<String, String> labels) {}

    /// Ten, so that two may be out: with fewer the budget would hide what the quorum does.
    static final int NODES = 10;

    /// A service that comes and goes.
    static final String PASSING = "night_batch";

    static final List<Meant> SERVICES =
            List.of(
                    meant("shop_web", 3, "auto", 2, 6),
                    meant("shop_api", 5, "auto", 2, 8),
                    meant("shop_cache", 2, "auto", 1, 4),
                    meant("shop_db", 1, "auto", 1, 2),
                    meant("shop_mail", 2, "ask", 1, 3),
                    meant("homeostat", 1, "auto", 1, 2));

    private Inhabitants() {}

    private static Meant meant(String name, int replicas, String autonomy, int min, int max) {
        return new Meant(name, replicas, labels(autonomy, min, max));
    }

    static SortedMap<String, String> labels(String autonomy, int min, int max) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("homeostat.autonomy", autonomy);
        labels.put("homeostat.scale.min", "" + min);
        labels.put("homeostat.scale.max", "" + max);
        labels.put("com.docker.stack.namespace", "shop");
        return labels;
    }

    static void settle(SimulatedCluster cluster) {
        for (int i = 1; i <= 3; i++) {
            cluster.addNode("node-" + i, Node.Role.MANAGER, IN_SCOPE);
        }
        for (int i = 4; i <= NODES; i++) {
            cluster.addNode("node-" + i, Node.Role.WORKER, IN_SCOPE);
        }
        for (Meant service : SERVICES) {
            cluster.addService(
                    service.name(),
                    Service.Mode.REPLICATED,
                    service.replicas(),
                    "registry/%s:1".formatted(service.name()),
                    service.labels());
        }
        cluster.addService(
                "monitor_agent",
                Service.Mode.GLOBAL,
                null,
                "registry/agent:1",
                Map.of("homeostat.autonomy", "auto"));
        cluster.addService(
                "monitor_prometheus",
                Service.Mode.REPLICATED,
                1,
                "registry/prometheus:1",
                Map.of("homeostat.autonomy", "auto", "homeostat.vital", "true"));
        cluster.addService("other_site", Service.Mode.REPLICATED, 2, "registry/site:1", Map.of());
    }
}
