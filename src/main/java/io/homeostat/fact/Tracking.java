package io.homeostat.fact;

import java.util.SortedSet;

/// How many replicas the metrics of a service ask for. There is one for each service that names a
/// metric by its labels, also while nothing is to be changed.
///
/// It holds the number and not the metrics' values: those change with every look, and would wake
/// every rule.
///
/// @param service the service whose metrics they are
/// @param replicas so many are to run; as many as there are when nothing is to be changed
/// @param hold what keeps it from what the metrics alone would ask for
/// @param blind the metrics that say nothing: unreadable labels, no answer, no number
/// @param why how the number came about, with the values at that time, in a sentence
public record Tracking(
        AlertedService service, int replicas, Hold hold, SortedSet<String> blind, String why)
        implements Fact {
    /// What keeps the number from what the metrics alone would ask for.
    public enum Hold {
        /// Nothing: it is what they ask for.
        NONE,
        /// No metric says anything, or one of several does not while the others ask for fewer: then
        /// there are not fewer than there are.
        NO_DATA,
        /// The last look at the metrics began before the replicas last changed.
        NEXT_LOOK,
        /// More, or fewer, were asked for within the window.
        WINDOW,
        /// So large a change is not allowed in so short a time, or none in this direction.
        PACE,
        /// The service's maximum, or the cap over all services.
        MAXIMUM,
        /// The service's minimum.
        MINIMUM
    }

    public Tracking {
        blind = Sorted.copy(blind);
    }

    @Override
    public Subject subject() {
        return Subject.tracking(service.name());
    }

    /// The same of the service as it is now.
    public Tracking of(AlertedService now) {
        return new Tracking(now, replicas, hold, blind, why);
    }

    /// True when every metric says something; in rules: `Tracking( …, complete )`.
    public boolean isComplete() {
        return blind.isEmpty();
    }
}
