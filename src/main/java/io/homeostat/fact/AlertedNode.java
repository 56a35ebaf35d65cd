package io.homeostat.fact;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The slow fields of the node that an alert is about.
///
/// @param id Docker's ID
/// @param hostname the name the machine gives itself; several nodes may share one
/// @param role whether it is a manager or a worker
/// @param labels the node's labels
public record AlertedNode(
        String id, String hostname, Node.Role role, SortedMap<String, String> labels) {
    public AlertedNode {
        labels = Sorted.copy(labels);
    }

    /// The node, as a subject.
    public Subject subject() {
        return Subject.node(id);
    }

    /// The label's value, null when the node has no such label.
    public @Nullable String label(String key) {
        return labels.get(key);
    }
}
