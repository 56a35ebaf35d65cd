package io.homeostat.guard;

import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The tasks of a service as they serve now.
///
/// @param size how many there are to be
/// @param well those that run and are not likely to fall in the next moment
record Crew(int size, List<Task> well) {
    Crew {
        well = List.copyOf(well);
    }

    int out() {
        return Math.max(0, size - well.size());
    }

    static Crew of(Service service, Situation situation) {
        List<Task> tasks = situation.tasks(service.name());
        List<Task> well = new ArrayList<>();
        int wanted = 0;
        for (Task task : tasks) {
            if (task.desired() == Task.State.RUNNING) {
                wanted++;
            }
            if (isWell(task, tasks, situation)) {
                well.add(task);
            }
        }
        Integer replicas = service.replicas();
        return new Crew(replicas == null ? wanted : replicas, well);
    }

    /// A task that follows one that failed is well only when it has run for a while: in a crash
    /// loop there is nearly always one that runs.
    private static boolean isWell(Task task, List<Task> tasks, Situation situation) {
        if (!task.running() || isOnLostNode(task, situation)) {
            return false;
        }
        boolean proven = !situation.now().isBefore(task.since().plus(situation.limits().hold()));
        return proven || !hasFailed(predecessor(task, tasks));
    }

    /// The one whose place it took; what failed before that one says nothing of it.
    private static @Nullable Task predecessor(Task task, List<Task> tasks) {
        return tasks.stream()
                .filter(other -> isInPlaceOf(task, other))
                .filter(other -> other.createdAt().isBefore(task.createdAt()))
                .max(Comparator.comparing(Task::createdAt).thenComparing(Task::id))
                .orElse(null);
    }

    private static boolean isInPlaceOf(Task task, Task other) {
        return task.slot() == null
                ? Objects.equals(task.node(), other.node())
                : Objects.equals(task.slot(), other.slot());
    }

    private static boolean hasFailed(@Nullable Task task) {
        return task != null
                && (task.state() == Task.State.FAILED || task.state() == Task.State.REJECTED);
    }

    /// What runs on a node that is down is taken to run until Swarm has given it up.
    private static boolean isOnLostNode(Task task, Situation situation) {
        String id = task.node();
        return id != null && Outage.isLost(situation.node(id));
    }

    /// The subjects of the tasks that are out, for evidence.
    static List<Subject> out(Service service, Situation situation) {
        List<Task> tasks = situation.tasks(service.name());
        return tasks.stream()
                .filter(task -> task.desired() == Task.State.RUNNING)
                .filter(task -> !isWell(task, tasks, situation))
                .map(Task::subject)
                .toList();
    }
}
