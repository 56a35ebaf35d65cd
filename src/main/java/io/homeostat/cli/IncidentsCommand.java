package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import picocli.CommandLine.Command;

@Command(name = "incidents", description = "What was wrong, and where it stands.")
final class IncidentsCommand extends Listing {
    IncidentsCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    String path() {
        return "incidents";
    }

    @Override
    SortedMap<String, String> filter() {
        return Collections.emptySortedMap();
    }

    @Override
    String none() {
        return "Nothing was wrong yet.";
    }

    @Override
    void show(List<JsonNode> items) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode item : items) {
            rows.add(
                    List.of(
                            console.time(item.path("openedAt")),
                            text(item, "state"),
                            text(item, "severity"),
                            text(item, "subject"),
                            text(item, "title")));
        }
        console.table(rows);
    }
}
