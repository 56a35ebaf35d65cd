package io.homeostat.fact;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The slow fields of the service that an alert is about, so that the common rule needs no join
/// over all services.
///
/// Counts of tasks, versions and update states change too often to be copied into alerts: rules
/// join [Service] and [Task] for those.
///
/// @param name the name that Docker shows
/// @param stack the stack it belongs to, null when none
/// @param mode how Swarm runs it
/// @param replicas how many tasks are wanted; null unless it is replicated
/// @param labels the service's own labels
/// @param scale what its labels say of scaling
public record AlertedService(
        String name,
        @Nullable String stack,
        Service.Mode mode,
        @Nullable Integer replicas,
        SortedMap<String, String> labels,
        ScaleBounds scale) {
    public AlertedService {
        labels = Sorted.copy(labels);
    }

    /// The service, as a subject.
    public Subject subject() {
        return Subject.service(name);
    }

    /// The label's value, null when the service has no such label.
    public @Nullable String label(String key) {
        return labels.get(key);
    }
}
