package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replicas",
        description = "How many replicas a stack has now, for a pipeline that deploys it.")
final class ReplicasCommand extends Remote {
    private static final String PAGE = "1000";

    @Parameters(paramLabel = "STACK", description = "the stack's name")
    private String stack = "";

    @Option(
            names = "--env",
            description = "as variables for a stack file: shop_api has SHOP_API_REPLICAS=5")
    private boolean asVariables;

    ReplicasCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        SortedMap<String, Integer> replicas = replicas(server);
        if (isJson()) {
            ObjectNode object = Console.JSON.createObjectNode();
            (asVariables ? variables(replicas) : replicas).forEach(object::put);
            console.json(object);
        } else if (asVariables) {
            variables(replicas).forEach((name, count) -> console.line(name + "=" + count));
        } else {
            List<List<String>> rows = new ArrayList<>();
            replicas.forEach((name, count) -> rows.add(List.of(name, String.valueOf(count))));
            console.table(rows);
        }
        return 0;
    }

    private SortedMap<String, Integer> replicas(Server server)
            throws Problem, InterruptedException {
        SortedMap<String, Integer> replicas = new TreeMap<>();
        SortedSet<String> stacks = new TreeSet<>();
        String next = null;
        do {
            JsonNode page = server.get("facts", query(next));
            for (JsonNode service : page.path("items")) {
                stacks.add(service.path("stack").asText(""));
                if (service.path("stack").asText("").equals(stack)
                        && service.path("replicas").isInt()) {
                    replicas.put(service.path("name").asText(), service.path("replicas").asInt());
                }
            }
            next = page.path("next").isTextual() ? page.path("next").asText() : null;
        } while (next != null);
        if (!stacks.contains(stack)) {
            throw unknown(stacks);
        }
        return replicas;
    }

    private static SortedMap<String, String> query(@Nullable String cursor) {
        SortedMap<String, String> query = new TreeMap<>(Map.of("type", "Service", "limit", PAGE));
        if (cursor != null) {
            query.put("cursor", cursor);
        }
        return query;
    }

    private Problem unknown(SortedSet<String> stacks) {
        stacks.removeIf(name -> name.isEmpty() || name.equals("null"));
        return new Problem(
                "Homeostat sees no service of a stack '%s'; the stacks it sees are: %s."
                        .formatted(stack, stacks.isEmpty() ? "none" : String.join(", ", stacks)));
    }

    /// Two services whose names differ only in what no variable's name may have would overwrite
    /// each other.
    private static SortedMap<String, Integer> variables(SortedMap<String, Integer> replicas)
            throws Problem {
        SortedMap<String, Integer> variables = new TreeMap<>();
        SortedMap<String, String> services = new TreeMap<>();
        for (Map.Entry<String, Integer> service : replicas.entrySet()) {
            String name = variable(service.getKey());
            String other = services.put(name, service.getKey());
            if (other != null) {
                throw new Problem(
                        "The services %s and %s would both be %s; rename one of them, or use --json without --env."
                                .formatted(other, service.getKey(), name));
            }
            variables.put(name, service.getValue());
        }
        return variables;
    }

    private static String variable(String service) {
        return service.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_REPLICAS";
    }
}
