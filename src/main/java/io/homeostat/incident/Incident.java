package io.homeostat.incident;

import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
/// @param severity how urgent people were told it is; empty when nobody was told
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
        String severity,
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
                severity,
                channels,
                revision,
                notice);
    }

    /// The same incident with one more alert.
    public Incident with(String fingerprint) {
        if (alerts.contains(fingerprint)) {
            return this;
        }
        SortedSet<String> more = new TreeSet<>(alerts);
        more.add(fingerprint);
        return new Incident(
                id,
                subject,
                state,
                openedAt,
                stateSince,
                resolvedAt,
                more,
                title,
                severity,
                channels,
                revision,
                notice);
    }

    /// The same incident, about which people are told in this channel; the first wording stays.
    public Incident told(String channel, String severity, String wording) {
        SortedMap<String, String> more = new TreeMap<>(channels);
        more.putIfAbsent(channel, "");
        boolean first = channels.isEmpty();
        return new Incident(
                id,
                subject,
                state,
                openedAt,
                stateSince,
                resolvedAt,
                alerts,
                first ? wording : title,
                first ? severity : this.severity,
                more,
                revision,
                notice);
    }

    /// The same incident, of which this is to be said from now on.
    public Incident titled(String wording) {
        return new Incident(
                id,
                subject,
                state,
                openedAt,
                stateSince,
                resolvedAt,
                alerts,
                wording,
                severity,
                channels,
                revision,
                notice);
    }

    /// The same incident, whose notice now reads so.
    public Incident reading(String text) {
        return new Incident(
                id,
                subject,
                state,
                openedAt,
                stateSince,
                resolvedAt,
                alerts,
                title,
                severity,
                channels,
                revision + 1,
                text);
    }

    /// The same incident, whose message in this channel is found under this reference.
    public Incident posted(String channel, String reference) {
        SortedMap<String, String> more = new TreeMap<>(channels);
        more.put(channel, reference);
        return new Incident(
                id,
                subject,
                state,
                openedAt,
                stateSince,
                resolvedAt,
                alerts,
                title,
                severity,
                more,
                revision,
                notice);
    }

    public boolean isOpen() {
        return state != IncidentState.RESOLVED;
    }
}
