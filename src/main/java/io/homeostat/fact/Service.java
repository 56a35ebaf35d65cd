package io.homeostat.fact;

import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A service of the cluster as it is specified, and how its last update went.
///
/// What changes with every task (how many run) is not here: rules join [Task] for it.
///
/// @param id Docker's ID
/// @param name the name that Docker shows, `shop_api` for service `api` of stack `shop`
/// @param version Docker's `Version.Index`; a lower one than held is ignored
/// @param stack the stack it belongs to, null when none
/// @param mode how Swarm runs it
/// @param replicas how many tasks are wanted; null unless the mode is [Mode#REPLICATED]
/// @param image the image with its digest when Docker knows it
/// @param forceUpdate Docker's counter of forced restarts
/// @param labels the service's own labels (not its containers')
/// @param scale what its labels say of scaling
/// @param badLabels labels of ours whose value could not be read: the label and what would be right
/// @param update how the last update went
/// @param stopFirst true when an update stops a task before its replacement runs
/// @param parallelism how many tasks an update takes at once; 0 means all
/// @param updatedAt when Docker last changed the specification
/// @param specHash a hash of the canonical specification: equal hashes are equal specifications
/// @param contentHash the same, without replicas, labels and counter of forced restarts: what a
///   deployment brings and a rollback brings back; null when an older Homeostat wrote it down
public record Service(
        String id,
        String name,
        long version,
        @Nullable String stack,
        Mode mode,
        @Nullable Integer replicas,
        String image,
        long forceUpdate,
        SortedMap<String, String> labels,
        ScaleBounds scale,
        SortedMap<String, String> badLabels,
        Update update,
        boolean stopFirst,
        int parallelism,
        Instant updatedAt,
        String specHash,
        @Nullable String contentHash)
        implements Fact {
    /// How Swarm runs a service.
    public enum Mode {
        REPLICATED,
        GLOBAL,
        REPLICATED_JOB,
        GLOBAL_JOB
    }

    /// How the last update of a service went, in Docker's terms; NONE when Docker reports nothing.
    public enum Update {
        NONE,
        UPDATING,
        PAUSED,
        COMPLETED,
        ROLLBACK_STARTED,
        ROLLBACK_PAUSED,
        ROLLBACK_COMPLETED
    }

    public Service {
        labels = Sorted.copy(labels);
        badLabels = Sorted.copy(badLabels);
    }

    @Override
    public Subject subject() {
        return Subject.service(name);
    }

    /// True while Swarm is changing the tasks of this service by itself.
    public boolean updating() {
        return update == Update.UPDATING || update == Update.ROLLBACK_STARTED;
    }

    /// The label's value, null when the service has no such label.
    public @Nullable String label(String key) {
        return labels.get(key);
    }

    /// What an alert carries of this service.
    public AlertedService alerted() {
        return new AlertedService(name, stack, mode, replicas, labels, scale);
    }
}
