package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "undo",
        description =
                "Requests the opposite of an action, and freezes its rules on that subject for a"
                        + " while.")
final class UndoCommand extends Remote {
    @Parameters(paramLabel = "ACTION", description = "which; see homeostat actions")
    private String id = "";

    @Option(
            names = "--dry-run",
            description = "only show what would be done, and what the guards say of it now")
    private boolean dryRun;

    @Option(names = "--why", description = "the reason, for all who wonder")
    private @Nullable String why;

    @Option(names = "--by", description = "who undoes it; you, when not given")
    private String by;

    UndoCommand(Console console, Map<String, String> environment, String user) {
        super(console, environment);
        this.by = user;
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        String path = "actions/" + Server.encoded(id) + "/undo";
        if (dryRun) {
            show(server.get(path, Map.of()));
        } else if (why == null) {
            throw Problem.usage("Say --why, or --dry-run to see what would be done.");
        } else {
            done(server.post(path, Console.JSON.createObjectNode().put("by", by).put("why", why)));
        }
        return 0;
    }

    private void show(JsonNode preview) {
        if (isJson()) {
            console.json(preview);
            return;
        }
        JsonNode decision = preview.path("decision");
        console.line("would request to " + preview.path("text").asText());
        console.line(
                "%-6s  %s"
                        .formatted(
                                decision.path("verdict").asText(),
                                decision.path("reason").asText()));
        for (JsonNode freeze : preview.path("freezes")) {
            console.line("would freeze: " + freeze.asText());
        }
    }

    private void done(JsonNode undone) {
        if (isJson()) {
            console.json(undone);
            return;
        }
        console.line(
                "%s is requested until %s"
                        .formatted(
                                undone.path("text").asText(),
                                console.time(undone.path("expires"))));
        for (JsonNode freeze : undone.path("freezes")) {
            console.line(freeze.path("text").asText());
            console.line("End it with: homeostat thaw " + freeze.path("id").asText());
        }
    }
}
