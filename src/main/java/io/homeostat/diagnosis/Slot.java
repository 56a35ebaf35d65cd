package io.homeostat.diagnosis;

import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The tasks that followed each other in one place: a slot, or for a global service a node.
///
/// @param name how people call it: `slot 2`, `node worker-1`
/// @param tasks oldest first, at least one
record Slot(String name, List<Task> tasks) {
    private static final Comparator<Task> BY_AGE =
            Comparator.comparing(Task::createdAt).thenComparing(Task::id);

    Slot {
        tasks = List.copyOf(tasks);
    }

    static List<Slot> of(Patient patient) {
        SortedMap<String, List<Task>> byPlace = new TreeMap<>();
        for (Task task : patient.tasks().stream().sorted(BY_AGE).toList()) {
            if (task.slot() != null) {
                String key = "%08d".formatted(task.slot());
                byPlace.computeIfAbsent(key, _ -> new ArrayList<>()).add(task);
            } else if (task.node() != null) {
                byPlace.computeIfAbsent(task.node(), _ -> new ArrayList<>()).add(task);
            }
        }
        List<Slot> slots = new ArrayList<>();
        for (List<Task> tasks : byPlace.values()) {
            slots.add(new Slot(name(tasks.getFirst(), patient), tasks));
        }
        return slots;
    }

    private static String name(Task task, Patient patient) {
        return task.slot() == null
                ? "node " + Words.node(String.valueOf(task.node()), patient)
                : "slot " + task.slot();
    }

    Task newest() {
        return tasks.getLast();
    }

    /// True when a task is there that Swarm has not given up.
    boolean isTaken() {
        return tasks.stream().anyMatch(Slot::isLive);
    }

    static boolean isLive(Task task) {
        return task.desired().compareTo(Task.State.RUNNING) <= 0
                && task.state().compareTo(Task.State.RUNNING) <= 0;
    }

    /// From when on the newest task counts as running well: in a loop of failures there is nearly
    /// always one that runs. [Instant#MAX] when it does not run.
    Instant provenAt(Duration hold) {
        return newest().running() ? newest().since().plus(hold) : Instant.MAX;
    }

    /// The tasks that ended so after that instant, in the order in which they ended.
    List<Task> ended(Instant after, Predicate<Task> so) {
        return tasks.stream()
                .filter(so)
                .filter(task -> task.since().isAfter(after))
                .sorted(Comparator.comparing(Task::since).thenComparing(Task::id))
                .toList();
    }

    /// When a task ended, never before it was made: a worker's clock may be slow.
    static Instant endedAt(Task task) {
        return task.since().isBefore(task.createdAt()) ? task.createdAt() : task.since();
    }
}
