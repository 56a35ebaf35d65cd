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
        name = "request",
        description = "Wishes that something is done to a service or node; the guards still hold.")
final class RequestCommand extends Remote {
    @Parameters(
            index = "0",
            paramLabel = "VERB",
            description = "scale, restart, rollback, drain, activate")
    private String verb = "";

    @Parameters(
            index = "1",
            paramLabel = "SUBJECT",
            description = "the service, by its name; a node as node/ID")
    private String subject = "";

    @Option(names = "--replicas", paramLabel = "N", description = "for scale: how many")
    private @Nullable Integer replicas;

    @Option(
            names = "--override",
            paramLabel = "GUARD",
            split = ",",
            description = "do it although this guard objects: pace or rate; it is recorded")
    private List<String> override = List.of();

    @Option(names = "--why", required = true, description = "the reason, for all who wonder")
    private String why = "";

    @Option(names = "--by", description = "who wishes it; you, when not given")
    private String by;

    RequestCommand(Console console, Map<String, String> environment, String user) {
        super(console, environment);
        this.by = user;
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        if (verb.equals("scale") == (replicas == null)) {
            throw Problem.usage("Scale needs --replicas N, and nothing else takes it.");
        }
        ObjectNode body =
                Console.JSON
                        .createObjectNode()
                        .put("verb", verb)
                        .put("subject", SubjectName.read(subject).toString())
                        .put("by", by)
                        .put("why", why);
        if (replicas != null) {
            body.put("replicas", replicas);
        }
        override.forEach(body.putArray("override")::add);
        JsonNode made = server.post("requests", body);
        if (isJson()) {
            console.json(made);
            return 0;
        }
        console.line(
                "%s is requested until %s"
                        .formatted(made.path("text").asText(), console.time(made.path("expires"))));
        for (JsonNode each : made.path("override")) {
            console.line("It overrides " + each.asText() + ".");
        }
        console.line("See what becomes of it: homeostat decisions --subject " + subject);
        return 0;
    }
}
