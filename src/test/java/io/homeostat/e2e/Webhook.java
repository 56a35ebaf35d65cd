package io.homeostat.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/// What Alertmanager would post, for tests that need no Alertmanager, and what is posted to one.
final class Webhook {
    private Webhook() {}

    /// An alert that asks for one more replica.
    ///
    /// @param name the alert's name, which makes it this alert and no other
    /// @param status `firing` or `resolved`
    static String scaleUp(String service, String name, String status) {
        return body(service, name, status, "\"scale\":\"up\",");
    }

    /// An alert that no rule knows.
    static String fires(String service, String name) {
        return body(service, name, "firing", "");
    }

    private static String body(String service, String name, String status, String label) {
        return """
        {"version":"4","groupKey":"{}:{alertname=\\"%1$s\\"}","truncatedAlerts":0,"status":"%2$s",
         "receiver":"homeostat","groupLabels":{"alertname":"%1$s"},
         "commonLabels":{"alertname":"%1$s"},"commonAnnotations":{},"externalURL":"http://am",
         "alerts":[{"status":"%2$s",
           "labels":{"alertname":"%1$s","service":"%3$s",%6$s"severity":"warning"},
           "annotations":{},"startsAt":"2026-11-24T07:00:00Z","endsAt":"%4$s",
           "generatorURL":"http://p","fingerprint":"%5$016x"}]}
        """
                .formatted(
                        name,
                        status,
                        service,
                        status.equals("firing") ? "0001-01-01T00:00:00Z" : "2026-11-24T07:01:00Z",
                        name.hashCode(),
                        label);
    }

    /// A silence of an hour for alerts with all these labels.
    static String silence(Map<String, String> labels) {
        ObjectNode silence = JsonNodeFactory.instance.objectNode();
        labels.forEach((name, value) ->
                silence.withArray("matchers")
                        .addObject()
                        .put("name", name)
                        .put("value", value)
                        .put("isRegex", false)
                        .put("isEqual", true));
        silence.put("startsAt", Instant.now().minusSeconds(1).toString());
        silence.put("endsAt", Instant.now().plusSeconds(3600).toString());
        return silence.put("createdBy", "e2e").put("comment", "test").toString();
    }
}
