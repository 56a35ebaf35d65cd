package io.homeostat.engine;

import io.homeostat.action.Wish;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Proposal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whose the replicas of a service are. With a maximum given they are ours: what we set is
/// remembered, and when a deployment sets fewer, because its file cannot know of the load, they are
/// given back.
///
/// Only fewer: what a deployment adds is no harm within the bounds, and 0 is a stop.
final class OwnReplicas {
    /// Who wishes it, as decisions and freezes name it.
    static final String RULE = "keep replicas";

    private final Memory memory;
    private final Limits limits;

    OwnReplicas(Memory memory, Limits limits) {
        this.memory = memory;
        this.limits = limits;
    }

    /// We set so many.
    static void set(Memory memory, String service, int replicas) {
        memory.count(Marks.wanted(service), replicas);
        memory.count(Marks.setAside(service), 0);
        memory.drop(Memo.Mark.class, Marks.reset(service));
    }

    /// A person set others, which is respected.
    ///
    /// @param again true when it was a moment ago that one did before
    void takenByPerson(String service, boolean again) {
        int wanted = memory.count(Marks.wanted(service));
        if (wanted > 0 || !again) {
            memory.count(Marks.setAside(service), wanted);
            memory.count(Marks.wanted(service), 0);
        }
        memory.drop(Memo.Mark.class, Marks.reset(service));
    }

    /// It was no person after all.
    void notTakenByPerson(String service, Instant at) {
        if (memory.count(Marks.setAside(service)) > 0) {
            memory.count(Marks.wanted(service), memory.count(Marks.setAside(service)));
            memory.count(Marks.setAside(service), 0);
        }
        reset(service, at);
    }

    /// A deployment or Swarm set others.
    ///
    /// @param at when Docker wrote it
    void reset(String service, Instant at) {
        if (memory.count(Marks.wanted(service)) > 0) {
            memory.mark(Marks.reset(service), at);
        }
    }

    /// What is to be given back now. A reset that could not be answered for as long as a wish
    /// counts is forgotten: by then the alerts say what is needed.
    List<Wanted> wishes(Instant now) {
        List<Wanted> wishes = new ArrayList<>();
        for (Memo.Mark reset : memory.marks(Marks.reset(""))) {
            String name = reset.key().substring(Marks.reset("").length());
            Service service = memory.service(name);
            if (service == null || service.updatedAt().isBefore(reset.at())) {
                // The view that shows it is on its way.
                continue;
            }
            Integer wanted = wanted(service);
            boolean isOver = !now.isBefore(reset.at().plus(limits.safety().wishWindow()));
            if (wanted == null || isOver) {
                memory.drop(Memo.Mark.class, reset.key());
            } else {
                wishes.add(wish(service, wanted));
            }
        }
        return wishes;
    }

    /// When the next reset is forgotten; null when there is none.
    @Nullable Instant nextChange() {
        Instant next = null;
        for (Memo.Mark reset : memory.marks(Marks.reset(""))) {
            Instant over = reset.at().plus(limits.safety().wishWindow());
            next = next == null || over.isBefore(next) ? over : next;
        }
        return next;
    }

    /// The load asks for fewer, so what was set is not wanted any longer.
    void fewerAreWished(String service) {
        memory.drop(Memo.Mark.class, Marks.reset(service));
    }

    private @Nullable Integer wanted(Service service) {
        Integer replicas = service.replicas();
        Integer max = service.scale().max();
        if (replicas == null
                || replicas == 0
                || max == null
                || ServiceLabels.replicasAreTheFiles(service.labels())) {
            return null;
        }
        int most = Math.min(max, limits.replicasMax());
        int wanted = Math.min(memory.count(Marks.wanted(service.name())), most);
        return wanted > replicas ? wanted : null;
    }

    /// It rests as little as it repeats: the number was decided before, and only the deployment is
    /// new.
    private static Wanted wish(Service service, int replicas) {
        return new Wanted(
                new Wish.KeepReplicas(service.name(), replicas),
                Sorted.copy(Map.of(RULE, new Proposal.Wisher(Autonomy.AUTO, Duration.ZERO))),
                Sorted.copy(List.<Subject>of(service.subject())),
                null);
    }
}
