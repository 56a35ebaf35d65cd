package io.homeostat.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A decision is recorded when it changes: two in a row on the same wish differ, in the verdict or
/// in its reasons. Between two that allow the same, an action ended.
final class NoDecisionIsRecordedTwice implements Invariant {
    private static final Duration SAME = Duration.ofSeconds(10);

    @Override
    public List<String> broken(Evidence evidence) {
        List<String> faults = new ArrayList<>();
        Map<String, JsonNode> last = new HashMap<>();
        for (JsonNode decision : evidence.decisions()) {
            String wish =
                    decision.path("rule").asText()
                            + decision.path("subject").asText()
                            + decision.path("intent").asText()
                            + requests(decision);
            JsonNode before = last.put(wish, decision);
            if (before != null && isSame(before, decision) && !isActedOn(before, evidence)) {
                faults.add("recorded twice: %s and %s".formatted(before, decision));
            }
        }
        return faults;
    }

    /// The requests that it is about: who hears no answer asks again, and that is another wish.
    private static List<String> requests(JsonNode decision) {
        List<String> requests = new ArrayList<>();
        for (JsonNode fact : decision.path("facts")) {
            if (fact.asText().startsWith("request/")) {
                requests.add(fact.asText());
            }
        }
        return requests;
    }

    /// An action that came of it and ended opens the wish to a decision anew.
    private static boolean isActedOn(JsonNode decision, Evidence evidence) {
        return evidence.actions().stream()
                .anyMatch(action ->
                        action.path("decision").asText().equals(decision.path("id").asText())
                                && action.path("state").asText().equals("final"));
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        List<JsonNode> before = objections(one);
        List<JsonNode> after = objections(other);
        if (!one.path("verdict").equals(other.path("verdict")) || before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).path("code").equals(after.get(i).path("code"))
                    || !isSameInstant(before.get(i).path("until"), after.get(i).path("until"))) {
                return false;
            }
        }
        return true;
    }

    private static List<JsonNode> objections(JsonNode decision) {
        List<JsonNode> objections = new ArrayList<>();
        decision.path("objections").forEach(objections::add);
        return objections;
    }

    private static boolean isSameInstant(JsonNode one, JsonNode other) {
        if (!one.isTextual() || !other.isTextual()) {
            return one.isTextual() == other.isTextual();
        }
        return Duration.between(Instant.parse(one.asText()), Instant.parse(other.asText()))
                        .abs()
                        .compareTo(SAME)
                <= 0;
    }
}
