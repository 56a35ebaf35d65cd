package io.homeostat.simulated;

import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What Swarm does by itself: it compares what runs with what is wanted, and starts, stops and
/// replaces tasks. Events happen at their own instants, in order, however rarely time is moved.
final class Orchestration {
    /// How many ended tasks of a slot are kept, as in Swarm.
    private static final int HISTORY = 4;

    /// After so long it is seen that nothing has come of a task that hangs.
    private static final Duration FOR_EVER = Duration.ofHours(1);

    final SortedMap<String, SimulatedNode> nodes = new TreeMap<>();
    final SortedMap<String, SimulatedService> services = new TreeMap<>();
    final SortedMap<String, SimulatedTask> tasks = new TreeMap<>();
    private final SimulatedCluster.Pace pace;
    private long made;

    Orchestration(SimulatedCluster.Pace pace) {
        this.pace = pace;
    }

    /// Lets everything happen that is due until then.
    ///
    /// @return true when something did
    boolean runTo(Instant now) {
        boolean changed = false;
        for (Instant due = next(); due != null && !due.isAfter(now); due = next()) {
            happen(due);
            changed = true;
        }
        return changed;
    }

    /// When something happens next; null when everything rests.
    @Nullable Instant next() {
        Stream<@Nullable Instant> all =
                Stream.of(
                                nodes.values().stream().map(node -> node.noticedAt),
                                services.values().stream().map(service -> service.dueAt),
                                tasks.values().stream().map(task -> task.nextAt))
                        .flatMap(instants -> instants);
        Instant earliest = null;
        for (Instant instant : all.toList()) {
            if (instant != null && (earliest == null || instant.isBefore(earliest))) {
                earliest = instant;
            }
        }
        return earliest;
    }

    private void happen(Instant at) {
        for (SimulatedNode node : nodes.values()) {
            if (isDue(node.noticedAt, at)) {
                node.noticed();
            }
        }
        for (SimulatedTask task : List.copyOf(tasks.values())) {
            if (isDue(task.nextAt, at)) {
                advance(task, at);
            }
        }
        for (SimulatedTask task : tasks.values()) {
            leaveLostNode(task, at);
        }
        for (SimulatedService service : services.values()) {
            if (isDue(service.dueAt, at)) {
                service.dueAt = null;
            }
            reconcile(service, at);
        }
    }

    private static boolean isDue(@Nullable Instant due, Instant at) {
        return due != null && !due.isAfter(at);
    }

    // --- one task ---

    private void advance(SimulatedTask task, Instant at) {
        if (task.desired != Task.State.RUNNING) {
            if (task.desired == Task.State.REMOVE) {
                tasks.remove(task.id);
            } else {
                task.end(Task.State.SHUTDOWN, at, 0, "stopped");
            }
            return;
        }
        if (!isAlive(task)) {
            task.nextAt = null;
            return;
        }
        SimulatedService service = services.get(task.service);
        SimulatedService.Flaw flaw = service == null ? SimulatedService.Flaw.NONE : service.flaw;
        Instant then = at.plus(pace.start().dividedBy(4));
        switch (task.state) {
            case NEW, ALLOCATED, PENDING -> assign(task, at, then);
            case ASSIGNED, ACCEPTED -> task.enter(Task.State.PREPARING, at, then);
            case PREPARING, READY -> {
                if (flaw == SimulatedService.Flaw.NO_IMAGE) {
                    task.end(Task.State.REJECTED, at, null, rejection(service));
                } else if (flaw == SimulatedService.Flaw.HANGS) {
                    task.nextAt = at.plus(FOR_EVER);
                } else {
                    task.enter(Task.State.STARTING, at, then);
                }
            }
            case STARTING -> {
                boolean crashes = flaw == SimulatedService.Flaw.CRASHES;
                task.enter(Task.State.RUNNING, at, crashes ? then : null);
            }
            case RUNNING -> {
                if (flaw == SimulatedService.Flaw.CRASHES) {
                    crash(task, at);
                }
                task.nextAt = null;
            }
            case COMPLETE, SHUTDOWN, FAILED, REJECTED, REMOVE, ORPHANED -> task.nextAt = null;
        }
    }

    private static String rejection(@Nullable SimulatedService service) {
        return service == null ? "" : service.rejection();
    }

    void crash(SimulatedTask task, Instant at) {
        task.end(Task.State.FAILED, at, 1, "task: non-zero exit (1)");
    }

