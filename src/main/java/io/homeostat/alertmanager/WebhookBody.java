package io.homeostat.alertmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.homeostat.engine.Signal.AlertsReceived;
import io.homeostat.engine.Signal.ReportedAlert;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Reads what Alertmanager posts to its webhooks, version 4. Thread-safe.
///
/// Sound alerts are taken; unsound ones are kept as they came and counted. A body is refused only
/// when no alert in it can be read. Fields that we do not know are passed over.
public final class WebhookBody {
    private static final String VERSION = "4";

    /// How much one body may bring.
    ///
    /// @param bytes a longer body is refused with 413
    /// @param depth a body nested deeper is refused with 400
    /// @param alerts the alerts of a body beyond this many count as left out by Alertmanager
    /// @param labels an alert with more labels is unsound
    /// @param valueLength an alert with a longer label name or value, in characters, is unsound
    public record Bounds(int bytes, int depth, int alerts, int labels, int valueLength) {
        public static final Bounds DEFAULT =
                new Bounds(10 * 1024 * 1024, 50, 10_000, 200, 64 * 1024);
    }

    /// What came of reading a body.
    public sealed interface Reading {}

    /// At least one alert could be read.
    ///
    /// @param faults what is wrong with each unsound alert, in a sentence
    public record Taken(AlertsReceived signal, List<String> faults) implements Reading {
        public Taken {
            faults = List.copyOf(faults);
        }
    }

    /// Nothing could be read.
    ///
    /// @param status the HTTP status that says so
    /// @param detail what is wrong and what would be right
    public record BadBody(int status, String detail) implements Reading {}

    private final Bounds bounds;
    private final ObjectMapper json;
    private final AlertReader reader;

    public WebhookBody(Bounds bounds) {
        this.bounds = bounds;
        this.reader = new AlertReader(bounds);
        this.json =
                new ObjectMapper(
                                JsonFactory.builder()
                                        .streamReadConstraints(
                                                StreamReadConstraints.builder()
                                                        .maxNestingDepth(bounds.depth())
                                                        .maxStringLength(bounds.bytes())
                                                        .build())
                                        .build())
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /// The most bytes that a body may have.
    int mostBytes() {
        return bounds.bytes();
    }

    public Reading read(byte[] body, Instant receivedAt) {
        if (body.length > bounds.bytes()) {
            return tooLong();
        }
        try {
            JsonNode root = json.readTree(body);
            if (!root.isObject()) {
                return bad("the body is not a JSON object; post what Alertmanager's webhook sends");
            }
            return read(root, receivedAt);
        } catch (StreamConstraintsException beyond) {
            return bad(
                    "the body is nested deeper than %d or has longer numbers or names than any webhook of Alertmanager"
                            .formatted(bounds.depth()));
        } catch (IOException notJson) {
            return bad(
                    "the body is not JSON in UTF-8; post what Alertmanager's webhook sends, with Content-Type application/json");
        }
    }

    BadBody tooLong() {
        return new BadBody(
                413,
                "the body is longer than %d bytes; set max_alerts in Alertmanager's webhook_configs, or raise homeostat.alertmanager.body-max"
                        .formatted(bounds.bytes()));
    }

    private Reading read(JsonNode root, Instant receivedAt) {
        JsonNode version = root.path("version");
        if (!version.isMissingNode() && !version.asText().equals(VERSION)) {
            return bad(
                    "the version of the body is %s; Homeostat reads version 4 (Alertmanager 0.16 and newer)"
                            .formatted(AlertReader.shown(version)));
        }
        JsonNode alerts = root.path("alerts");
        if (!alerts.isArray()) {
            return bad(
                    alerts.isMissingNode()
                            ? "the body has no \"alerts\"; a webhook template must keep them"
                            : "\"alerts\" is not an array");
        }
        if (alerts.isEmpty()) {
            return bad("\"alerts\" is empty, so there is nothing to take");
        }
        return read(root, alerts, receivedAt);
    }

    private Reading read(JsonNode root, JsonNode alerts, Instant receivedAt) {
        List<ReportedAlert> sound = new ArrayList<>();
        List<JsonNode> unsound = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        int most = Math.min(alerts.size(), bounds.alerts());
        for (int i = 0; i < most; i++) {
            try {
                sound.add(reader.webhook(alerts.get(i), receivedAt));
            } catch (UnsoundAlert fault) {
                unsound.add(alerts.get(i));
                faults.add("alerts[%d]: %s".formatted(i, fault.getMessage()));
            }
        }
        if (sound.isEmpty()) {
            return bad(
                    "none of the %d alerts could be read; the first: %s"
                            .formatted(most, faults.getFirst()));
        }
        int leftOut = Math.max(0, root.path("truncatedAlerts").asInt(0)) + alerts.size() - most;
        String raw = unsound.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
        return new Taken(
                new AlertsReceived(
                        receivedAt,
                        root.path("receiver").asText(""),
                        sound,
                        leftOut,
                        unsound.size(),
                        raw),
                faults);
    }

    private static BadBody bad(String detail) {
        return new BadBody(400, detail);
    }
}
