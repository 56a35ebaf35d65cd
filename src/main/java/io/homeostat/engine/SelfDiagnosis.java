package io.homeostat.engine;

import io.homeostat.diagnosis.Diagnosis;
import io.homeostat.diagnosis.Diagnosis.Findings;
import io.homeostat.diagnosis.Patient;
import io.homeostat.diagnosis.Symptom;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tells from what the watchers see what ails the services, as alerts of our own.
///
/// A service is looked at when something about it has changed, when time alone may have changed it,
/// and in each step while it has an alert of ours. Blind watchers say nothing.
final class SelfDiagnosis {
    private static final List<String> NEEDED =
            List.of(Watcher.NODES, Watcher.SERVICES, Watcher.TASKS);

    private final Memory memory;
    private final Diagnosis diagnosis;
    private final OwnAlerts own;
    private final LastChanges changes;

    /// When a service has to be looked at although nothing about it has changed.
    private final SortedMap<String, Instant> due = new TreeMap<>();

    private boolean sees;

    SelfDiagnosis(Memory memory, Limits limits, AlertIntake alerts) {
        this.memory = memory;
        this.diagnosis = new Diagnosis(limits.diagnosis(), limits.hold());
        this.own = new OwnAlerts(memory, alerts, limits.diagnosis().clearAfter());
        this.changes = new LastChanges(memory);
    }

    /// What shows at this instant.
    void judge(Instant now) {
        for (Alert alert : memory.ownAlerts()) {
            if (memory.service(OwnAlerts.service(alert)) == null) {
                own.gone(alert, now);
            }
        }
        sees = NEEDED.stream().allMatch(memory::sees);
        if (sees) {
            SortedMap<String, Node> nodes = nodes();
            for (String name : toLookAt(now)) {
                look(name, nodes, now);
            }
            memory.stirred().clear();
        } else {
            memory.ownAlerts().forEach(own::blind);
        }
    }

    private SortedMap<String, Node> nodes() {
        SortedMap<String, Node> nodes = new TreeMap<>();
        memory.nodes().forEach(node -> nodes.put(node.id(), node));
        return nodes;
    }

    private SortedSet<String> toLookAt(Instant now) {
        SortedSet<String> names = new TreeSet<>(memory.stirred().services());
        if (memory.stirred().isEverything()) {
            memory.services().forEach(service -> names.add(service.name()));
        }
        for (Map.Entry<String, Instant> each : due.entrySet()) {
            if (!each.getValue().isAfter(now)) {
                names.add(each.getKey());
            }
        }
        memory.ownAlerts().forEach(alert -> names.add(OwnAlerts.service(alert)));
        return names;
    }

    private void look(String name, SortedMap<String, Node> nodes, Instant now) {
        due.remove(name);
        Service service = memory.service(name);
        if (service == null) {
            return;
        }
        SortedMap<String, Alert> open = new TreeMap<>();
        for (Alert alert : memory.alertsAbout(Subject.service(name))) {
            if (alert.isOwn()) {
                open.put(alert.name(), alert);
            }
        }
        Findings findings = findings(service, nodes, open, now);
        Instant next = findings.nextChange();
        for (Symptom symptom : findings.symptoms()) {
            own.seen(symptom, now);
            open.remove(symptom.name());
        }
        for (Alert away : open.values()) {
            Instant over = own.unseen(away, now);
            next = over == null || (next != null && next.isBefore(over)) ? next : over;
        }
        if (next != null) {
            due.put(name, next);
        }
    }

    private Findings findings(
            Service service,
            SortedMap<String, Node> nodes,
            SortedMap<String, Alert> open,
            Instant now) {
        if (ServiceLabels.isDiagnosisOff(service.labels())) {
            return new Findings(List.of(), null);
        }
        SortedMap<String, Instant> openSince = new TreeMap<>();
        open.forEach((name, alert) -> openSince.put(name, alert.startsAt()));
        return diagnosis.of(
                new Patient(
                        service,
                        memory.tasks(service.name()),
                        nodes,
                        changes.of(service.name()),
                        openSince),
                now);
    }

    /// When time alone may change what shows; null when it does not, or nobody sees.
    @Nullable Instant nextChange() {
        return sees ? due.values().stream().min(Instant::compareTo).orElse(null) : null;
    }
}
