package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "freeze",
        description =
                "Stops actions for a while; eyes stay open, and people still hear of problems.")
final class FreezeCommand extends Remote {
    @Parameters(
            arity = "0..2",
            paramLabel = "WHAT",
            description = "everything (when not given), kind scale, subject NAME, or rule NAME")
    private List<String> what = List.of();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "30m",
            description = "how long, as 30m; ${DEFAULT-VALUE} when not given")
    private String length = "30m";

    @Option(
            names = "--on",
            paramLabel = "SUBJECT",
            description = "with rule NAME: only on this subject")
    private @Nullable String on;

    @Option(names = "--why", required = true, description = "the reason, for all who wonder")
    private String why = "";

    @Option(names = "--by", description = "who freezes; you, when not given")
    private String by;

    FreezeCommand(Console console, Map<String, String> environment, String user) {
        super(console, environment);
        this.by = user;
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        String scope = what.isEmpty() ? "everything" : what.getFirst();
        ObjectNode body = Console.JSON.createObjectNode().put("scope", scope);
        if (scope.equals("everything") == (what.size() == 2)) {
            throw Problem.usage("Freeze everything, kind KIND, subject NAME or rule NAME.");
        }
        if (what.size() == 2) {
            String value = what.get(1);
            body.put("value", scope.equals("subject") ? SubjectName.read(value).toString() : value);
        }
        if (on != null) {
            if (!scope.equals("rule")) {
                throw Problem.usage("--on goes with rule NAME.");
            }
            body.put("scope", "rule-on-subject").put("subject", SubjectName.read(on).toString());
        }
        JsonNode frozen =
                server.post("freezes", body.put("by", by).put("why", why).put("for", length));
        if (isJson()) {
            console.json(frozen);
            return 0;
        }
        JsonNode freeze = frozen.path("freeze");
        console.line(freeze.path("text").asText());
        console.line("End it with: homeostat thaw " + freeze.path("id").asText());
        for (JsonNode begun : frozen.path("inTheAir")) {
            console.line(
                    "In the air, %s: %s (%s): %s"
                            .formatted(
                                    begun.path("state").asText(),
                                    begun.path("text").asText(),
                                    begun.path("id").asText(),
                                    begun.path("fate").asText()));
        }
        return 0;
    }
}