    void crashAllOn(String node, Instant at) {
        for (SimulatedTask task : tasks.values()) {
            if (node.equals(task.node) && !task.hasEnded()) {
                crash(task, at);
            }
        }
    }

    /// What a new node of this role is among the managers: the first of them leads.
    Node.Manager manager(Node.Role role) {
        boolean leads = nodes.values().stream().noneMatch(node -> node.role == Node.Role.MANAGER);
        return switch (role) {
            case WORKER -> Node.Manager.NONE;
            case MANAGER -> leads ? Node.Manager.LEADER : Node.Manager.REACHABLE;
        };
    }

    /// The next manager that lives leads from now on; until then nobody knows how the nodes are.
    void leaderChanges(Instant knownAt) {
        List<SimulatedNode> managers =
                nodes.values().stream()
                        .filter(node -> node.role == Node.Role.MANAGER && node.alive)
                        .toList();
        int next = 0;
        for (int i = 0; i < managers.size(); i++) {
            next = managers.get(i).manager() == Node.Manager.LEADER ? i + 1 : next;
        }
        nodes.values().forEach(node -> node.unknown(knownAt));
        if (!managers.isEmpty()) {
            managers.get(next % managers.size()).leads();
        }
    }

    private void assign(SimulatedTask task, Instant at, Instant then) {
        String node = task.node == null ? roomiest(task.service) : task.node;
        if (node == null) {
            if (task.state != Task.State.PENDING) {
                task.waits(at, "no suitable node (scheduling constraints not satisfied)");
            }
            task.nextAt = null;
            return;
        }
        task.node = node;
        task.enter(Task.State.ASSIGNED, at, then);
    }

