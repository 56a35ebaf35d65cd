package io.homeostat.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One way by which a receiver of Alertmanager is told of alerts.
///
/// @param name the receiver's
/// @param kind as the configuration calls it: `webhook_configs`
/// @param sendResolved what the configuration says; empty when it says nothing
public record Receiver(String name, String kind, Optional<Boolean> sendResolved) {
    /// Those that Alertmanager tells of the end of an alert only when it is told to.
    private static final Set<String> SILENT_BY_DEFAULT =
            Set.of("email_configs", "slack_configs", "wechat_configs", "rocketchat_configs");

    /// Reads all ways of all receivers.
    ///
    /// @param configuration Alertmanager's, as a tree
    public static List<Receiver> list(JsonNode configuration) {
        List<Receiver> ways = new ArrayList<>();
        for (JsonNode receiver : configuration.path("receivers")) {
            String name = receiver.path("name").asText("");
            receiver.properties()
                    .forEach(field -> {
                        if (field.getKey().endsWith("_configs")) {
                            field.getValue()
                                    .forEach(way ->
                                            ways.add(
                                                    new Receiver(
                                                            name, field.getKey(), resolved(way))));
                        }
                    });
        }
        return List.copyOf(ways);
    }

    /// What is wrong with it.
    Optional<Finding> finding() {
        if (sendResolved.orElse(!SILENT_BY_DEFAULT.contains(kind))) {
            return Optional.empty();
        }
        String what =
                "%s of it %s"
                        .formatted(
                                kind,
                                sendResolved.isPresent()
                                        ? "has send_resolved: false"
                                        : "does not have send_resolved: true, and its default is"
                                                + " false");
        return Optional.of(
                new Finding(
                        Ailment.NO_SEND_RESOLVED,
                        new About(About.Kind.RECEIVER, name),
                        what,
                        """
                        # in the configuration of Alertmanager
                        - name: %s
                          %s:
                            - send_resolved: true\
                        """
                                .formatted(name, kind),
                        true));
    }

    private static Optional<Boolean> resolved(JsonNode way) {
        JsonNode said = way.path("send_resolved");
        return said.isMissingNode() || said.isNull()
                ? Optional.empty()
                : Optional.of(said.asBoolean());
    }
}
