package io.homeostat.fact;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// An open alert of Alertmanager, or one of our own, with the slow fields of the service or node it
/// is about.
///
/// When it was last confirmed is not here: that changes with every repeat and would wake every
/// rule.
///
/// @param fingerprint Alertmanager's hash of the labels; of one of our own, its name and subject
/// @param name the label `alertname`, empty when it has none
/// @param status whether it may be acted on
/// @param startsAt when this occurrence began, the earliest that was reported
/// @param labels its labels, `alertname` among them
/// @param annotations its annotations: `summary`, `description` and others
/// @param service the service that its labels name, null when they name none that is known
/// @param node the node that its labels name, null when they name none that is known
/// @param beginnings when alerts of its name began on what it is about, up to this occurrence and
///   for as long as is remembered; alerts that fire there at the same time are one
public record Alert(
        String fingerprint,
        String name,
        Status status,
        Instant startsAt,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        @Nullable AlertedService service,
        @Nullable AlertedNode node,
        SortedSet<Instant> beginnings)
        implements Fact {
    /// How the fingerprints of our own alerts begin; no alert from outside has such a one.
    public static final String OWN = "homeostat:";

    /// Whether an open alert may be acted on.
    public enum Status {
        /// It fires, and nothing speaks against believing it.
        FIRING,
        /// It fires, but Alertmanager silences or inhibits it: not acted on and not escalated.
        SUPPRESSED,
        /// Nobody confirmed it for so long that only people may act on it.
        UNCONFIRMED
    }

    public Alert {
        labels = Sorted.copy(labels);
        annotations = Sorted.copy(annotations);
        beginnings = Sorted.copy(beginnings);
    }

    /// An alert of which no beginning is remembered.
    public Alert(
            String fingerprint,
            String name,
            Status status,
            Instant startsAt,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            @Nullable AlertedService service,
            @Nullable AlertedNode node) {
        this(
                fingerprint,
                name,
                status,
                startsAt,
                labels,
                annotations,
                service,
                node,
                Collections.emptySortedSet());
    }

    @Override
    public Subject subject() {
        return Subject.alert(fingerprint);
    }

    /// The subject of the incident that it belongs to: its service, else its node, else its name in
    /// this cluster.
    public Subject about() {
        if (service != null) {
            return service.subject();
        }
        if (node != null) {
            return node.subject();
        }
        return Subject.cluster(name.isEmpty() ? fingerprint : name);
    }

    /// True when rules may act on it; in rules: `Alert( firing, … )`.
    public boolean isFiring() {
        return status == Status.FIRING;
    }

    /// True when Homeostat itself saw it in the cluster, and no Alertmanager told of it; in rules:
    /// `Alert( own, … )`.
    public boolean isOwn() {
        return fingerprint.startsWith(OWN);
    }

    /// How often alerts of its name began on what it is about within a time that ends with this
    /// occurrence's own beginning, which counts: `firedWithin( Duration.ofHours( 1 ) ) >= 2` holds
    /// from the second beginning within an hour until that alert ends.
    public int firedWithin(Duration span) {
        if (beginnings.isEmpty()) {
            return 1;
        }
        return beginnings.tailSet(beginnings.last().minus(span)).size();
    }

    /// What it says, in its author's words: the annotation `summary`, else `description`, else its
    /// name.
    public String headline() {
        for (String key : List.of("summary", "description")) {
            String words = annotations.getOrDefault(key, "").strip();
            if (!words.isEmpty()) {
                return words;
            }
        }
        return name.isEmpty() ? "an alert without a name" : name;
    }

    /// The label's value, null when the alert has no such label.
    public @Nullable String label(String key) {
        return labels.get(key);
    }
}
