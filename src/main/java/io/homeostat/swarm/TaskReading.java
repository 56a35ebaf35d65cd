package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.fact.Task;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Docker's JSON of a task as a fact.
final class TaskReading {
    private TaskReading() {}

    /// @param names turns a service's ID into its name, or leaves it when that is not known
    /// @throws IllegalArgumentException or DateTimeException when it is not a task as Docker writes
    ///   them
    static Task read(JsonNode task, UnaryOperator<String> names) {
        JsonNode status = task.path("Status");
        Task.State state = state(Json.need(status, "State"));
        int slot = task.path("Slot").asInt(0);
        return new Task(
                Json.need(task, "ID"),
                names.apply(Json.need(task, "ServiceID")),
                slot == 0 ? null : Integer.valueOf(slot),
                textOrNull(task.path("NodeID")),
                Json.version(task),
                state,
                state(Json.need(task, "DesiredState")),
                task.path("Spec").path("ContainerSpec").path("Image").asText(""),
                Json.instant(status, "Timestamp"),
                Json.instant(task, "CreatedAt"),
                exitCode(state, status.path("ContainerStatus")),
                textOrNull(status.path("Err")));
    }

    private static Task.State state(String word) {
        return Task.State.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Docker writes an exit code of 0 also for a container that still runs.
    private static @Nullable Integer exitCode(Task.State state, JsonNode container) {
        boolean ended =
                state.compareTo(Task.State.COMPLETE) >= 0
                        && !container.path("ContainerID").asText("").isEmpty();
        return ended ? Integer.valueOf(container.path("ExitCode").asInt(0)) : null;
    }

    private static @Nullable String textOrNull(JsonNode node) {
        String text = node.asText("");
        return text.isEmpty() ? null : text;
    }
}
