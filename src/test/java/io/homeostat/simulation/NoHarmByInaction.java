package io.homeostat.simulation;

import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// In calm weather a fault that can be healed is healed within five minutes.
final class NoHarmByInaction implements Invariant {
    private static final Duration WITHIN = Duration.ofMinutes(5);

    /// A node may be drained at the very moment, and its tasks start elsewhere.
    private static final Duration MOVES = Duration.ofMinutes(1);

    private final SortedMap<String, Instant> whole = new TreeMap<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        observe(world, Seasons.HANGS, 3);
        observe(world, Seasons.IS_BUSY, 4);
        if (!world.seasons.isWrong()
                || world.time.since(world.seasons.wrongSince()).compareTo(WITHIN) < 0) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        for (Faults.Hanging hanging : world.faults.hanging()) {
            if (hanging.service().equals(Seasons.HANGS)) {
                faults.add(hanging.service() + " still hangs");
            }
        }
        check(world, Seasons.HANGS, 3, faults);
        check(world, Seasons.IS_BUSY, 4, faults);
        return faults;
    }

    private void observe(World world, String name, int least) {
        if (running(world, name) >= least) {
            whole.put(name, world.time.now());
        }
    }

    private static long running(World world, String name) {
        return world.tasks().stream()
                .filter(task -> task.service().equals(name))
                .filter(Task::running)
                .count();
    }

    private void check(World world, String name, int least, List<String> faults) {
        Service service = world.services().get(name);
        Instant at = whole.get(name);
        if (service == null || at == null || world.time.since(at).compareTo(MOVES) > 0) {
            faults.add(
                    "%d tasks of %s run, of %s; %d are needed"
                            .formatted(
                                    running(world, name),
                                    name,
                                    service == null ? null : service.replicas(),
                                    least));
        }
    }
}
