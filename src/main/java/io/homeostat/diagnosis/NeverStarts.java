package io.homeostat.diagnosis;

import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Tasks do not get as far as running: they are rejected, or wait for a node, an image or a health
/// check for longer than that may take.
record NeverStarts(Thresholds thresholds, Duration hold) implements Ailment {
    static final String NAME = "NeverStarts";

    /// So many places are described one by one.
    private static final int DESCRIBED = 3;

    /// A place in which no task starts.
    private record Case(
            String place, StartFault fault, Task task, Instant since, @Nullable Instant until) {}

    @Override
    public Finding find(Patient patient, Instant now) {
        List<Case> cases = new ArrayList<>();
        for (Streak streak : Streak.of(patient, StartFault::isOf, thresholds, hold, now)) {
            cases.add(
                    new Case(
                            streak.slot().name(),
                            StartFault.of(streak.last()),
                            streak.last(),
                            streak.since(),
                            streak.until()));
        }
        Instant next = null;
        for (Task task : patient.tasks()) {
            Instant since = waitsSince(task, patient);
            if (since != null) {
                Instant due = since.plus(patience(task.state()));
                if (now.isBefore(due)) {
                    next = Finding.earlier(next, due);
                } else {
                    cases.add(
                            new Case(place(task, patient), StartFault.of(task), task, since, null));
                }
            }
        }
        for (Case each : cases) {
            next = Finding.earlier(next, each.until());
        }
        return cases.isEmpty()
                ? Finding.notBefore(next)
                : new Finding(symptom(cases, patient), next);
    }

    private static String place(Task task, Patient patient) {
        return task.slot() != null
                ? "slot " + task.slot()
                : task.node() == null ? "a task" : "node " + Words.node(task.node(), patient);
    }

    /// Since when a task waits that is to run; null when it does not wait. A pending task's own
    /// state is noted anew with every attempt to place it, so its age counts.
    private static @Nullable Instant waitsSince(Task task, Patient patient) {
        boolean isLost = task.node() != null && !patient.takesTasks(task.node());
        if (!Slot.isLive(task) || isLost) {
            return null;
        }
        return switch (task.state()) {
            case NEW, ALLOCATED, PENDING -> task.createdAt();
            case ASSIGNED, ACCEPTED, PREPARING, STARTING -> Slot.endedAt(task);
            // Ready and not wanted to run yet: it waits for its turn, or for the restart delay.
            case READY -> null;
            case RUNNING, COMPLETE, SHUTDOWN, FAILED, REJECTED, REMOVE, ORPHANED -> null;
        };
    }

    private Duration patience(Task.State state) {
        return switch (state) {
            case PREPARING -> thresholds.pullingFor();
            case READY, STARTING, RUNNING -> thresholds.startingFor();
            case NEW, ALLOCATED, PENDING, ASSIGNED, ACCEPTED -> thresholds.pendingFor();
            case COMPLETE, SHUTDOWN, FAILED, REJECTED, REMOVE, ORPHANED -> Duration.ZERO;
        };
    }

    private Symptom symptom(List<Case> cases, Patient patient) {
        Instant since = cases.stream().map(Case::since).min(Instant::compareTo).orElseThrow();
        StartFault fault = mostCommon(cases);
        Change change = patient.provoked(NAME, since, thresholds);
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put(Symptom.SEVERITY, Symptom.CRITICAL);
        labels.put(Symptom.CAUSE, fault.word());
        if (change != null) {
            labels.put(Symptom.CHANGE, change.word());
        }
        return new Symptom(
                NAME,
                patient.service().name(),
                since,
                labels,
                "tasks of %s do not start: %s%s"
                        .formatted(
                                patient.service().name(),
                                fault.meaning(),
                                fault.isOfImage() ? ": " + patient.service().image() : ""),
                evidence(cases, fault, patient));
    }

    /// The cause of most cases; of several, the one that is recognised first.
    private static StartFault mostCommon(List<Case> cases) {
        SortedMap<StartFault, Integer> counts = new TreeMap<>();
        cases.forEach(each -> counts.merge(each.fault(), 1, Integer::sum));
        StartFault most = cases.getFirst().fault();
        for (StartFault fault : counts.keySet()) {
            if (counts.getOrDefault(fault, 0) > counts.getOrDefault(most, 0)) {
                most = fault;
            }
        }
        return most;
    }

    private static List<String> evidence(List<Case> cases, StartFault fault, Patient patient) {
        List<String> lines = new ArrayList<>();
        for (Case each : cases.stream().limit(DESCRIBED).toList()) {
            lines.add(
                    "%s: %s; the task is %s"
                            .formatted(
                                    each.place(),
                                    each.fault().meaning(),
                                    Words.of(each.task(), patient)));
        }
        if (cases.size() > DESCRIBED) {
            lines.add("%d more places are like that".formatted(cases.size() - DESCRIBED));
        }
        lines.add(History.of(patient));
        lines.add("what helps: " + fault.remedy());
        return lines;
    }
}
