package io.homeostat.diagnosis;

import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A global service had a task on a node, which ended badly, and has none there any more although
/// the node takes tasks. Where it never had one, its constraints may be the reason.
record MissingOnNode(Thresholds thresholds) implements Ailment {
    static final String NAME = "MissingOnNode";

    @Override
    public Finding find(Patient patient, Instant now) {
        if (!patient.isGlobal()) {
            return Finding.NOTHING;
        }
        List<Task> missing = new ArrayList<>();
        Instant next = null;
        for (Slot slot : Slot.of(patient)) {
            Task newest = slot.newest();
            boolean isMissing =
                    !slot.isTaken() && endedBadly(newest) && patient.takesTasks(newest.node());
            Instant due = newest.since().plus(thresholds.missingFor());
            if (isMissing && now.isBefore(due)) {
                next = Finding.earlier(next, due);
            } else if (isMissing) {
                missing.add(newest);
            }
        }
        return missing.isEmpty()
                ? Finding.notBefore(next)
                : new Finding(symptom(missing, patient), next);
    }

    private static boolean endedBadly(Task task) {
        return switch (task.state()) {
            case FAILED, REJECTED, ORPHANED -> true;
            case NEW,
                    ALLOCATED,
                    PENDING,
                    ASSIGNED,
                    ACCEPTED,
                    PREPARING,
                    READY,
                    STARTING,
                    RUNNING,
                    COMPLETE,
                    SHUTDOWN,
                    REMOVE ->
                    false;
        };
    }

    private static Symptom symptom(List<Task> missing, Patient patient) {
        String name = patient.service().name();
        SortedMap<String, String> labels =
                new TreeMap<>(
                        Map.of(
                                Symptom.SEVERITY,
                                Symptom.WARNING,
                                Symptom.CAUSE,
                                missing.size() == 1 ? "one-node" : "several-nodes"));
        if (missing.size() == 1 && missing.getFirst().node() != null) {
            labels.put(Symptom.NODE, String.valueOf(missing.getFirst().node()));
        }
        List<String> lines = new ArrayList<>();
        missing.forEach(task -> lines.add("its last task there is " + Words.of(task, patient)));
        lines.add(History.of(patient));
        lines.add(
                "what helps: see why it ended there; Swarm gave it up after the attempts that its restart policy allows");
        return new Symptom(
                NAME,
                name,
                missing.stream().map(Slot::endedAt).min(Comparator.naturalOrder()).orElseThrow(),
                Sorted.copy(labels),
                "%s runs on each node and is missing on %s"
                        .formatted(
                                name,
                                missing.stream()
                                        .map(task ->
                                                Words.node(String.valueOf(task.node()), patient))
                                        .collect(Collectors.joining(", "))),
                lines);
    }
}
