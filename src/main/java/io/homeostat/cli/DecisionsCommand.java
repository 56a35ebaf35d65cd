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

    DecisionsCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    String path() {
        return "decisions";
    }

    @Override
    SortedMap<String, String> filter() throws Problem {
        SortedMap<String, String> filter = new TreeMap<>();
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
        return "Nothing was decided yet.";
    }

    @Override
    void show(List<JsonNode> items) {
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
}
