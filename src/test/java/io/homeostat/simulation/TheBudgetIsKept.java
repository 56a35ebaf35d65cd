package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Nothing of ours, wished by rules, takes out more than may be out: of three or more a fifth but
/// always one, of one or two none, or one when a person agreed. What is out is counted from how the
/// cluster really was, and only what has been out for so long that Homeostat must have seen it.
final class TheBudgetIsKept implements Invariant {
    private static final Duration LONG = Duration.ofSeconds(60);

    /// The update parallelism of every simulated service.
    private static final int AT_ONCE = 1;

    /// How many were well at an instant, of how many.
    private record Count(Instant at, int well, int size) {}

    private final SortedMap<String, List<Count>> services = new TreeMap<>();
    private final SortedMap<String, Instant> nodesOutSince = new TreeMap<>();
    private final SortedMap<String, Instant> nodesLastOut = new TreeMap<>();
    private final SortedMap<String, Instant> nodesReadySince = new TreeMap<>();
    private final SortedMap<String, Instant> drains = new TreeMap<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        List<Task> tasks = world.tasks();
        SortedMap<String, Node> nodes = world.nodes();
        observe(world, tasks, nodes);
        List<String> faults = new ArrayList<>();
        for (Turn turn : moment.turns()) {
            for (Undertaking undertaking : turn.undertakings()) {
                if (undertaking.state() == Undertaking.State.PLANNED
                        && undertaking.request() == null) {
                    boolean isAgreed = Consent.isGiven(undertaking, turn, world);
                    check(undertaking.action(), isAgreed, world, tasks, nodes, faults);
                }
            }
            turn.undertakings().forEach(this::follow);
        }
        return faults;
    }

    private void check(
            Action action,
            boolean isAgreed,
            World world,
            List<Task> tasks,
            SortedMap<String, Node> nodes,
            List<String> faults) {
        switch (action) {
            case Action.RestartService(String service, long _) ->
                    checkTasks(action, service, isAgreed, world, tasks, faults);
            case Action.DeployService deploy ->
                    checkTasks(action, deploy.service(), isAgreed, world, tasks, faults);
            // Tasks of the image before stay.
            case Action.RollbackService back ->
                    checkTasks(
                            action,
                            back.service(),
                            isAgreed,
                            world,
                            ofItsImage(back.service(), world, tasks),
                            faults);
            case Action.SetAvailability set -> {
                Instant out = nodesLastOut.get(set.node());
                boolean wasOut = out != null && world.time.since(out).compareTo(LONG) <= 0;
                if (set.to() != Node.Availability.ACTIVE && !wasOut) {
                    checkNodes(set, world, nodes, faults);
                }
            }
            case Action.ScaleService _, Action.PostNotice _ -> {}
        }
    }

    private void checkNodes(
            Action.SetAvailability set,
            World world,
            SortedMap<String, Node> nodes,
            List<String> faults) {
        long out =
                nodesOutSince.values().stream()
                        .filter(since -> world.time.since(since).compareTo(LONG) > 0)
                        .count();
        long reserved =
                drains.keySet().stream().filter(node -> !nodesOutSince.containsKey(node)).count();
        if (out + reserved + 1 > budget(nodes.size())) {
            faults.add(
                    "%s is planned; of %d nodes %d are out and %d are being taken out"
                            .formatted(set.text(), nodes.size(), out, reserved));
        }
    }

    private void checkTasks(
            Action action,
            String service,
            boolean isAgreed,
            World world,
            List<Task> tasks,
            List<String> faults) {
        long surelyWell =
                tasks.stream()
                        .filter(task -> task.service().equals(service) && task.running())
                        // What runs on a node that is gone serves nobody.
                        .filter(task -> isSurelyReady(world, task.node()))
                        .filter(task -> world.time.since(task.since()).compareTo(LONG) > 0)
                        // Docker's clock says since when, and Homeostat's, which may be set, now.
                        .filter(task ->
                                Duration.between(task.since(), world.time.wall()).compareTo(LONG)
                                        > 0)
                        .count();
        List<Count> counts = services.getOrDefault(service, List.of());
        boolean isKnown =
                !counts.isEmpty()
                        && world.time.since(counts.getFirst().at()).compareTo(LONG) >= 0
                        && counts.stream().map(Count::size).distinct().count() == 1;
        long cost = Math.min(AT_ONCE, surelyWell);
        if (!isKnown || cost == 0) {
            return;
        }
        int size = counts.getLast().size();
        int well = counts.stream().mapToInt(Count::well).max().orElse(size);
        int out = Math.max(0, size - well);
        if (out + cost > (isAgreed ? Math.max(1, budget(size)) : budget(size))) {
            faults.add(
                    "%s is planned; of %d tasks %d are out, and it takes out %d"
                            .formatted(action.text(), size, out, cost));
        }
    }

    private static List<Task> ofItsImage(String name, World world, List<Task> tasks) {
        Service service = world.services().get(name);
        return tasks.stream()
                .filter(task -> service != null && task.image().equals(service.image()))
                .toList();
    }

    /// A node that has just come back may not have been seen to.
    private boolean isSurelyReady(World world, @Nullable String node) {
        Instant since = node == null ? null : nodesReadySince.get(node);
        return since != null && world.time.since(since).compareTo(LONG) > 0;
    }

    private static int budget(int size) {
        return size < 3 ? 0 : Math.max(1, size / 5);
    }

    private void follow(Undertaking undertaking) {
        if (undertaking.action() instanceof Action.SetAvailability set
                && set.to() != Node.Availability.ACTIVE) {
            if (undertaking.isFinal()) {
                drains.remove(set.node());
            } else {
                drains.put(set.node(), undertaking.plannedAt());
            }
        }
    }

    private void observe(World world, List<Task> tasks, SortedMap<String, Node> nodes) {
        for (Node node : nodes.values()) {
            if (node.state() == Node.State.READY) {
                nodesReadySince.putIfAbsent(node.id(), world.time.now());
            } else {
                nodesReadySince.remove(node.id());
            }
            boolean isOut =
                    node.state() == Node.State.DOWN
                            || node.availability() != Node.Availability.ACTIVE;
            if (isOut) {
                nodesOutSince.putIfAbsent(node.id(), world.time.now());
                nodesLastOut.put(node.id(), world.time.now());
            } else {
                nodesOutSince.remove(node.id());
            }
        }
        observe(world, tasks);
    }

    private void observe(World world, List<Task> tasks) {
        SortedMap<String, Integer> meant = new TreeMap<>();
        SortedMap<String, Integer> well = new TreeMap<>();
        for (Task task : tasks) {
            if (task.desired() == Task.State.RUNNING) {
                meant.merge(task.service(), 1, Integer::sum);
                well.merge(task.service(), task.running() ? 1 : 0, Integer::sum);
            }
        }
        SortedMap<String, Service> there = world.services();
        services.keySet().retainAll(there.keySet());
        for (Service service : there.values()) {
            String name = service.name();
            Integer replicas = service.replicas();
            int size = replicas == null ? meant.getOrDefault(name, 0) : replicas;
            List<Count> counts = services.computeIfAbsent(name, _ -> new ArrayList<>());
            counts.add(new Count(world.time.now(), well.getOrDefault(name, 0), size));
            while (counts.size() > 1 && world.time.since(counts.get(1).at()).compareTo(LONG) >= 0) {
                counts.removeFirst();
            }
        }
    }
}
