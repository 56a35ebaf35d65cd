package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// A command that shows a list of what was recorded, the newest last, where the eye is.
abstract class Listing extends Remote {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "so many of the newest; ${DEFAULT-VALUE} when not given, at most 1000")
    private int limit = 20;

    Listing(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    abstract String path();

    abstract SortedMap<String, String> filter() throws Problem;

    /// What is said when the list is empty.
    abstract String none();

    abstract void show(List<JsonNode> items);

    @Override
    final int ask(Server server) throws Problem, InterruptedException {
        SortedMap<String, String> query = new TreeMap<>(filter());
        query.put("limit", String.valueOf(limit));
        JsonNode page = server.get(path(), query);
        if (isJson()) {
            console.json(page);
            return 0;
        }
        List<JsonNode> items = new ArrayList<>();
        page.path("items").forEach(items::add);
        if (items.isEmpty()) {
            console.line(none());
        } else {
            show(items.reversed());
            if (!page.path("next").isNull() && !page.path("next").isMissingNode()) {
                console.line("(there is more; see --limit)");
            }
        }
        return 0;
    }

    static String text(JsonNode item, String field) {
        JsonNode value = item.path(field);
        return value.isNull() ? "" : value.asText("");
    }
}
