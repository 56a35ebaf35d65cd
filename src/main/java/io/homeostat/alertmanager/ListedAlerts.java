package io.homeostat.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.Signal.ListedAlert;
import io.homeostat.engine.Signal.ReportedAlert;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lists of several Alertmanagers of one cluster made one.
final class ListedAlerts {
    private static final Logger LOG = LoggerFactory.getLogger(ListedAlerts.class);

    private final SortedSet<String> receivers;
    private final AlertReader reader;
    private final SortedMap<String, String> silences = new TreeMap<>();
    private final SortedMap<String, ListedAlert> byFingerprint = new TreeMap<>();

    /// @param receivers the receivers that are ours; empty for all
    ListedAlerts(SortedSet<String> receivers, AlertReader reader) {
        this.receivers = receivers;
        this.reader = reader;
    }

    /// A silence that mutes one of the alerts; to be told before them.
    void silence(JsonNode silence) {
        String id = silence.path("id").asText();
        silences.put(
                id,
                "silence %s of %s until %s"
                        .formatted(
                                id,
                                silence.path("createdBy").asText("nobody named"),
                                silence.path("endsAt").asText("an unknown end")));
    }

    void add(JsonNode alert) {
        if (!isOurs(alert)) {
            return;
        }
        try {
            ListedAlert listed = named(reader.listed(alert));
            byFingerprint.merge(listed.alert().fingerprint(), listed, ListedAlerts::merge);
        } catch (UnsoundAlert fault) {
            LOG.warn("an alert in Alertmanager's list is passed over: {}", fault.getMessage());
        }
    }

    List<ListedAlert> all() {
        return List.copyOf(byFingerprint.values());
    }

    private ListedAlert named(ListedAlert listed) {
        List<String> names =
                listed.suppressedBy().stream().map(id -> silences.getOrDefault(id, id)).toList();
        return new ListedAlert(listed.alert(), names);
    }

    private boolean isOurs(JsonNode alert) {
        if (receivers.isEmpty()) {
            return true;
        }
        for (JsonNode receiver : alert.path("receivers")) {
            if (receivers.contains(receiver.path("name").asText())) {
                return true;
            }
        }
        return false;
    }

    /// The earliest beginning; suppressed as soon as one says so, because silences take a while to
    /// reach all Alertmanagers and doing nothing meanwhile does no harm.
    private static ListedAlert merge(ListedAlert one, ListedAlert other) {
        ReportedAlert earlier =
                other.alert().startsAt().isBefore(one.alert().startsAt())
                        ? other.alert()
                        : one.alert();
        SortedSet<String> suppressedBy = new TreeSet<>(one.suppressedBy());
        suppressedBy.addAll(other.suppressedBy());
        return new ListedAlert(earlier, List.copyOf(suppressedBy));
    }
}
