package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// An explanation of rules, for people.
final class WhyText {
    private static final String UNDER = " ".repeat(9);

    private final Console console;

    WhyText(Console console) {
        this.console = console;
    }

    void rule(JsonNode rule) {
        boolean wishes = !rule.path("wishes").isEmpty();
        console.line("");
        console.line(
                "rule \"%s\" (%s:%d) %s"
                        .formatted(
                                rule.path("name").asText(),
                                rule.path("file").asText(),
                                rule.path("line").asInt(),
                                wishes ? "wishes" : notWishing(rule)));
        if (rule.hasNonNull("putAside")) {
            console.line("  It is put aside and not heard: " + rule.path("putAside").asText());
        }
        rule.path("conditions").forEach(this::condition);
        if (rule.path("conditions").isEmpty()) {
            console.line("  Its conditions cannot be taken apart.");
        }
        rule.path("wishes").forEach(this::wish);
        if (rule.hasNonNull("last")) {
            console.line(
                    "  last time: %s, %s, %s"
                            .formatted(
                                    console.time(rule.path("last").path("at")),
                                    rule.path("last").path("verdict").asText(),
                                    rule.path("last").path("reason").asText()));
        }
    }

    private static String notWishing(JsonNode rule) {
        String elsewhere = joined(rule.path("elsewhere"), 3);
        return "does not wish; %d of %d constraints hold%s"
                .formatted(
                        rule.path("satisfied").asInt(),
                        rule.path("constraints").asInt(),
                        elsewhere.isEmpty() ? "" : "; it wishes something about " + elsewhere);
    }

    private void condition(JsonNode condition) {
        String standing =
                switch (condition.path("standing").asText()) {
                    case "HOLDS" -> "holds";
                    case "FAILS" -> "fails";
                    default -> "open ";
                };
        console.line("  %s  %s".formatted(standing, condition.path("text").asText()));
        if (!condition.path("note").asText().isEmpty()) {
            under(condition.path("note").asText());
        }
        if (standing.equals("fails")) {
            condition.path("given").forEach(given -> under("with " + given.asText()));
        }
        String matches = matches(condition);
        if (!matches.isEmpty()) {
            under((condition.path("negated").asBoolean() ? "in the way: " : "matches: ") + matches);
        }
        if (standing.equals("fails") && !condition.path("negated").asBoolean()) {
            nearest(condition);
        }
    }

    private static String matches(JsonNode condition) {
        int more = condition.path("matching").asInt() - condition.path("matches").size();
        String shown = joined(condition.path("matches"), Integer.MAX_VALUE);
        return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
    }

    private void nearest(JsonNode condition) {
        int seen = condition.path("seen").asInt();
        boolean apart = condition.path("note").asText().equals("not taken apart");
        if (seen == 0 && !apart) {
            under("there is no such fact");
        } else if (condition.path("own").asInt() == 0 && !apart) {
            under("of %d such facts none has to do with it; nearest:".formatted(seen));
        }
        for (JsonNode miss : condition.path("nearest")) {
            under(miss.path("fact").asText());
            under("  %s  fails%s".formatted(miss.path("constraint").asText(), found(miss)));
        }
        int more = condition.path("own").asInt() - condition.path("nearest").size();
        if (more > 0 && !condition.path("nearest").isEmpty()) {
            under("%d more come no nearer".formatted(more));
        }
    }

    private static String found(JsonNode miss) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : miss.path("found")) {
            values.add(
                    "%s is %s"
                            .formatted(
                                    value.path("expression").asText(),
                                    value.path("value").asText()));
        }
        String threw = miss.path("threw").asText();
        if (!threw.isEmpty()) {
            values.add("asking it threw: " + threw);
        }
        return values.isEmpty() ? "" : ": " + String.join(", ", values);
    }

    private void wish(JsonNode wish) {
        JsonNode decision = wish.path("decision");
        console.line(
                "  It wishes to %s, because of %s."
                        .formatted(wish.path("intent").asText(), joined(wish.path("because"), 5)));
        if (decision.isMissingNode() || decision.isNull()) {
            console.line("  It is not judged yet, or its decision is forgotten.");
            return;
        }
        console.line(
                "  decided: %s, %s, %s"
                        .formatted(
                                console.time(decision.path("at")),
                                decision.path("verdict").asText(),
                                decision.path("reason").asText()));
        if (decision.path("objections").isEmpty()) {
            under("no guard objects");
        }
        decision.path("objections").forEach(this::objection);
    }

    private void objection(JsonNode objection) {
        String until =
                objection.hasNonNull("until")
                        ? " until " + console.time(objection.path("until"))
                        : "";
        under(
                "%s: %s%s, %s"
                        .formatted(
                                objection.path("guard").asText(),
                                objection.path("verdict").asText(),
                                until,
                                objection.path("reason").asText()));
        if (!objection.path("change").asText().isEmpty()) {
            under("  to change it: " + objection.path("change").asText());
        }
    }

    private void under(String text) {
        console.line(UNDER + text);
    }

    private static String joined(JsonNode texts, int most) {
        List<String> shown = new ArrayList<>();
        texts.forEach(text -> shown.add(text.asText()));
        int more = shown.size() - most;
        return more > 0
                ? String.join(", ", shown.subList(0, most)) + " and %d more".formatted(more)
                : String.join(", ", shown);
    }
}
