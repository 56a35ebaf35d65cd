package io.homeostat.engine;

import io.homeostat.engine.Signal.NodesSeen;
import io.homeostat.engine.Signal.ServicesSeen;
import io.homeostat.engine.Signal.TasksSeen;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Takes in looks at the cluster, object by object: an older version than held is ignored, and
/// absence removes only what was last seen before the look began.
final class ClusterIntake {
    private final Memory memory;
    private final AlertSubjects subjects;
    private final HandsOff handsOff;
    private final Proving proving;
    private boolean alertsAreStale;

    ClusterIntake(Memory memory, AlertSubjects subjects, HandsOff handsOff, Proving proving) {
        this.memory = memory;
        this.proving = proving;
        this.handsOff = handsOff;
        this.subjects = subjects;
    }

    void services(ServicesSeen look, Instant now) {
        SortedSet<Subject> present = new TreeSet<>();
        boolean slowChange = false;
        for (Service service : look.services()) {
            present.add(service.subject());
            Service held = memory.service(service.name());
            if (held == null
                    || !held.id().equals(service.id())
                    || held.version() <= service.version()) {
                slowChange |= held == null || !held.alerted().equals(service.alerted());
                tell(held, service, now);
                memory.keep(service);
                proving.seen(service, now);
            }
            memory.sightings().seen(service.subject(), look.began());
        }
        for (String name : look.gone()) {
            Service held = memory.service(name);
            if (held != null) {
                remove(held);
                slowChange = true;
            }
        }
        if (look.whole()) {
            slowChange |= removeAbsent(memory.services(), present, look.began());
        }
        alertsAreStale |= slowChange;
    }

    private void tell(@Nullable Service held, Service service, Instant now) {
        String about = service.subject().toString();
        if (held == null) {
            service.badLabels()
                    .forEach((label, right) ->
                            memory.line(
                                    about,
                                    "",
                                    "cluster",
                                    "the label %s is ignored: %s".formatted(label, right)));
            return;
        }
        if (!Objects.equals(held.replicas(), service.replicas())) {
            memory.mark(Marks.scaled(service.name()), now);
            memory.line(
                    about,
                    "",
                    "cluster",
                    "%s wants %s replicas, before %s"
                            .formatted(service.name(), service.replicas(), held.replicas()));
        }
        if (held.update() != service.update()) {
            memory.line(about, "", "cluster", service.name() + " update: " + service.update());
        }
        if (!held.image().equals(service.image())) {
            memory.line(
                    about,
                    "",
                    "cluster",
                    "%s runs image %s, before %s"
                            .formatted(service.name(), service.image(), held.image()));
        }
    }

    void nodes(NodesSeen look, Instant now) {
        SortedSet<Subject> present = new TreeSet<>();
        boolean slowChange = false;
        for (Node node : look.nodes()) {
            present.add(node.subject());
            Node held = memory.node(node.id());
            if (held == null || held.version() <= node.version()) {
                slowChange |= held == null || !held.alerted().equals(node.alerted());
                if (held != null && held.state() != node.state()) {
                    memory.line(
                            node.subject().toString(),
                            "",
                            "cluster",
                            "node %s is %s, before %s"
                                    .formatted(node.hostname(), node.state(), held.state()));
                }
                timeDown(node, now);
                if (held != null) {
                    handsOff.changed(held, node, now);
                }
                memory.keep(node);
            }
            memory.sightings().seen(node.subject(), look.began());
        }
        slowChange |= removeAbsent(List.copyOf(memory.nodes()), present, look.began());
        alertsAreStale |= slowChange;
    }

    private void timeDown(Node node, Instant now) {
        String down = Marks.down(node.id());
        if (node.state() != Node.State.DOWN) {
            memory.drop(Memo.Mark.class, down);
        } else if (memory.mark(down) == null) {
            memory.mark(down, now);
        }
    }

    void tasks(TasksSeen look) {
        SortedSet<Subject> present = new TreeSet<>();
        for (Task task : look.tasks()) {
            present.add(task.subject());
            boolean newer =
                    !(memory.fact(task.subject()) instanceof Task held)
                            || held.version() <= task.version();
            if (newer) {
                memory.keep(task);
            }
            memory.sightings().seen(task.subject(), look.began());
        }
        List<Task> known = look.service() == null ? memory.tasks() : memory.tasks(look.service());
        removeAbsent(known, present, look.began());
    }

    private boolean removeAbsent(
            List<? extends Fact> known, SortedSet<Subject> present, Instant began) {
        boolean removed = false;
        for (Fact fact : known) {
            Instant seen = memory.sightings().lastSeen(fact.subject());
            boolean before = seen == null || seen.isBefore(began);
            if (!present.contains(fact.subject()) && before) {
                remove(fact);
                removed = true;
            }
        }
        return removed;
    }

    private void remove(Fact fact) {
        memory.drop(fact);
        memory.sightings().forgetSight(fact.subject());
        if (!(fact instanceof Task)) {
            memory.forgetAll(fact.subject());
            memory.line(fact.subject().toString(), "", "cluster", fact.subject() + " is gone");
        }
    }

    /// Looks up anew what open alerts are about, if that may have changed: once for all the looks
    /// of a step, of which there are many while many services are changed.
    void resolveAlerts() {
        if (alertsAreStale) {
            alertsAreStale = false;
            for (Alert alert : memory.alerts()) {
                memory.keep(subjects.resolve(alert, memory));
            }
        }
    }
}
