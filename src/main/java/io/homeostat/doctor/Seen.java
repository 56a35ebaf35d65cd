package io.homeostat.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.fact.Sorted;
import java.util.List;
import java.util.SortedMap;

/// All that was looked at.
///
/// @param services all services of the swarm
/// @param nodes all its nodes, as Docker's API shows them
/// @param images the images that Docker shows, by the name that services give them
/// @param alerts those that fire; empty when nobody said where to look
/// @param rules those that make alerts; empty when nobody said where to look
/// @param receivers those of Alertmanager; empty when nobody said where to look
public record Seen(
        List<DeployedService> services,
        List<JsonNode> nodes,
        SortedMap<String, JsonNode> images,
        List<SeenAlert> alerts,
        List<AlertRule> rules,
        List<Receiver> receivers) {
    public Seen {
        services = List.copyOf(services);
        nodes = List.copyOf(nodes);
        images = Sorted.copy(images);
        alerts = List.copyOf(alerts);
        rules = List.copyOf(rules);
        receivers = List.copyOf(receivers);
    }
}
