package io.homeostat.engine;

import io.homeostat.fact.Alert;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import java.util.List;

/// What speaks against a deployment, as far as it is known.
final class DeploymentFaults {
    /// So many tasks of the new image that failed speak against it.
    private static final int FAILED_TASKS = 3;

    private final Memory memory;

    DeploymentFaults(Memory memory) {
        this.memory = memory;
    }

    /// What speaks against it while it is watched; empty when nothing does.
    String of(Deployment deployment, Service service) {
        String alert = alertSince(service);
        if (!alert.isEmpty()) {
            return alert;
        }
        if (service.update() == Service.Update.PAUSED) {
            return "Swarm has paused the update, because tasks failed";
        }
        List<Task> failed =
                memory.tasks(service.name()).stream()
                        .filter(task -> task.image().equals(deployment.image()))
                        .filter(DeploymentFaults::hasFailed)
                        .filter(task -> !task.createdAt().isBefore(deployment.at()))
                        .toList();
        return failed.size() < FAILED_TASKS
                ? ""
                : "%d of its tasks failed, one with: %s"
                        .formatted(failed.size(), failed.getLast().message());
    }

    private static boolean hasFailed(Task task) {
        return task.state() == Task.State.FAILED || task.state() == Task.State.REJECTED;
    }

    /// The alert about the service that began since it is specified as it is; empty when none did.
    String alertSince(Service service) {
        Memo.Proven proven = memory.get(Memo.Proven.class, service.name());
        Memo.Trial trial = proven == null ? null : proven.trial();
        if (trial == null || !trial.content().equals(service.contentHash())) {
            return "";
        }
        for (Alert alert : memory.alertsAbout(service.subject())) {
            if (!alert.startsAt().isBefore(trial.since())) {
                return "alert %s began".formatted(alert.name());
            }
        }
        String about = service.subject() + "/";
        for (Memo.Begun begun : memory.all(Memo.Begun.class, about)) {
            if (!begun.at().isEmpty() && begun.at().last().isAfter(trial.since())) {
                return "alert %s began".formatted(begun.key().substring(about.length()));
            }
        }
        return "";
    }
}
