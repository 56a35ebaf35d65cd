package io.homeostat.diagnosis;

import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An update or a rollback does not come to its end: Swarm paused it, or waits without a limit for
/// a task that never runs.
record UpdateStuck(Thresholds thresholds) implements Ailment {
    static final String NAME = "UpdateStuck";

    /// So many tasks are described one by one.
    private static final int DESCRIBED = 3;

    /// In what way it is stuck.
    ///
    /// @param word the cause, as the label says it
    /// @param isUpdate false when it is a rollback, which is not taken back
    private record Way(String word, boolean isUpdate, Instant since, String text) {}

    @Override
    public Finding find(Patient patient, Instant now) {
        Service service = patient.service();
        Instant written = service.updatedAt();
        return switch (service.update()) {
            case NONE, COMPLETED, ROLLBACK_COMPLETED -> Finding.NOTHING;
            case PAUSED ->
                    stuck(new Way("paused", true, written, "Swarm has paused its update"), patient);
            case ROLLBACK_PAUSED ->
                    stuck(
                            new Way(
                                    "rollback-paused",
                                    false,
                                    written,
                                    "Swarm has paused its rollback"),
                            patient);
            case UPDATING -> progress("no-progress", true, "update", patient, now);
            case ROLLBACK_STARTED ->
                    progress("rollback-no-progress", false, "rollback", patient, now);
        };
    }

    /// While all tasks run, an update that goes on waits for its own delay, and is not stuck.
    private Finding progress(
            String word, boolean isUpdate, String what, Patient patient, Instant now) {
        if (unwell(patient).stream().noneMatch(Slot::isLive)) {
            return Finding.NOTHING;
        }
        Instant last = lastProgress(patient);
        Instant due = last.plus(thresholds.progressBy());
        return now.isBefore(due)
                ? Finding.notBefore(due)
                : stuck(
                        new Way(
                                word,
                                isUpdate,
                                last,
                                "its %s makes no progress any more".formatted(what)),
                        patient);
    }

    /// When the update began, or when a task last ran that was made since.
    private static Instant lastProgress(Patient patient) {
        Instant began = patient.service().updatedAt();
        return patient.tasks().stream()
                .filter(Task::running)
                .filter(task -> !task.createdAt().isBefore(began))
                .map(Task::since)
                .filter(since -> since.isAfter(began))
                .max(Comparator.naturalOrder())
                .orElse(began);
    }

    private Finding stuck(Way way, Patient patient) {
        Change change = way.isUpdate() ? patient.provoked(NAME, way.since(), thresholds) : null;
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put(Symptom.SEVERITY, Symptom.WARNING);
        labels.put(Symptom.CAUSE, way.word());
        if (change != null) {
            labels.put(Symptom.CHANGE, change.word());
        }
        return new Finding(
                new Symptom(
                        NAME,
                        patient.service().name(),
                        way.since(),
                        labels,
                        "%s is stuck: %s".formatted(patient.service().name(), way.text()),
                        evidence(patient)),
                null);
    }

    /// The newest task of each place, where it does not run.
    private static List<Task> unwell(Patient patient) {
        return Slot.of(patient).stream()
                .map(Slot::newest)
                .filter(task -> !task.running() && task.state() != Task.State.COMPLETE)
                .toList();
    }

    private static List<String> evidence(Patient patient) {
        List<String> lines = new ArrayList<>();
        List<Task> shown = new ArrayList<>(unwell(patient));
        // The one in whose place the next is being made says why.
        Task failed = lastFailed(patient);
        if (failed != null && !shown.contains(failed)) {
            shown.addFirst(failed);
        }
        for (Task task : shown.stream().limit(DESCRIBED).toList()) {
            boolean isFault = StartFault.isOf(task) || Slot.isLive(task);
            lines.add(
                    "a task is %s%s"
                            .formatted(
                                    Words.of(task, patient),
                                    isFault
                                            ? " (%s: %s)"
                                                    .formatted(
                                                            StartFault.of(task).meaning(),
                                                            StartFault.of(task).remedy())
                                            : ""));
        }
        long running = patient.tasks().stream().filter(Task::running).count();
        lines.add(
                "%d tasks run, of %s wanted"
                        .formatted(
                                running,
                                patient.service().replicas() == null
                                        ? "one on each node"
                                        : patient.service().replicas()));
        lines.add(History.of(patient));
        return lines;
    }

    private static @Nullable Task lastFailed(Patient patient) {
        return patient.tasks().stream()
                .filter(task ->
                        task.state() == Task.State.FAILED || task.state() == Task.State.REJECTED)
                .max(Comparator.comparing(Task::since).thenComparing(Task::id))
                .orElse(null);
    }
}
