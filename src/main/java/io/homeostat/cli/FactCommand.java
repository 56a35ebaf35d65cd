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
        name = "fact",
        description =
                "Tells what no watcher sees, for rules that match CustomFact; or takes it back.")
final class FactCommand extends Remote {
    private static final String USAGE =
            "Write fact put queue/orders depth=120 --why …, or fact remove queue/orders --why …, or"
                    + " fact list.";

    @Parameters(index = "0", paramLabel = "VERB", description = "put, remove, list")
    private String verb = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "KIND/KEY",
            description = "which fact, as queue/orders")
    private @Nullable String fact;

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "NAME=VALUE",
            description = "for put: what is told, as depth=120")
    private List<String> values = List.of();

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "15m",
            description =
                    "for put: how long it holds unless it is told again; ${DEFAULT-VALUE} when not"
                            + " given")
    private String ttl = "15m";

    @Option(names = "--why", description = "the reason, for all who wonder; put and remove want it")
    private @Nullable String why;

    @Option(names = "--by", description = "who tells it; you, when not given")
    private String by;

    FactCommand(Console console, Map<String, String> environment, String user) {
        super(console, environment);
        this.by = user;
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        switch (verb) {
            case "put" -> put(server);
            case "remove" -> remove(server);
            case "list" -> list(server);
            default -> throw Problem.usage("'%s' is no verb. %s".formatted(verb, USAGE));
        }
        return 0;
    }

    private void put(Server server) throws Problem, InterruptedException {
        String path = path();
        ObjectNode told = Console.JSON.createObjectNode();
        for (String each : values) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw Problem.usage("'%s' is no NAME=VALUE. %s".formatted(each, USAGE));
            }
            told.put(each.substring(0, equals), each.substring(equals + 1));
        }
        if (told.isEmpty()) {
            throw Problem.usage("Nothing is told. " + USAGE);
        }
        ObjectNode body =
                Console.JSON.createObjectNode().put("ttl", ttl).put("by", by).put("why", reason());
        body.set("values", told);
        JsonNode kept = server.put(path, body);
        if (isJson()) {
            console.json(kept);
            return;
        }
        console.line(
                "%s holds until %s unless it is told again"
                        .formatted(
                                kept.path("subject").asText(), console.time(kept.path("until"))));
    }

    private void remove(Server server) throws Problem, InterruptedException {
        if (!values.isEmpty()) {
            throw Problem.usage("Remove takes no values: the whole fact goes. " + USAGE);
        }
        server.delete(path(), Map.of("by", by, "why", reason()));
        if (isJson()) {
            console.json(Console.JSON.createObjectNode().put("removed", fact));
        } else {
            console.line("custom/%s is taken back".formatted(fact));
        }
    }

    private void list(Server server) throws Problem, InterruptedException {
        JsonNode facts = server.get("facts", Map.of("type", "CustomFact", "limit", "1000"));
        if (isJson()) {
            console.json(facts);
            return;
        }
        if (facts.path("items").isEmpty()) {
            console.line("No custom fact holds.");
        }
        for (JsonNode each : facts.path("items")) {
            console.line(
                    "%s  %s  until %s, told by %s: %s"
                            .formatted(
                                    each.path("subject").asText(),
                                    each.path("values"),
                                    console.time(each.path("until")),
                                    each.path("by").asText(),
                                    each.path("why").asText()));
        }
    }

    private String path() throws Problem {
        String named = fact == null ? "" : fact;
        int slash = named.indexOf('/');
        if (slash < 1 || slash == named.length() - 1) {
            throw Problem.usage("'%s' is no KIND/KEY. %s".formatted(named, USAGE));
        }
        return "facts/%s/%s"
                .formatted(
                        Server.encoded(named.substring(0, slash)),
                        Server.encoded(named.substring(slash + 1)));
    }

    private String reason() throws Problem {
        if (why == null) {
            throw Problem.usage("--why is missing: say the reason. " + USAGE);
        }
        return why;
    }
}
