package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "timeline", description = "What happened to a service or node, or in an incident.")
final class TimelineCommand extends Listing {
    /// Names of services do not look like this: Homeostat gives incidents theirs.
    private static final Pattern INCIDENT = Pattern.compile("i\\d+\\.\\S+");

    @Parameters(
            paramLabel = "SUBJECT",
            description = "service/NAME, node/ID …; or just NAME; or an incident's ID, as i12.1")
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
        if (INCIDENT.matcher(subject).matches()) {
            filter.put("incident", subject);
        } else {
            filter.put("subject", SubjectName.read(subject).toString());
        }
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
