package io.homeostat.diagnosis;

import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A service and all that is held about it.
///
/// @param tasks its tasks, those that have ended and that Docker still lists among them
/// @param nodes the nodes of the cluster by ID
/// @param change the last change of its image or configuration; null when none is known
/// @param openSince when each of its ailments began that is not over yet, by name
public record Patient(
        Service service,
        List<Task> tasks,
        SortedMap<String, Node> nodes,
        @Nullable Change change,
        SortedMap<String, Instant> openSince) {
    public Patient {
        tasks = List.copyOf(tasks);
        nodes = Sorted.copy(nodes);
        openSince = Sorted.copy(openSince);
    }

    /// The change that an ailment comes from which began at that instant; null when it comes from
    /// none that can be taken back.
    @Nullable Change provoked(String name, Instant since, Thresholds thresholds) {
        Instant open = openSince.get(name);
        Instant begun = open != null && open.isBefore(since) ? open : since;
        Change last = change;
        boolean isProvoked =
                last != null
                        && last.isOfOthers()
                        && last.isBefore(begun)
                        && !begun.isAfter(last.at().plus(thresholds.afterChange()));
        return isProvoked ? last : null;
    }

    /// True for a node that runs tasks and takes new ones. Of a node that is not known, nothing is
    /// said.
    boolean takesTasks(@Nullable String node) {
        Node known = node == null ? null : nodes.get(node);
        return known != null
                && known.state() == Node.State.READY
                && known.availability() == Node.Availability.ACTIVE;
    }

    boolean isGlobal() {
        return service.mode() == Service.Mode.GLOBAL;
    }
}
