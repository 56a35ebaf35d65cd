package io.homeostat.diagnosis;

import io.homeostat.fact.Node;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A replicated service has fewer tasks than it wants, nobody is starting more, and there are nodes
/// that take tasks.
record BelowDesired(Thresholds thresholds) implements Ailment {
    static final String NAME = "BelowDesired";

    /// So many tasks are described one by one.
    private static final int DESCRIBED = 3;

    @Override
    public Finding find(Patient patient, Instant now) {
        Integer wanted = patient.service().replicas();
        if (wanted == null || !isAtRest(patient) || !hasFreeNode(patient)) {
            return Finding.NOTHING;
        }
        List<Task> given = new ArrayList<>();
        int kept = 0;
        for (Slot slot : Slot.of(patient)) {
            Task newest = slot.newest();
            // What ended well has done its work, and is not missed.
            if (slot.isTaken() || newest.state() == Task.State.COMPLETE) {
                kept++;
            } else if (newest.state() == Task.State.FAILED
                    || newest.state() == Task.State.REJECTED) {
                given.add(newest);
            }
        }
        int missing = wanted - kept;
        if (missing <= 0) {
            return Finding.NOTHING;
        }
        Instant since = since(given, missing, patient);
        Instant due = since.plus(thresholds.missingFor());
        return now.isBefore(due)
                ? Finding.notBefore(due)
                : new Finding(symptom(given, missing, since, patient), null);
    }

    /// While Swarm changes its tasks, or was paused at it, that is another ailment or none.
    private static boolean isAtRest(Patient patient) {
        return switch (patient.service().update()) {
            case NONE, COMPLETED, ROLLBACK_COMPLETED -> true;
            case UPDATING, PAUSED, ROLLBACK_STARTED, ROLLBACK_PAUSED -> false;
        };
    }

    private static boolean hasFreeNode(Patient patient) {
        return patient.nodes().values().stream().map(Node::id).anyMatch(patient::takesTasks);
    }

    /// Since when one of them has been missing. Where no task tells, none was ever made for it
    /// since the service was last written.
    private static Instant since(List<Task> given, int missing, Patient patient) {
        Instant earliest =
                given.stream()
                        .map(Slot::endedAt)
                        .min(Comparator.naturalOrder())
                        .orElse(patient.service().updatedAt());
        Instant written = patient.service().updatedAt();
        return given.size() < missing && written.isBefore(earliest) ? written : earliest;
    }

    private static Symptom symptom(List<Task> given, int missing, Instant since, Patient patient) {
        String name = patient.service().name();
        List<String> lines = new ArrayList<>();
        lines.add(
                "%d of %s tasks are missing, and Swarm starts none in their place"
                        .formatted(missing, patient.service().replicas()));
        given.stream()
                .limit(DESCRIBED)
                .forEach(task -> lines.add("a task is " + Words.of(task, patient)));
        lines.add(History.of(patient));
        lines.add(
                given.isEmpty()
                        ? "what helps: see the managers' logs (docker service ps --no-trunc)"
                        : "what helps: see why they ended; Swarm gave them up after the attempts that its restart policy allows");
        return new Symptom(
                NAME,
                name,
                since,
                Sorted.copy(
                        Map.of(
                                Symptom.SEVERITY,
                                Symptom.WARNING,
                                Symptom.CAUSE,
                                given.isEmpty() ? "not-made" : "given-up")),
                "%s has fewer tasks than it wants, although there are nodes for them"
                        .formatted(name),
                lines);
    }
}
