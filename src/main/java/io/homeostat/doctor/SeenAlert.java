package io.homeostat.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.fact.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// An alert as Alertmanager or Prometheus lists it while it fires.
///
/// @param labels all that it has
public record SeenAlert(SortedMap<String, String> labels) {
    public SeenAlert {
        labels = Sorted.copy(labels);
    }

    /// Reads a list of them.
    ///
    /// @param alerts the answer to Alertmanager's `GET /api/v2/alerts`
    public static List<SeenAlert> list(JsonNode alerts) {
        List<SeenAlert> list = new ArrayList<>();
        alerts.forEach(alert -> list.add(new SeenAlert(labels(alert.path("labels")))));
        return List.copyOf(list);
    }

    String name() {
        return labels.getOrDefault("alertname", "(without a name)");
    }

    static SortedMap<String, String> labels(JsonNode labels) {
        SortedMap<String, String> read = new TreeMap<>();
        labels.properties().forEach(label -> read.put(label.getKey(), label.getValue().asText("")));
        return read;
    }
}
