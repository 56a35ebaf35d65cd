package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A command that has other rules take over.
@Command
final class RuleChangeCommand extends Remote {
    private final String path;

    @Option(names = "--by", description = "who wants it; you, when not given")
    private String by;

    /// @param path the end of the address
    RuleChangeCommand(Console console, Map<String, String> environment, String user, String path) {
        super(console, environment);
        this.path = path;
        this.by = user;
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        JsonNode answer = server.post(path, Console.JSON.createObjectNode().put("by", by));
        if (isJson()) {
            console.json(answer);
            return 0;
        }
        console.line(answer.path("text").asText());
        answer.path("differences").forEach(line -> console.line("  " + line.asText()));
        return 0;
    }
}
