package io.homeostat.app;

import io.homeostat.engine.Signal;
import io.homeostat.engine.TaskLog;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.incident.Incident;
import io.homeostat.incident.IncidentState;
import io.homeostat.incident.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/// Reads the end of the logs of what failed, when an incident begins and again when it comes to
/// people, of services that allow it. What it hands on has no secrets any more.
final class LogEvidence {
    /// So many lines are shown for an incident at most.
    static final int LINES = 20;

    /// Where several tasks failed, so many are read: more of them seldom say more.
    static final int TASKS = 3;

    /// A line is shown up to here.
    static final int LENGTH = 300;

    /// What failed longer before its incident began is another story.
    private static final Duration BEFORE = Duration.ofMinutes(15);

    private static final String OPENED = " opened";
    private static final String ESCALATED = " escalated";

    /// Reads the end of a task's log.
    @FunctionalInterface
    interface Logs {
        /// Never throws for want of an answer: what was wrong stands in the log's trouble.
        TaskLog of(String task, int lines) throws InterruptedException;
    }

    private final Logs logs;
    private final Executor threads;
    private final Predicate<Signal.Volatile> sink;
    private final Set<String> read = ConcurrentHashMap.newKeySet();

    /// @param threads runs each reading by itself, for Docker may take its time
    /// @param sink takes what was read; false when too much is waiting already, and then it is read
    ///   again
    LogEvidence(Logs logs, Executor threads, Predicate<Signal.Volatile> sink) {
        this.logs = logs;
        this.threads = threads;
        this.sink = sink;
    }

    /// Begins to read what has become due. Returns at once.
    ///
    /// @param incidents those that are not over
    void look(List<Fact> facts, List<Incident> incidents) {
        Set<String> occasions = new TreeSet<>();
        for (Incident incident : incidents) {
            occasions.add(incident.id() + OPENED);
            occasions.add(incident.id() + ESCALATED);
            List<Task> failed =
                    mayBeRead(incident.subject(), facts) ? failed(incident, facts) : List.of();
            if (!failed.isEmpty() && read.add(occasion(incident))) {
                threads.execute(() -> read(incident, failed));
            }
        }
        read.retainAll(occasions);
    }

    /// Each occasion is read once by this process. After a restart it is read again, which changes
    /// nothing where the logs are as they were.
    private static String occasion(Incident incident) {
        return incident.id() + (incident.state() == IncidentState.ESCALATED ? ESCALATED : OPENED);
    }

    private static boolean mayBeRead(Subject subject, List<Fact> facts) {
        if (subject.kind() != Subject.Kind.SERVICE) {
            return false;
        }
        for (Service service : services(facts)) {
            if (service.name().equals(subject.name())) {
                return ServiceLabels.logsAreEvidence(service.labels())
                        .orElseGet(() -> itsStackAllows(service, facts));
            }
        }
        return false;
    }

    private static boolean itsStackAllows(Service service, List<Fact> facts) {
        String stack = service.stack();
        return stack != null
                && services(facts).stream()
                        .anyMatch(other ->
                                stack.equals(other.stack())
                                        && ServiceLabels.logsOfTheStackAreEvidence(other.labels()));
    }

    private static List<Service> services(List<Fact> facts) {
        List<Service> services = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact instanceof Service service) {
                services.add(service);
            }
        }
        return services;
    }

    /// The newest first.
    private static List<Task> failed(Incident incident, List<Fact> facts) {
        List<Task> failed = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact instanceof Task task
                    && task.state() == Task.State.FAILED
                    && task.service().equals(incident.subject().name())
                    && task.since().isAfter(incident.openedAt().minus(BEFORE))) {
                failed.add(task);
            }
        }
        failed.sort(Comparator.comparing(Task::since).reversed().thenComparing(Task::id));
        return failed.subList(0, Math.min(TASKS, failed.size()));
    }

    private void read(Incident incident, List<Task> failed) {
        List<String> lines = new ArrayList<>();
        int left = LINES;
        try {
            for (Task task : failed) {
                if (left > 0) {
                    TaskLog log = logs.of(task.id(), left);
                    List<String> safe =
                            Redaction.of(
                                    log.lines().subList(0, Math.min(left, log.lines().size())));
                    lines.add(heading(task, log, safe.size()));
                    safe.forEach(line -> lines.add("  " + shortened(line)));
                    left -= safe.size();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!sink.test(new Signal.LogsRead(incident.id(), lines))) {
            read.remove(occasion(incident));
        }
    }

    private static String heading(Task task, TaskLog log, int lines) {
        String which =
                "task %s%s, failed at %s"
                        .formatted(
                                task.id(),
                                task.exitCode() == null
                                        ? ""
                                        : " (exit code " + task.exitCode() + ")",
                                task.since());
        if (!log.trouble().isEmpty()) {
            return "%s: its log cannot be read%s: %s"
                    .formatted(
                            which,
                            lines == 0 ? "" : " wholly",
                            shortened(Redaction.of(List.of(log.trouble())).getFirst()));
        }
        return lines == 0
                ? which + ": it wrote no log, or its node keeps none"
                : "%s, the last %d lines of its log:".formatted(which, lines);
    }

    private static String shortened(String line) {
        String plain = line.replaceAll("\\p{Cntrl}", " ").strip();
        return plain.length() <= LENGTH ? plain : plain.substring(0, LENGTH) + "…";
    }
}
