package io.homeostat.engine;

import io.homeostat.engine.Signal.ServiceChanged;
import io.homeostat.fact.Aspect;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Limits;
import io.homeostat.incident.Incident;
import io.homeostat.incident.IncidentState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What people changed, side by side, so that it is left to them for a while; and whose a change
/// was where that takes more than the two specifications: what was written around it, and whether
/// people had been called.
final class HandsOff {
    /// The sides that are left to people after one of them changed it.
    private static final List<Aspect> LEASED =
            List.of(Aspect.REPLICAS, Aspect.IMAGE, Aspect.CONFIG, Aspect.AVAILABILITY);

    private final Memory memory;
    private final Limits limits;
    private final OwnReplicas own;
    private final LastChanges changes;

    HandsOff(Memory memory, Limits limits, OwnReplicas own) {
        this.memory = memory;
        this.limits = limits;
        this.own = own;
        this.changes = new LastChanges(memory);
    }

    /// Our own change is told by its action.
    void changed(ServiceChanged change, Instant now) {
        Instant at = change.at().isAfter(now) ? now : change.at();
        SortedSet<Aspect> aspects = Aspect.of(change.paths());
        changes.note(change, aspects, at);
        switch (change.whose()) {
            case OURS -> {}
            case SWARMS -> {
                line(change, "Swarm rolled it back");
                resetBy(change, aspects);
            }
            case NOBODY -> written(change, aspects, at);
            case DEPLOYMENT -> {
                written(change, aspects, at);
                if (aspects.contains(Aspect.IMAGE) && isCalledFor(change.service())) {
                    SortedSet<Aspect> answer = new TreeSet<>(aspects);
                    answer.remove(Aspect.REPLICAS);
                    lease(change, answer, at, "a person changed it, who was called to it");
                } else {
                    line(change, "a deployment changed it");
                }
                resetBy(change, aspects);
            }
            case PERSON -> changedByPerson(change, aspects, at);
        }
    }

    private void changedByPerson(ServiceChanged change, SortedSet<Aspect> aspects, Instant at) {
        // A rollback by hand is one whatever is written around it.
        boolean rolledBack = aspects.contains(Aspect.IMAGE) || aspects.contains(Aspect.CONFIG);
        if (!rolledBack) {
            written(change, aspects, at);
            if (isOfABurst(change.service(), isMore(aspects), at)) {
                line(change, "a deployment of its stack changed it");
                resetBy(change, aspects);
                return;
            }
        }
        if (aspects.contains(Aspect.REPLICAS)) {
            Instant before =
                    memory.mark(Marks.byHand(Subject.service(change.service()), Aspect.REPLICAS));
            own.takenByPerson(change.service(), before != null && isClose(before, at));
        }
        lease(change, aspects, at, "a person changed it");
    }

    private void lease(ServiceChanged change, SortedSet<Aspect> aspects, Instant at, String whose) {
        Subject subject = Subject.service(change.service());
        List<Aspect> leased = aspects.stream().filter(LEASED::contains).toList();
        leased.forEach(aspect -> memory.mark(Marks.byHand(subject, aspect), at));
        line(change, leased.isEmpty() ? whose : whose + left(leased, at));
    }

    /// Nobody but people and we changes what a node is available for.
    void changed(Node before, Node node, Instant now) {
        if (before.availability() == node.availability()) {
            return;
        }
        boolean ours = memory.unsettled(node.subject()) != null;
        if (!ours) {
            memory.mark(Marks.byHand(node.subject(), Aspect.AVAILABILITY), now);
        }
        memory.line(
                node.subject().toString(),
                "",
                "cluster",
                "node %s is made %s, before %s%s"
                        .formatted(
                                node.hostname(),
                                node.availability(),
                                before.availability(),
                                ours
                                        ? ""
                                        : " by a person"
                                                + left(List.of(Aspect.AVAILABILITY), now)));
    }

    private String left(List<Aspect> aspects, Instant at) {
        String sides = aspects.stream().map(Aspect::word).collect(Collectors.joining(" and "));
        return ", which leaves its %s to people until %s"
                .formatted(sides, at.plus(limits.safety().handsOff()));
    }

    private void resetBy(ServiceChanged change, SortedSet<Aspect> aspects) {
        if (aspects.contains(Aspect.REPLICAS)) {
            own.reset(change.service(), change.at());
        }
    }

    private void line(ServiceChanged change, String whose) {
        memory.line(
                Subject.service(change.service()).toString(),
                "",
                "cluster",
                "%s: %s".formatted(whose, String.join(", ", change.paths())));
    }

    /// True while people have been told of the service and it is not over: an image that comes now
    /// without an announcement is their answer.
    private boolean isCalledFor(String service) {
        Incident incident = memory.incidentOf(Subject.service(service));
        return incident != null
                && !incident.channels().isEmpty()
                && incident.state() != IncidentState.QUIET;
    }

    // --- bursts ---

    /// `docker stack deploy` writes every service of its stack, changed or not; whoever scales
    /// services by hand changes each of them, and nothing else of it.
    private void written(ServiceChanged change, SortedSet<Aspect> aspects, Instant at) {
        memory.mark(Marks.written(change.service()), at);
        if (!isMore(aspects)) {
            return;
        }
        memory.mark(Marks.rewritten(change.service()), at);
        for (String other : writtenWith(change.service(), at)) {
            String lease = Marks.byHand(Subject.service(other), Aspect.REPLICAS);
            Instant scaled = memory.mark(lease);
            if (scaled != null && isClose(scaled, at)) {
                memory.drop(Memo.Mark.class, lease);
                own.notTakenByPerson(other, scaled);
                memory.line(
                        Subject.service(other).toString(),
                        "",
                        "cluster",
                        "a deployment of its stack changed it, no person: %s was written with it"
                                .formatted(change.service()));
            }
        }
    }

    private static boolean isMore(SortedSet<Aspect> aspects) {
        return !aspects.equals(Sorted.copy(List.of(Aspect.REPLICAS)));
    }

    private boolean isOfABurst(String service, boolean isMore, Instant at) {
        for (String other : writtenWith(service, at)) {
            Instant rewritten = memory.mark(Marks.rewritten(other));
            if (isMore || (rewritten != null && isClose(rewritten, at))) {
                return true;
            }
        }
        return false;
    }

    /// The other services of its stack that were written at about the same time.
    private List<String> writtenWith(String service, Instant at) {
        Service self = memory.service(service);
        List<String> found = new ArrayList<>();
        if (self == null || self.stack() == null) {
            return found;
        }
        for (Memo.Mark written : memory.marks(Marks.written(""))) {
            String name = written.key().substring(Marks.written("").length());
            Service other = memory.service(name);
            if (!name.equals(service)
                    && other != null
                    && self.stack().equals(other.stack())
                    && isClose(written.at(), at)) {
                found.add(name);
            }
        }
        return found;
    }

    private boolean isClose(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(limits.safety().burst()) <= 0;
    }
}
