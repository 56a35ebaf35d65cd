package io.homeostat.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.fact.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// A rule of Prometheus that makes alerts.
///
/// @param name the alerts' name
/// @param expression in PromQL
/// @param labels those that the rule adds; a value may be a template
/// @param firing the alerts that it makes at this moment; none of a rule in a file
public record AlertRule(
        String name, String expression, SortedMap<String, String> labels, List<SeenAlert> firing) {
    /// What leaves no label of a series but those it is told to keep.
    private static final Pattern AGGREGATION =
            Pattern.compile(
                    "\\b(sum|avg|min|max|count|group|stddev|stdvar|quantile|absent(_over_time)?)"
                            + "\\s*(by\\s*\\([^)]*\\)\\s*)?\\(");

    private static final Pattern WITHOUT = Pattern.compile("\\bwithout\\s*\\(");

    public AlertRule {
        labels = Sorted.copy(labels);
        firing = List.copyOf(firing);
    }

    /// Reads the rules that make alerts, of a rule file or of a Prometheus.
    ///
    /// @param groups the file as a tree, or the answer to `GET /api/v1/rules`
    public static List<AlertRule> list(JsonNode groups) {
        JsonNode file = groups.has("data") ? groups.path("data") : groups;
        List<AlertRule> rules = new ArrayList<>();
        for (JsonNode group : file.path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                boolean isOfAFile = rule.has("alert");
                if (isOfAFile || rule.path("type").asText("").equals("alerting")) {
                    rules.add(
                            new AlertRule(
                                    rule.path(isOfAFile ? "alert" : "name").asText(""),
                                    rule.path(isOfAFile ? "expr" : "query").asText(""),
                                    SeenAlert.labels(rule.path("labels")),
                                    SeenAlert.list(rule.path("alerts"))));
                }
            }
        }
        return List.copyOf(rules);
    }

    /// True when its expression speaks of that label.
    boolean mentions(String label) {
        return Pattern.compile("(?<![\\w:])" + Pattern.quote(label) + "(?![\\w:])")
                .matcher(expression)
                .find();
    }

    /// True when labels that its expression does not speak of may come along with the series.
    boolean passesLabelsOn() {
        return WITHOUT.matcher(expression).find() || !AGGREGATION.matcher(expression).find();
    }
}
