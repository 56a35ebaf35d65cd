package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import picocli.CommandLine.Command;

@Command(name = "actions", description = "What was done, and how it ended.")
final class ActionsCommand extends Listing {
    ActionsCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    String path() {
        return "actions";
    }

    @Override
    SortedMap<String, String> filter() {
        return Collections.emptySortedMap();
    }

    @Override
    String none() {
        return "Nothing was done yet.";
    }

    @Override
    void show(List<JsonNode> items) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode item : items) {
            String outcome = text(item, "outcome");
            rows.add(
                    List.of(
                            console.time(item.path("plannedAt")),
                            text(item, "id"),
                            outcome.isEmpty() ? text(item, "state") : outcome,
                            text(item, "text"),
                            text(item, "reason")));
        }
        console.table(rows);
    }
}