    /// The node with the fewest tasks of that service, then of all; null when none takes any.
    private @Nullable String roomiest(String service) {
        return nodes.values().stream()
                .filter(SimulatedNode::takesTasks)
                .map(node -> node.id)
                .min(
                        Comparator.<String>comparingLong(node -> liveOn(node, service))
                                .thenComparingLong(node -> liveOn(node, null))
                                .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    private long liveOn(String node, @Nullable String service) {
        return tasks.values().stream()
                .filter(task -> node.equals(task.node) && task.isLive())
                .filter(task -> service == null || service.equals(task.service))
                .count();
    }

    /// On a node that is down nobody can stop a task: it keeps its last known state, and Swarm
    /// starts another elsewhere. When the node is back, the duplicate is stopped.
    private void leaveLostNode(SimulatedTask task, Instant at) {
        SimulatedNode node = task.node == null ? null : nodes.get(task.node);
        if (node == null || task.hasEnded()) {
            return;
        }
        boolean reachable = node.alive;
        if (task.isLive() && !node.keepsTasks()) {
            task.stop(Task.State.SHUTDOWN, reachable ? at.plus(pace.stop()) : null);
        } else if (!task.isLive() && task.nextAt == null && reachable) {
            task.nextAt = at.plus(pace.stop());
        } else if (task.nextAt == null && reachable && isOnItsWay(task)) {
            task.nextAt = at.plusMillis(1);
        }
    }

    /// True for a task between its node and running, which stands still while the node is away.
    private static boolean isOnItsWay(SimulatedTask task) {
        return task.state != Task.State.RUNNING && task.state != Task.State.PENDING;
    }

    // --- one service ---

    private void reconcile(SimulatedService service, Instant at) {
        switch (service.mode) {
            case REPLICATED -> replicate(service, at);
            case GLOBAL -> spread(service, at);
            // A job here has run long ago and its tasks are cleared away.
            case REPLICATED_JOB, GLOBAL_JOB -> {}
        }
        wakePending(service, at);
        roll(service, at);
    }

    private void replicate(SimulatedService service, Instant at) {
        int wanted = service.replicas == null ? 0 : service.replicas;
        for (int slot = 1; slot <= wanted; slot++) {
            int number = slot;
            fill(
                    service,
                    slot,
                    null,
                    of(service).stream().filter(task -> isIn(task, number)).toList(),
                    at);
        }
        for (SimulatedTask task : of(service)) {
            if (task.slot != null && task.slot > wanted) {
                discard(task, at);
            }
        }
    }

    private void spread(SimulatedService service, Instant at) {
        for (SimulatedNode node : nodes.values()) {
            if (node.takesTasks()) {
                fill(
                        service,
                        null,
                        node.id,
                        of(service).stream().filter(task -> node.id.equals(task.node)).toList(),
                        at);
            }
        }
    }

    private static boolean isIn(SimulatedTask task, int slot) {
        return task.slot != null && task.slot == slot;
    }

    private void fill(
            SimulatedService service,
            @Nullable Integer slot,
            @Nullable String node,
            List<SimulatedTask> there,
            Instant at) {
        boolean taken =
                there.stream()
                        .anyMatch(task -> task.isLive() || (!task.hasEnded() && isAlive(task)));
        if (taken) {
            return;
        }
        boolean failed =
                !there.isEmpty()
                        && (there.getLast().state == Task.State.FAILED
                                || there.getLast().state == Task.State.REJECTED);
        // What failed before the update says nothing of it.
        boolean ofUpdate = failed && service.isCurrent(there.getLast());
        if (ofUpdate && service.update == Service.Update.UPDATING) {
            service.updated(Service.Update.PAUSED);
        }
        SimulatedTask task =
                new SimulatedTask(
                        "task-%06d".formatted(++made),
                        service.name,
                        slot,
                        node,
                        service.generation,
                        service.image,
                        at);
        Duration wait = failed ? pace.restart() : pace.start().dividedBy(4);
        task.nextAt = at.plus(wait);
        tasks.put(task.id, task);
        trim(there);
    }

    private boolean isAlive(SimulatedTask task) {
        SimulatedNode node = task.node == null ? null : nodes.get(task.node);
        return node == null || node.alive;
    }

    private void trim(List<SimulatedTask> there) {
        List<SimulatedTask> ended = there.stream().filter(SimulatedTask::hasEnded).toList();
        for (int i = 0; i < ended.size() - HISTORY; i++) {
            tasks.remove(ended.get(i).id);
        }
    }

    private void discard(SimulatedTask task, Instant at) {
        if (task.hasEnded()) {
            tasks.remove(task.id);
        } else if (task.desired != Task.State.REMOVE) {
            task.stop(Task.State.REMOVE, isAlive(task) ? at.plus(pace.stop()) : null);
        }
    }

    private void wakePending(SimulatedService service, Instant at) {
        if (nodes.values().stream().noneMatch(SimulatedNode::takesTasks)) {
            return;
        }
        for (SimulatedTask task : of(service)) {
            if (task.isLive() && task.state == Task.State.PENDING && task.nextAt == null) {
                task.nextAt = at.plusMillis(1);
            }
        }
    }

    /// A rolling restart, one task at a time, each stopped before its replacement starts.
    private void roll(SimulatedService service, Instant at) {
        if (service.update != Service.Update.UPDATING) {
            return;
        }
        List<SimulatedTask> live = of(service).stream().filter(SimulatedTask::isLive).toList();
        for (SimulatedTask task : live) {
            // What does not run anyway need not be waited for.
            if (!task.isRunning() && !service.isCurrent(task)) {
                task.stop(Task.State.SHUTDOWN, isAlive(task) ? at.plusMillis(1) : null);
            }
        }
        boolean settled =
                live.stream().allMatch(SimulatedTask::isRunning) && live.size() >= wanted(service);
        if (!settled) {
            return;
        }
        SimulatedTask old =
                live.stream().filter(task -> !service.isCurrent(task)).findFirst().orElse(null);
        if (old == null) {
            service.updated(Service.Update.COMPLETED);
        } else {
            old.stop(Task.State.SHUTDOWN, at.plus(pace.stop()));
        }
    }

    private int wanted(SimulatedService service) {
        return service.mode == Service.Mode.GLOBAL
                ? (int) nodes.values().stream().filter(SimulatedNode::takesTasks).count()
                : service.replicas == null ? 0 : service.replicas;
    }

    // --- looking ---

    /// The tasks of a service, oldest first.
    List<SimulatedTask> of(SimulatedService service) {
        return tasks.values().stream().filter(task -> task.service.equals(service.name)).toList();
    }

    /// How much of its capacity a service needs: 1 is all of it. 0 when it was never given work.
    double pressure(SimulatedService service) {
        return service.load == 0 ? 0 : service.load / (serving(service) * service.capacity);
    }

    /// That of every service that was given a capacity.
    SortedMap<String, Double> pressures() {
        SortedMap<String, Double> pressures = new TreeMap<>();
        services.values().stream()
                .filter(service -> service.capacity > 0)
                .forEach(service -> pressures.put(service.name, pressure(service)));
        return pressures;
    }

    /// How many tasks of a service really serve: running, on a node that lives.
    private int serving(SimulatedService service) {
        return (int) of(service).stream().filter(task -> task.isRunning() && isAlive(task)).count();
    }
}
