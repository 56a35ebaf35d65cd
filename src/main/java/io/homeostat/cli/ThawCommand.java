package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "thaw", description = "Ends a freeze before its time.")
final class ThawCommand extends Remote {
    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "which freeze; without it, they are listed")
    private @Nullable String id;

    @Option(names = "--all", description = "every freeze")
    private boolean all;

    @Option(
            names = "--why",
            defaultValue = "it is not needed any more",
            description = "the reason; \"${DEFAULT-VALUE}\" when not given")
    private String why = "";

    @Option(names = "--by", description = "who thaws; you, when not given")
    private String by;

    ThawCommand(Console console, Map<String, String> environment, String user) {
        super(console, environment);
        this.by = user;
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        if ((id == null) != all) {
            throw Problem.usage(
                    "Name one freeze, or say --all." + listed(server.get("freezes", Map.of())));
        }
        List<String> ids = new ArrayList<>();
        if (id == null) {
            server.get("freezes", Map.of())
                    .path("items")
                    .forEach(freeze -> ids.add(freeze.path("id").asText()));
        } else {
            ids.add(id);
        }
        ArrayNode thawed = Console.JSON.createArrayNode();
        for (String each : ids) {
            server.delete("freezes/" + Server.encoded(each), Map.of("by", by, "why", why));
            thawed.add(each);
        }
        if (isJson()) {
            console.json(Console.JSON.createObjectNode().set("thawed", thawed));
        } else if (ids.isEmpty()) {
            console.line("Nothing is frozen.");
        } else {
            ids.forEach(each -> console.line("thawed " + each));
        }
        return 0;
    }

    private static String listed(JsonNode freezes) {
        StringBuilder list = new StringBuilder();
        for (JsonNode freeze : freezes.path("items")) {
            list.append("\n  ")
                    .append(freeze.path("id").asText())
                    .append("  ")
                    .append(freeze.path("text").asText());
        }
        return list.isEmpty() ? " Nothing is frozen." : " There are:" + list;
    }
}
