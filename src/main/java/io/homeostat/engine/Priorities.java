package io.homeostat.engine;

import io.homeostat.action.Intent;
import io.homeostat.action.Wish;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Request;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Proposal;
import io.homeostat.incident.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What rules and people want at the moment, each wish once, and what of it is judged first.
final class Priorities {
    /// What a rule says of itself.
    @FunctionalInterface
    interface Wishers {
        Proposal.Wisher of(String rule);
    }

    /// Something wanted, with when its incident opened: that is looked up once, not at each
    /// comparison.
    ///
    /// @param replicas how many it wishes, when it wishes any
    private record Placed(Wanted wanted, int urgency, Instant openedAt, int replicas) {}

    private final Memory memory;
    private final Wishers rules;
    private final OwnReplicas own;

    Priorities(Memory memory, Wishers rules, OwnReplicas own) {
        this.memory = memory;
        this.rules = rules;
        this.own = own;
    }

    private List<Wanted> wanted(Collection<Intent> intents, Instant now) {
        SortedMap<String, Wanted> byWish = new TreeMap<>();
        for (Intent intent : intents) {
            switch (intent.wish()) {
                case Wish.Escalate _ -> {}
                case Wish.ScaleUp _,
                        Wish.ScaleDown _,
                        Wish.ScaleTo _,
                        Wish.KeepReplicas _,
                        Wish.Restart _,
                        Wish.Rollback _,
                        Wish.Deploy _,
                        Wish.Drain _,
                        Wish.Activate _ ->
                        byWish.merge(intent.wish().text(), of(intent), Priorities::together);
            }
        }
        List<Wanted> all = new ArrayList<>(byWish.values());
        for (Intent intent : intents) {
            if (intent.wish() instanceof Wish.ScaleDown(String service)
                    && !byWish.containsKey(new Wish.ScaleUp(service).text())) {
                own.fewerAreWished(service);
            }
        }
        all.addAll(own.wishes(now));
        for (Request request : memory.requests()) {
            all.add(of(request));
        }
        return all;
    }

    private Wanted of(Intent intent) {
        SortedMap<String, Proposal.Wisher> wishers = new TreeMap<>();
        wishers.put(intent.rule(), rules.of(intent.rule()));
        return new Wanted(intent.wish(), wishers, intent.evidence(), null);
    }

    static Wanted of(Request request) {
        SortedMap<String, Proposal.Wisher> wishers = new TreeMap<>();
        wishers.put("request of " + request.by(), new Proposal.Wisher(Autonomy.AUTO, null));
        return new Wanted(
                Requests.wish(request), wishers, Sorted.copy(List.of(request.subject())), request);
    }

    private static Wanted together(Wanted one, Wanted other) {
        SortedMap<String, Proposal.Wisher> wishers = new TreeMap<>(one.wishers());
        wishers.putAll(other.wishers());
        SortedSet<Subject> evidence = new TreeSet<>(one.evidence());
        evidence.addAll(other.evidence());
        return new Wanted(one.wish(), wishers, evidence, null);
    }

    /// Requests, then healing before scaling up before scaling down, then the older incident; of
    /// one service the larger number, then by name.
    List<Wanted> inOrder(Collection<Intent> intents, Instant now) {
        return wanted(intents, now).stream()
                .map(this::placed)
                .sorted(
                        Comparator.comparingInt(
                                        (Placed each) -> each.wanted().request() == null ? 1 : 0)
                                .thenComparingInt(Placed::urgency)
                                .thenComparing(Placed::openedAt)
                                .thenComparing(each -> each.wanted().wish().subject())
                                .thenComparing(Placed::replicas, Comparator.reverseOrder())
                                .thenComparing(each -> each.wanted().key()))
                .map(Placed::wanted)
                .toList();
    }

    private Placed placed(Wanted wanted) {
        Service service = memory.service(wanted.wish().subject().name());
        int now = service == null || service.replicas() == null ? 0 : service.replicas();
        ScaleBounds bounds = service == null ? ScaleBounds.NONE : service.scale();
        return switch (wanted.wish()) {
            case Wish.Restart _, Wish.Rollback _, Wish.Drain _, Wish.Activate _ ->
                    new Placed(wanted, 0, openedAt(about(wanted)), 0);
            case Wish.Deploy _ -> new Placed(wanted, 2, openedAt(about(wanted)), 0);
            case Wish.ScaleUp up -> scaling(wanted, up.subject(), now, now + bounds.up());
            case Wish.ScaleTo to -> scaling(wanted, to.subject(), now, to.replicas());
            case Wish.KeepReplicas keep -> scaling(wanted, keep.subject(), now, keep.replicas());
            case Wish.ScaleDown down -> scaling(wanted, down.subject(), now, now - bounds.down());
            case Wish.Escalate _ -> new Placed(wanted, 3, openedAt(about(wanted)), 0);
        };
    }

    /// All wishes for the replicas of one service stand together, whatever their alerts are about.
    private Placed scaling(Wanted wanted, Subject service, int now, int replicas) {
        return new Placed(wanted, replicas < now ? 2 : 1, openedAt(service), replicas);
    }

    private Instant openedAt(Subject subject) {
        Incident incident = memory.incidentOf(subject);
        return incident == null ? Instant.MAX : incident.openedAt();
    }

    /// The subject of the incident that a wish belongs to: that of its first alert, else its own.
    Subject about(Wanted wanted) {
        for (Subject subject : wanted.evidence()) {
            if (memory.fact(subject) instanceof Alert alert) {
                return alert.about();
            }
        }
        return wanted.wish().subject();
    }
}
