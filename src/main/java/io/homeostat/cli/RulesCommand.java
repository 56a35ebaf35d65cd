package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "rules",
        description = "The rules in force; with a part of a name, all that is known of those.")
final class RulesCommand extends Remote {
    private static final int VERSION = 12;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "only rules with this in their name")
    private String name = "";

    RulesCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        JsonNode view = server.get("rules", Map.of());
        if (isJson()) {
            console.json(view);
        } else {
            show(view);
        }
        return view.path("isRefused").asBoolean() ? 1 : 0;
    }

    private void show(JsonNode view) {
        List<JsonNode> rules = new ArrayList<>();
        for (JsonNode rule : view.path("rules")) {
            if (rule.path("name").asText().contains(name)) {
                rules.add(rule);
            }
        }
        if (!name.isEmpty()) {
            rules.forEach(rule -> {
                one(rule);
                for (JsonNode earlier : view.path("earlier")) {
                    if (earlier.path("rule").equals(rule.path("name"))) {
                        List<List<String>> rows = new ArrayList<>();
                        rows.add(List.of("earlier version", earlier.path("version").asText()));
                        record(earlier, rows);
                        console.table(rows);
                    }
                }
            });
            if (rules.isEmpty()) {
                console.line("No rule in force has '%s' in its name.".formatted(name));
            }
            return;
        }
        all(rules);
        console.line(
                "%d rules in rulebook %s from %s, in force since %s%s"
                        .formatted(
                                rules.size(),
                                shown(view.path("rulebook")),
                                view.path("source").asText(),
                                console.time(view.path("since")),
                                view.hasNonNull("undo")
                                        ? "; undo goes back to " + shown(view.path("undo"))
                                        : ""));
        if (view.path("isRefused").asBoolean()) {
            console.line("The newest rule files are not in force:");
            JsonNode refusal = view.path("refusal");
            console.line(refusal.path("text").asText());
            refusal.path("reasons")
                    .forEach(reason -> reason.asText().lines().forEach(console::line));
        }
    }

    private void all(List<JsonNode> rules) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "RULE",
                        "AUTONOMY",
                        "VERSION",
                        "MATCHED",
                        "WISHED",
                        "LAST FIRED",
                        "FILE",
                        ""));
        for (JsonNode rule : rules) {
            rows.add(
                    List.of(
                            rule.path("name").asText(),
                            rule.path("autonomy").asText(),
                            shown(rule.path("version")),
                            rule.path("record").path("matched").asText("0"),
                            rule.path("record").path("wished").asText("0"),
                            console.time(rule.path("record").path("lastFired")),
                            place(rule),
                            rule.hasNonNull("putAside") ? "PUT ASIDE" : ""));
        }
        console.table(rows);
    }

    private void one(JsonNode rule) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("rule", rule.path("name").asText()));
        rows.add(List.of("file", place(rule)));
        rows.add(List.of("version", shown(rule.path("version"))));
        rows.add(List.of("autonomy", rule.path("autonomy").asText()));
        for (String field : List.of("cooldown", "owner", "putAside")) {
            String text = rule.path(field).asText("");
            if (rule.hasNonNull(field) && !text.isEmpty()) {
                rows.add(List.of(field, text));
            }
        }
        record(rule.path("record"), rows);
        console.table(rows);
    }

    private void record(JsonNode record, List<List<String>> rows) {
        if (!record.isObject()) {
            rows.add(List.of("record", "nothing came of this version yet"));
            return;
        }
        rows.add(List.of("matched", record.path("matched").asText()));
        rows.add(List.of("wished", record.path("wished").asText()));
        rows.add(List.of("decisions", counts(record.path("decisions"))));
        rows.add(List.of("outcomes", counts(record.path("outcomes"))));
        rows.add(List.of("last fired", console.time(record.path("lastFired"))));
        if (record.hasNonNull("minutesSaved")) {
            rows.add(List.of("minutes saved", record.path("minutesSaved").asText()));
        }
    }

    private static String counts(JsonNode counts) {
        List<String> texts = new ArrayList<>();
        counts.properties()
                .forEach(each -> texts.add(each.getKey() + " " + each.getValue().asText()));
        return texts.isEmpty() ? "none" : String.join(", ", texts);
    }

    private static String place(JsonNode rule) {
        return rule.path("file").asText() + ":" + rule.path("line").asText();
    }

    private static String shown(JsonNode hash) {
        String text = hash.asText();
        return text.substring(0, Math.min(VERSION, text.length()));
    }
}
