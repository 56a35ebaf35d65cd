package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "timeline", description = "What happened to a service, a node or an alert.")
final class TimelineCommand extends Listing {
    @Parameters(paramLabel = "SUBJECT", description = "service/NAME, node/ID …; or just NAME")
    private String subject = "";

    TimelineCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    String path() {
        return "timeline";
    }

    @Override
    SortedMap<String, String> filter() throws Problem {
        SortedMap<String, String> filter = new TreeMap<>();
        filter.put("subject", SubjectName.read(subject).toString());
        return filter;
    }

    @Override
    String none() {
        return "Nothing is recorded about %s.".formatted(subject);
    }

    @Override
    void show(List<JsonNode> items) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode item : items) {
            rows.add(
                    List.of(console.time(item.path("at")), text(item, "kind"), text(item, "text")));
        }
        console.table(rows);
    }
}
