package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "approvals", description = "What waits for a person's answer, with a preview.")
final class ApprovalsCommand extends Remote {
    ApprovalsCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        JsonNode page = server.get("approvals", Map.of());
        if (isJson()) {
            console.json(page);
            return 0;
        }
        if (page.path("items").isEmpty()) {
            console.line("Nothing is asked.");
        }
        for (JsonNode item : page.path("items")) {
            show(item);
        }
        return 0;
    }

    private void show(JsonNode item) {
        String id = item.path("id").asText();
        console.line(
                "%s  %s   (rule \"%s\", until %s)"
                        .formatted(
                                id,
                                item.path("action").asText(),
                                item.path("rule").asText(),
                                console.time(item.path("expires"))));
        JsonNode now = item.path("now");
        if (now.isNull()) {
            console.line("    nothing wishes it at the moment; it may come back");
        } else {
            console.line("    " + now.path("reason").asText());
            for (JsonNode objection : now.path("objections")) {
                console.line(
                        "    %s (%s): %s"
                                .formatted(
                                        objection.path("guard").asText(),
                                        objection.path("verdict").asText(),
                                        objection.path("reason").asText()));
            }
        }
        console.line(
                "    homeostat approve %s, or homeostat reject %s --why WHY".formatted(id, id));
    }
}
