package io.homeostat.guard;

import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Sorted;
import java.util.List;
import java.util.SortedSet;

/// Which services and nodes may be acted on.
///
/// @param kind by which rule
/// @param stacks the stacks, when the kind is STACKS
public record Scope(Kind kind, SortedSet<String> stacks) {
    /// How a scope chooses.
    public enum Kind {
        /// Only services and nodes with a `homeostat.autonomy` label.
        LABELLED,
        /// Only services of the named stacks, and no nodes.
        STACKS,
        ALL
    }

    public static final String AUTONOMY_LABEL = ServiceLabels.AUTONOMY;

    public Scope {
        stacks = Sorted.copy(stacks);
    }

    public static Scope of(Kind kind) {
        return new Scope(kind, Sorted.copy(List.<String>of()));
    }

    /// Reads `labelled`, `all` or `stack:a,b`.
    ///
    /// @throws IllegalArgumentException when it is none of these
    public static Scope parse(String text) {
        if (text.equals("labelled")) {
            return of(Kind.LABELLED);
        }
        if (text.equals("all")) {
            return of(Kind.ALL);
        }
        if (text.startsWith("stack:") && text.length() > 6) {
            return new Scope(Kind.STACKS, Sorted.copy(List.of(text.substring(6).split(",", -1))));
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a scope; write labelled, all or stack:a,b");
    }

    public boolean includes(Service service) {
        return switch (kind) {
            case LABELLED -> service.label(AUTONOMY_LABEL) != null;
            case STACKS -> service.stack() != null && stacks.contains(service.stack());
            case ALL -> true;
        };
    }

    /// A node is of no stack, and what is done to it is done to the services of all.
    public boolean includes(Node node) {
        return switch (kind) {
            case LABELLED -> node.label(AUTONOMY_LABEL) != null;
            case STACKS -> false;
            case ALL -> true;
        };
    }

    @Override
    public String toString() {
        return switch (kind) {
            case LABELLED -> "labelled";
            case STACKS -> "stack:" + String.join(",", stacks);
            case ALL -> "all";
        };
    }
}
