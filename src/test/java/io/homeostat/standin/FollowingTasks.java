package io.homeostat.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The tasks that services ask for, as Swarm would keep them: as many as there are to be replicas,
/// all anew after a restart, and running a moment after they were made.
final class FollowingTasks {
    private static final Duration STARTING = Duration.ofMillis(150);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, List<Task>> byService = new TreeMap<>();
    private long made;

    private record Task(String id, int slot, long forceUpdate, String image, Instant createdAt) {}

    /// From now on there are tasks for this service.
    void begin(JsonNode service, Instant now) {
        byService.put(service.path("ID").asText(), new ArrayList<>());
        follow(service, now);
    }

    /// Makes and removes what the service now asks for, if its tasks are ours to keep.
    void follow(JsonNode service, Instant now) {
        List<Task> tasks = byService.get(service.path("ID").asText());
        if (tasks == null) {
            return;
        }
        JsonNode spec = service.path("Spec");
        int wanted = spec.path("Mode").path("Replicated").path("Replicas").asInt(0);
        long counter = spec.path("TaskTemplate").path("ForceUpdate").asLong(0);
        String image = spec.path("TaskTemplate").path("ContainerSpec").path("Image").asText("");
        tasks.removeIf(task -> task.slot() > wanted || task.forceUpdate() != counter);
        for (int slot = 1; slot <= wanted; slot++) {
            int each = slot;
            if (tasks.stream().noneMatch(task -> task.slot() == each)) {
                made++;
                tasks.add(new Task("t%024d".formatted(made), slot, counter, image, now));
            }
        }
    }

    void forget(String service) {
        byService.remove(service);
    }

    /// @param query Docker's filter by service; all tasks when it has none
    ArrayNode list(String query, Instant now) {
        ArrayNode list = JSON.arrayNode();
        byService.forEach((service, tasks) -> {
            if (!query.contains("filters") || query.contains(service)) {
                tasks.forEach(task -> list.add(shown(service, task, now)));
            }
        });
        return list;
    }

    private static JsonNode shown(String service, Task task, Instant now) {
        Instant runsFrom = task.createdAt().plus(STARTING);
        boolean runs = !now.isBefore(runsFrom);
        ObjectNode shown = JSON.objectNode();
        shown.put("ID", task.id()).put("ServiceID", service).put("Slot", task.slot());
        shown.put("NodeID", "n1").put("DesiredState", "running");
        shown.put("CreatedAt", task.createdAt().toString());
        shown.put("UpdatedAt", (runs ? runsFrom : task.createdAt()).toString());
        shown.putObject("Version").put("Index", runs ? 2 : 1);
        shown.putObject("Spec").putObject("ContainerSpec").put("Image", task.image());
        shown.putObject("Status")
                .put("Timestamp", (runs ? runsFrom : task.createdAt()).toString())
                .put("State", runs ? "running" : "preparing");
        return shown;
    }
}
