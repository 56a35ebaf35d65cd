package io.homeostat.tracking;

import io.homeostat.fact.MetricAim;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.TrackingLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// How many replicas all metrics of a service ask for together: the largest number.
///
/// No data is not zero. Where no metric says anything nothing is changed, and where some say
/// nothing the service is not scaled down, but may still be scaled up.
///
/// @param replicas so many; as many as are wanted now when nothing is to be changed
/// @param isHeld true when metrics that say nothing keep it from fewer, or from any number
/// @param blind the metrics that say nothing
/// @param why how it came about, with all numbers
public record Recommendation(int replicas, boolean isHeld, SortedSet<String> blind, String why) {
    public Recommendation {
        blind = Sorted.copy(blind);
    }

    /// @param seen what each metric said, by its name; one that is missing says nothing
    public static Recommendation of(
            TrackingLabels labels,
            SortedMap<String, Measured> seen,
            Tasks tasks,
            MetricFormula formula) {
        List<String> reasons = new ArrayList<>();
        SortedSet<String> blind = new TreeSet<>(labels.unreadable());
        blind.forEach(name -> reasons.add("the labels of " + name + " cannot be read"));
        Integer largest = null;
        for (Map.Entry<String, MetricAim> each : labels.aims().entrySet()) {
            String name = each.getKey();
            Measured measured = seen.getOrDefault(name, Measured.nothing("it was not asked yet"));
            Double value = measured.value();
            Optional<MetricFormula.Asked> asked =
                    value == null ? Optional.empty() : formula.ask(each.getValue(), value, tasks);
            if (asked.isPresent()) {
                int replicas = asked.get().replicas();
                largest = largest == null ? replicas : Math.max(largest, replicas);
                reasons.add(asked.get().text());
            } else {
                blind.add(name);
                reasons.add(
                        "%s says nothing: %s"
                                .formatted(
                                        name,
                                        value == null
                                                ? measured.trouble()
                                                : "no task of the service runs"));
            }
        }
        boolean isHeld = largest == null || (!blind.isEmpty() && largest < tasks.wanted());
        int replicas = isHeld ? tasks.wanted() : largest;
        if (isHeld) {
            reasons.add("no data is not zero, so it keeps %d".formatted(replicas));
        }
        return new Recommendation(replicas, isHeld, blind, String.join("; ", reasons));
    }
}
