package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "why",
        description = "Why rules wish something about a subject or an alert, and why not.")
final class WhyCommand extends Remote {
    @Parameters(
            index = "0",
            paramLabel = "SUBJECT|ALERT",
            description =
                    "a service, task, node or alert by its name, ID, fingerprint, or their"
                            + " beginning; with its kind before it where that is not clear, as"
                            + " node/web")
    private String subject = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "RULE",
            description = "only this rule, however far it is; a part of its name will do")
    private @Nullable String rule;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "at a past moment: an instant, or how long ago, as 2h")
    private @Nullable String at;

    WhyCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        SortedMap<String, String> query = new TreeMap<>(Map.of("subject", subject));
        if (rule != null) {
            query.put("rule", rule);
        }
        if (at != null) {
            query.put("at", at);
        }
        JsonNode answer = server.get("why", query);
        if (isJson()) {
            console.json(answer);
        } else {
            show(answer);
        }
        return 0;
    }

    private void show(JsonNode answer) {
        String about = answer.path("subject").asText();
        console.line("%s at %s".formatted(about, console.time(answer.path("at"))));
        WhyText text = new WhyText(console);
        answer.path("rules").forEach(text::rule);
        int others = answer.path("others").asInt();
        console.line("");
        if (answer.path("rules").isEmpty()) {
            console.line(
                    "None of %d rules came near: no fact about %s fulfils a part of their conditions."
                            .formatted(others, about));
            console.line(
                    "Name a rule to see what it lacks: ./homeostat why %s \"RULE\""
                            .formatted(subject));
        } else if (rule == null) {
            console.line(
                    others == 1
                            ? "1 other rule did not come near."
                            : "%d other rules did not come near.".formatted(others));
        }
    }
}
