package io.homeostat.crash.agent;

import java.util.List;

/// What is to happen in one process.
///
/// @param path places that must be passed in this order; it happens at the last
/// @param then what happens there
/// @param times how often a refusal is repeated before the place lets everybody through again
public record Order(List<Place> path, Then then, int times) {
    /// What happens at an edge.
    public enum Then {
        /// The thread stops there for ever.
        PARK,
        /// The place fails as it does when the disk is full.
        REFUSE
    }

    public Order {
        path = List.copyOf(path);
    }

    /// One line for what happens, then one for each place.
    public String text() {
        StringBuilder text = new StringBuilder(then + " " + times);
        path.forEach(place -> text.append('\n').append(place));
        return text.toString();
    }

    static Order parse(List<String> lines) {
        String[] head = lines.getFirst().split(" ", -1);
        return new Order(
                lines.stream().skip(1).map(Place::parse).toList(),
                Then.valueOf(head[0]),
                Integer.parseInt(head[1]));
    }
}
