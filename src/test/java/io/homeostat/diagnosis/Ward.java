package io.homeostat.diagnosis;

import io.homeostat.fact.Aspect;
import io.homeostat.fact.Node;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import io.homeostat.fact.Task.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A service, its tasks and two nodes, as a test says; times are seconds after ten o'clock.
final class Ward {
    static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    static final Duration HOLD = Duration.ofSeconds(30);

    private final List<Task> tasks = new ArrayList<>();
    private final SortedMap<String, Node> nodes = new TreeMap<>();
    private final SortedMap<String, Instant> open = new TreeMap<>();
    private Service.Mode mode = Service.Mode.REPLICATED;
    private @Nullable Integer replicas = 1;
    private Service.Update update = Service.Update.NONE;
    private Instant updatedAt = TEN.minusSeconds(86_400);
    private @Nullable Change change;

    Ward() {
        node("n1", Node.State.READY, Node.Availability.ACTIVE);
        node("n2", Node.State.READY, Node.Availability.ACTIVE);
    }

    static Instant at(long seconds) {
        return TEN.plusSeconds(seconds);
    }

    Ward node(String id, Node.State state, Node.Availability availability) {
        nodes.put(
                id,
                new Node(
                        id,
                        "worker-" + id,
                        1,
                        Node.Role.WORKER,
                        state,
                        availability,
                        Node.Manager.NONE,
                        "",
                        new TreeMap<>()));
        return this;
    }

    Ward replicas(int count) {
        replicas = count;
        return this;
    }

    Ward mode(Service.Mode of) {
        mode = of;
        replicas = of == Service.Mode.REPLICATED ? replicas : null;
        return this;
    }

    Ward update(Service.Update how, long since) {
        update = how;
        updatedAt = at(since);
        return this;
    }

    Ward changedBy(Provenance whose, long seconds) {
        change = new Change(at(seconds), whose, Sorted.copy(List.of(Aspect.IMAGE)));
        return this;
    }

    Ward open(String name, long since) {
        open.put(name, at(since));
        return this;
    }

    /// A task of this slot that was made so many seconds after ten and failed so many later.
    Ward crashed(int slot, String node, long made, long lived) {
        return task(slot, node, made, State.FAILED, made + lived, 1, "task: non-zero exit (1)");
    }

    Ward rejected(int slot, String node, long made, String message) {
        return task(slot, node, made, State.REJECTED, made + 1, null, message);
    }

    Ward runs(int slot, String node, long since) {
        return task(slot, node, since, State.RUNNING, since, null, null);
    }

    /// @param slot 0 for a task of a global service
    Ward task(
            int slot,
            @Nullable String node,
            long made,
            State state,
            long since,
            @Nullable Integer exitCode,
            @Nullable String message) {
        State desired = state.compareTo(State.RUNNING) <= 0 ? State.RUNNING : State.SHUTDOWN;
        return task(slot, node, made, state, desired, since, exitCode, message);
    }

    Ward task(
            int slot,
            @Nullable String node,
            long made,
            State state,
            State desired,
            long since,
            @Nullable Integer exitCode,
            @Nullable String message) {
        tasks.add(
                new Task(
                        "t%03d".formatted(tasks.size()),
                        "web",
                        slot == 0 ? null : Integer.valueOf(slot),
                        node,
                        1,
                        state,
                        desired,
                        "web:2",
                        at(since),
                        at(made),
                        exitCode,
                        message));
        return this;
    }

    Diagnosis.Findings seenAt(long seconds) {
        return new Diagnosis(Thresholds.DEFAULT, HOLD).of(patient(), at(seconds));
    }

    /// What ails it then, by name.
    SortedMap<String, Symptom> ailmentsAt(long seconds) {
        SortedMap<String, Symptom> found = new TreeMap<>();
        seenAt(seconds).symptoms().forEach(symptom -> found.put(symptom.name(), symptom));
        return found;
    }

    private Patient patient() {
        return new Patient(
                new Service(
                        "id-web",
                        "web",
                        7,
                        null,
                        mode,
                        replicas,
                        "web:2",
                        0,
                        Sorted.copy(Map.of()),
                        ScaleBounds.NONE,
                        Sorted.copy(Map.of()),
                        update,
                        true,
                        1,
                        updatedAt,
                        "hash",
                        "content"),
                tasks,
                nodes,
                change,
                open);
    }
}
