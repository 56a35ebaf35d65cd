package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "decisions", description = "What was decided, and why.")
final class DecisionsCommand extends Listing {
    @Option(names = "--subject", description = "only about this; the name of a service will do")
    private @Nullable String subject;

    @Option(names = "--verdict", description = "only allow, shadow, ask, wait or deny")
    private @Nullable String verdict;

    @Option(
            names = "--would",
            description =
                    "what would have been done in shadow, once for each incident; with --since")
    private boolean would;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "with --would: how far back, as 7d, which is the default")
    private @Nullable String since;

    DecisionsCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    String path() {
        return would ? "decisions/shadow" : "decisions";
    }

    @Override
    SortedMap<String, String> filter() throws Problem {
        SortedMap<String, String> filter = new TreeMap<>();
        if (would) {
            if (subject != null || verdict != null) {
                throw Problem.usage("--would goes with --since, and with no other filter.");
            }
            filter.put("since", since == null ? "7d" : since);
            return filter;
        }
        if (since != null) {
            throw Problem.usage("--since goes with --would.");
        }
        if (subject != null) {
            filter.put("subject", SubjectName.read(subject).toString());
        }
        if (verdict != null) {
            filter.put("verdict", verdict);
        }
        return filter;
    }

    @Override
    String none() {
        return would ? "Nothing would have been done." : "Nothing was decided yet.";
    }

    @Override
    void show(List<JsonNode> items) {
        if (would) {
            items.reversed().forEach(this::showShadowed);
            return;
        }
        for (JsonNode item : items) {
            console.line(
                    "%s  %-6s  %s   (rule \"%s\")"
                            .formatted(
                                    console.time(item.path("at")),
                                    text(item, "verdict"),
                                    text(item, "intent"),
                                    text(item, "rule")));
            console.line("                     " + text(item, "reason"));
        }
    }

    private void showShadowed(JsonNode item) {
        console.line(
                "%4d  %-6s  %s   (rule \"%s\", last %s)"
                        .formatted(
                                item.path("incidents").asInt(),
                                text(item, "verdict"),
                                text(item, "action"),
                                text(item, "rule"),
                                console.time(item.path("last"))));
    }
}
