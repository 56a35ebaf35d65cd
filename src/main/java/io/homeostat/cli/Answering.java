package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A command that answers what a decision asks.
abstract class Answering extends Remote {
    @Parameters(paramLabel = "ID", description = "the decision that asks; see homeostat approvals")
    private String id = "";

    @Option(names = "--by", description = "who answers; you, when not given")
    private String by;

    Answering(Console console, Map<String, String> environment, String user) {
        super(console, environment);
        this.by = user;
    }

    /// The last part of the address: `approve`.
    abstract String verb();

    abstract String why();

    @Override
    final int ask(Server server) throws Problem, InterruptedException {
        JsonNode answered =
                server.post(
                        "decisions/" + Server.encoded(id) + "/" + verb(),
                        Console.JSON.createObjectNode().put("by", by).put("why", why()));
        if (isJson()) {
            console.json(answered);
        } else {
            console.line(
                    "%s: %s"
                            .formatted(
                                    answered.path("answer").asText(),
                                    answered.path("text").asText()));
        }
        return 0;
    }
}
