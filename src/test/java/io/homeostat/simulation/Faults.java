package io.homeostat.simulation;

import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// Faults that a restart heals: the tasks that run now hang, and no other tasks will. As long as
/// one of them runs, an alert fires.
final class Faults {
    /// @param alert what the alert asks for: the value of its label `heal`
    record Hanging(String service, String alert, SortedSet<String> tasks, Instant since) {
        Map<String, String> labels() {
            return Map.of("service", service, "heal", alert, "severity", "critical");
        }
    }

    private static final String ALERT = "TasksHang";

    private final World world;
    private final List<Hanging> hanging = new ArrayList<>();

    Faults(World world) {
        this.world = world;
    }

    List<Hanging> hanging() {
        return List.copyOf(hanging);
    }

    /// @return false when the service hangs already or nothing of it runs
    boolean hang(String service, String alert) {
        SortedSet<String> running = running(service);
        boolean already = hanging.stream().anyMatch(each -> each.service().equals(service));
        if (already || running.isEmpty()) {
            return false;
        }
        Hanging each = new Hanging(service, alert, running, world.time.now());
        hanging.add(each);
        world.mail.manager.fire(
                ALERT, each.labels(), Map.of("summary", service + " hangs"), world.time.now());
        world.note(service + " hangs");
        return true;
    }

    void watch() {
        for (Hanging each : hanging()) {
            SortedSet<String> left = new TreeSet<>(each.tasks());
            left.retainAll(running(each.service()));
            if (left.isEmpty()) {
                end(each);
            }
        }
    }

    /// A person does away with all of them.
    void mend() {
        hanging().forEach(this::end);
    }

    private void end(Hanging each) {
        hanging.remove(each);
        world.mail.manager.resolve(ALERT, each.labels(), world.time.now());
        world.note(each.service() + " no longer hangs");
    }

    private SortedSet<String> running(String service) {
        return Sorted.copy(
                world.tasks().stream()
                        .filter(task -> task.service().equals(service) && task.running())
                        .map(Task::id)
                        .toList());
    }
}
