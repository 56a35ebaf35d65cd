package io.homeostat.simulation;

import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// In calm weather a fault that can be healed is healed within five minutes.
final class NoHarmByInaction implements Invariant {
    private static final Duration WITHIN = Duration.ofMinutes(5);

    @Override
    public List<String> broken(World world, Moment moment) {
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

    private static void check(World world, String name, int least, List<String> faults) {
        Service service = world.services().get(name);
        long running =
                world.tasks().stream()
                        .filter(task -> task.service().equals(name))
                        .filter(Task::running)
                        .count();
        if (service == null || running < least) {
            faults.add(
                    "%d tasks of %s run, of %s; %d are needed"
                            .formatted(
                                    running,
                                    name,
                                    service == null ? null : service.replicas(),
                                    least));
        }
    }
}
