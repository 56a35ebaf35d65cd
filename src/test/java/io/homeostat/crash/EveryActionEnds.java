package io.homeostat.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Nothing is under way for ever, and nothing ends as unknown while the cluster can tell.
final class EveryActionEnds implements Invariant {
    @Override
    public List<String> broken(Evidence evidence) {
        List<String> faults = new ArrayList<>();
        for (JsonNode action : evidence.actions()) {
            String outcome = action.path("outcome").asText("");
            if (!action.path("state").asText().equals("final")) {
                faults.add("%s is %s".formatted(text(action), action.path("state").asText()));
            } else if (outcome.isEmpty() || outcome.equals("unknown")) {
                faults.add(
                        "%s ended as '%s': %s"
                                .formatted(text(action), outcome, action.path("reason").asText()));
            }
        }
        return faults;
    }

    private static String text(JsonNode action) {
        return "%s (%s)".formatted(action.path("id").asText(), action.path("text").asText());
    }
}
