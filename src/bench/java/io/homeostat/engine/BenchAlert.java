package io.homeostat.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An alert of eight labels and three annotations, as it comes from the reader of the webhook.
///
/// @param number which one it is
/// @param name its label `alertname`
/// @param service its label `service`
public record BenchAlert(long number, String name, String service) {
    private static final Map<String, String> ANNOTATIONS =
            Map.of(
                    "summary", "CPU above 90% for 2m",
                    "description", "value=0.93 threshold=0.90 on node worker-07",
                    "runbook_url", "https://runbooks.example/high-cpu");

    private Map<String, String> labels() {
        return new HashMap<>(
                Map.of(
                        "alertname", name,
                        "service", service,
                        "severity", "critical",
                        "cluster", "prod-eu-1",
                        "environment", "production",
                        "instance", "10.0.12.7:9100",
                        "job", "cadvisor",
                        "team", "platform"));
    }

    static Signal.AlertsReceived received(List<BenchAlert> alerts, boolean firing, Instant at) {
        return new Signal.AlertsReceived(
                at,
                "homeostat",
                alerts.stream().map(alert -> alert.reported(firing ? null : at, at)).toList(),
                0,
                0,
                "");
    }

    private Signal.ReportedAlert reported(@Nullable Instant endsAt, Instant at) {
        return new Signal.ReportedAlert(
                "%016x".formatted(number),
                endsAt == null,
                at.minusSeconds(60),
                endsAt,
                new TreeMap<>(labels()),
                new TreeMap<>(ANNOTATIONS));
    }

    Raw raw() {
        return new Raw(name, "firing", service, labels(), new HashMap<>(ANNOTATIONS));
    }

    /// The same as plain Drools is given it.
    public static final class Raw {
        private final String alertname;
        private final String status;
        private final String service;
        private final Map<String, String> labels;
        private final Map<String, String> annotations;

        Raw(
                String alertname,
                String status,
                String service,
                Map<String, String> labels,
                Map<String, String> annotations) {
            this.alertname = alertname;
            this.status = status;
            this.service = service;
            this.labels = labels;
            this.annotations = annotations;
        }

        public String getAlertname() {
            return alertname;
        }

        public String getStatus() {
            return status;
        }

        public String getService() {
            return service;
        }

        public Map<String, String> getLabels() {
            return labels;
        }

        public Map<String, String> getAnnotations() {
            return annotations;
        }
    }
}
