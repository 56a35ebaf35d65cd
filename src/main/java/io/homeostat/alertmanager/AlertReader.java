package io.homeostat.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.Signal.ListedAlert;
import io.homeostat.engine.Signal.ReportedAlert;
import io.homeostat.fact.Alert;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads one alert, as the webhook or as Alertmanager's list has it.
final class AlertReader {
    private static final int FINGERPRINT_LENGTH_MAX = 128;
    private static final int SHOWN_LENGTH = 80;

    /// Go's zero time is in year 1; nothing that we hear of began before computers did.
    private static final Instant EARLIEST = Instant.EPOCH;

    private final WebhookBody.Bounds bounds;

    AlertReader(WebhookBody.Bounds bounds) {
        this.bounds = bounds;
    }

    /// An alert of a webhook's body.
    ///
    /// @param receivedAt when a resolved alert ended that does not say it itself
    ReportedAlert webhook(JsonNode alert, Instant receivedAt) throws UnsoundAlert {
        requireObject(alert);
        String status = alert.path("status").asText("");
        return switch (status) {
            case "firing" -> reported(alert, true, null);
            case "resolved" -> {
                Instant ended = endsAt(alert);
                yield reported(alert, false, ended == null ? receivedAt : ended);
            }
            default ->
                    throw new UnsoundAlert(
                            "status is %s; it must be firing or resolved"
                                    .formatted(shown(alert.path("status"))));
        };
    }

    /// An alert of Alertmanager's list: all of those fire.
    ListedAlert listed(JsonNode alert) throws UnsoundAlert {
        requireObject(alert);
        List<String> suppressedBy = new ArrayList<>();
        JsonNode status = alert.path("status");
        status.path("silencedBy").forEach(id -> suppressedBy.add(id.asText()));
        status.path("inhibitedBy").forEach(id -> suppressedBy.add(id.asText()));
        suppressedBy.sort(null);
        return new ListedAlert(reported(alert, true, null), suppressedBy);
    }

    private ReportedAlert reported(JsonNode alert, boolean firing, @Nullable Instant endsAt)
            throws UnsoundAlert {
        return new ReportedAlert(
                fingerprint(alert),
                firing,
                startsAt(alert),
                endsAt,
                labels(alert),
                texts(alert.path("annotations"), "annotations"));
    }

    private static void requireObject(JsonNode alert) throws UnsoundAlert {
        if (!alert.isObject()) {
            throw new UnsoundAlert(shown(alert) + " is not an object");
        }
    }

    private static String fingerprint(JsonNode alert) throws UnsoundAlert {
        JsonNode fingerprint = alert.path("fingerprint");
        String text = fingerprint.isTextual() ? fingerprint.textValue().strip() : "";
        if (text.isEmpty() || text.length() > FINGERPRINT_LENGTH_MAX) {
            throw new UnsoundAlert(
                    "fingerprint is %s; it must be a text of 1 to %d characters"
                            .formatted(shown(fingerprint), FINGERPRINT_LENGTH_MAX));
        }
        if (text.startsWith(Alert.OWN)) {
            throw new UnsoundAlert(
                    "fingerprint is %s; those that begin with %s are of Homeostat's own alerts"
                            .formatted(shown(fingerprint), Alert.OWN));
        }
        return text;
    }

    private static Instant startsAt(JsonNode alert) throws UnsoundAlert {
        Instant startsAt = instant(alert.path("startsAt"), "startsAt");
        if (startsAt.isBefore(EARLIEST)) {
            throw new UnsoundAlert("startsAt is %s, before 1970".formatted(startsAt));
        }
        return startsAt;
    }

    /// Null when it is missing or Go's zero time.
    private static @Nullable Instant endsAt(JsonNode alert) throws UnsoundAlert {
        JsonNode endsAt = alert.path("endsAt");
        if (endsAt.isMissingNode() || endsAt.isNull()) {
            return null;
        }
        Instant instant = instant(endsAt, "endsAt");
        return instant.isBefore(EARLIEST) ? null : instant;
    }

    private static Instant instant(JsonNode node, String name) throws UnsoundAlert {
        try {
            return OffsetDateTime.parse(node.isTextual() ? node.textValue() : "").toInstant();
        } catch (DateTimeParseException notADate) {
            throw new UnsoundAlert(
                    "%s is %s; it must be a date like 2026-11-23T10:00:00Z"
                            .formatted(name, shown(node)));
        }
    }

    private SortedMap<String, String> labels(JsonNode alert) throws UnsoundAlert {
        JsonNode node = alert.path("labels");
        SortedMap<String, String> labels = texts(node, "labels");
        if (labels.isEmpty()) {
            throw new UnsoundAlert("labels are missing or empty");
        }
        if (labels.size() > bounds.labels()) {
            throw new UnsoundAlert(
                    "%d labels are more than the %d that are read"
                            .formatted(labels.size(), bounds.labels()));
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            int length = Math.max(label.getKey().length(), label.getValue().length());
            if (length > bounds.valueLength()) {
                throw new UnsoundAlert(
                        "a label is %d characters long, more than the %d that are read"
                                .formatted(length, bounds.valueLength()));
            }
        }
        return labels;
    }

    private static SortedMap<String, String> texts(JsonNode node, String name) throws UnsoundAlert {
        SortedMap<String, String> texts = new TreeMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return texts;
        }
        if (!node.isObject()) {
            throw new UnsoundAlert("%s are %s, not an object".formatted(name, shown(node)));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new UnsoundAlert(
                        "%s has %s, which is not a text".formatted(name, shown(field.getValue())));
            }
            texts.put(field.getKey(), field.getValue().textValue());
        }
        return texts;
    }

    /// The value as it came, cut to what fits into a sentence.
    static String shown(JsonNode node) {
        if (node.isMissingNode()) {
            return "missing";
        }
        String text = node.toString();
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
    }
}
