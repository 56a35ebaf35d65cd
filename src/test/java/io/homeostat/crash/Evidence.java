package io.homeostat.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.standin.SlackStandIn;
import io.homeostat.standin.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a round left behind: what was promised to whom, what the program says of it, and what the
/// outside systems saw.
///
/// @param facts the alerts that are held to be open, by fingerprint
/// @param decisions in the order in which they were recorded, as are all other lists
/// @param writes what arrived at Docker for the services of the round
/// @param messages what is to be seen in Slack
record Evidence(
        Load load,
        SortedMap<String, JsonNode> facts,
        List<JsonNode> decisions,
        List<JsonNode> actions,
        List<JsonNode> incidents,
        List<JsonNode> timeline,
        List<Write> writes,
        List<SlackStandIn.Message> messages,
        SortedMap<String, JsonNode> services,
        Path database) {
    static Evidence of(Load load, World world) throws IOException {
        SortedMap<String, JsonNode> facts = new TreeMap<>();
        for (JsonNode alert : world.api().items("/api/v1/facts?type=Alert")) {
            facts.put(alert.path("fingerprint").asText(), alert);
        }
        SortedMap<String, JsonNode> services = new TreeMap<>();
        load.services().forEach(name -> services.put(name, world.docker().service(name)));
        return new Evidence(
                load,
                facts,
                history(load, world.api(), "decisions"),
                history(load, world.api(), "actions"),
                history(load, world.api(), "incidents"),
                history(load, world.api(), "timeline"),
                world.docker().recorded().stream()
                        .filter(write ->
                                load.services().stream().anyMatch(name -> isOf(write, name)))
                        .toList(),
                world.messages(),
                services,
                world.database());
    }

    private static List<JsonNode> history(Load load, Api api, String list) throws IOException {
        List<String> subjects = new ArrayList<>();
        load.services().forEach(service -> subjects.add("service/" + service));
        load.alerts().forEach(alert -> subjects.add("cluster/" + alert.name()));
        List<JsonNode> found = new ArrayList<>();
        for (String subject : subjects) {
            List<JsonNode> items =
                    api.items("/api/v1/" + list + "?subject=" + Api.encoded(subject));
            found.addAll(items.reversed());
        }
        return List.copyOf(found);
    }

    private static boolean isOf(Write write, String service) {
        return write.body().path("Name").asText().equals(service);
    }

    List<Write> writesTo(String service) {
        return writes.stream().filter(write -> isOf(write, service)).toList();
    }

    List<Write> takenBy(String service) {
        return writesTo(service).stream()
                .filter(Write::isTaken)
                .sorted(Comparator.comparing(Write::at))
                .toList();
    }

    /// The actions on a service, but not the messages about it.
    List<JsonNode> actionsOn(String service) {
        return actions.stream()
                .filter(action -> action.path("subject").asText().equals("service/" + service))
                .filter(action -> !isNotice(action))
                .toList();
    }

    int allActionsOnServices() {
        return load.services().stream().mapToInt(service -> actionsOn(service).size()).sum();
    }

    static boolean isNotice(JsonNode action) {
        return action.path("decision").asText("").isEmpty();
    }

    static int replicas(JsonNode spec) {
        return spec.path("Mode").path("Replicated").path("Replicas").asInt();
    }

    int replicasOf(String service) {
        JsonNode found = services.get(service);
        return found == null ? -1 : replicas(found.path("Spec"));
    }

    int restartsOf(String service) {
        JsonNode found = services.get(service);
        return found == null
                ? -1
                : found.path("Spec").path("TaskTemplate").path("ForceUpdate").asInt();
    }
}
