package io.homeostat.incident;

import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// One problem on one subject, from first symptom to all-clear.
///
/// @param id ours
/// @param subject the service of its alerts, else their node, else the cluster with the alert's
///   name
/// @param state where it stands
/// @param openedAt when its first symptom was noticed
/// @param stateSince since when it stands there
/// @param resolvedAt when it was over; null while it is not
/// @param alerts the fingerprints of all alerts it ever had
/// @param title what is wrong, in a sentence
/// @param channels where people were told: the channel, and the reference of the message there; an
///   empty reference while it is not delivered
/// @param revision the revision of the notice last sent; 0 when none was
/// @param notice the text of the notice last sent, to send only changes; empty when none was
public record Incident(
        String id,
        Subject subject,
        IncidentState state,
        Instant openedAt,
        Instant stateSince,
        @Nullable Instant resolvedAt,
        SortedSet<String> alerts,
        String title,
        SortedMap<String, String> channels,
        int revision,
        String notice) {
    public Incident {
        alerts = Sorted.copy(alerts);
        channels = Sorted.copy(channels);
    }

    /// The same incident in another state.
    ///
    /// @throws IllegalStateException when that state cannot follow
    public Incident in(IncidentState next, Instant at) {
        if (next == state) {
            return this;
        }
        if (!state.next().contains(next)) {
            throw new IllegalStateException(
                    "incident %s cannot go from %s to %s".formatted(id, state, next));
        }
        return new Incident(
                id,
                subject,
                next,
                openedAt,
                at,
                next == IncidentState.RESOLVED ? at : resolvedAt,
                alerts,
                title,
                channels,
                revision,
                notice);
    }

    public boolean isOpen() {
        return state != IncidentState.RESOLVED;
    }
}
