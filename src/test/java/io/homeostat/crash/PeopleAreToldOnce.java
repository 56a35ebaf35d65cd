package io.homeostat.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.standin.SlackStandIn;
import java.util.ArrayList;
import java.util.List;

/// One message for each incident that people hear of. Where an answer of Slack's was lost there may
/// be a second, for a message that may not have arrived is sent again; then the action says so.
final class PeopleAreToldOnce implements Invariant {
    @Override
    public List<String> broken(Evidence evidence) {
        List<String> faults = new ArrayList<>();
        for (JsonNode incident : evidence.incidents()) {
            String id = incident.path("id").asText();
            long messages =
                    evidence.messages().stream().filter(message -> isOf(message, id)).count();
            long again =
                    evidence.actions().stream()
                            .filter(Evidence::isNotice)
                            .filter(action -> action.path("incident").asText().equals(id))
                            .filter(action ->
                                    action.path("reason").asText("").contains("sent again"))
                            .count();
            if (messages > 1 + again) {
                faults.add(
                        "%d messages of incident %s, and %d say that they are sent again"
                                .formatted(messages, id, again));
            }
        }
        if (evidence.facts().containsKey(evidence.load().unsolved().fingerprint())
                && isUntold(evidence, evidence.load().unsolved().name())) {
            faults.add("nobody was told of " + evidence.load().unsolved().name());
        }
        return faults;
    }

    private static boolean isUntold(Evidence evidence, String alert) {
        return evidence.messages().stream()
                .noneMatch(message ->
                        message.text().contains(alert)
                                || message.blocks().toString().contains(alert));
    }

    private static boolean isOf(SlackStandIn.Message message, String incident) {
        return message.blocks().toString().contains("incident " + incident + " ·");
    }
}
