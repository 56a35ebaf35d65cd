package io.homeostat.engine;

import io.homeostat.action.Intent;
import io.homeostat.action.Wish;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Request;
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
    private record Placed(Wanted wanted, Instant openedAt) {}

    private final Memory memory;
    private final Wishers rules;

    Priorities(Memory memory, Wishers rules) {
        this.memory = memory;
        this.rules = rules;
    }

    private List<Wanted> wanted(Collection<Intent> intents) {
        SortedMap<String, Wanted> byWish = new TreeMap<>();
        SortedSet<String> wishedUp = new TreeSet<>();
        for (Intent intent : intents) {
            if (intent.wish() instanceof Wish.ScaleUp(String service)) {
                wishedUp.add(service);
            }
        }
        for (Intent intent : intents) {
            switch (intent.wish()) {
                case Wish.Escalate _ -> {}
                // More is wished at the same time, and the larger wish wins.
                case Wish.ScaleDown(String service) when wishedUp.contains(service) -> {}
                case Wish.ScaleUp _, Wish.ScaleDown _, Wish.ScaleTo _, Wish.Restart _ ->
                        byWish.merge(intent.wish().text(), of(intent), Priorities::together);
            }
        }
        List<Wanted> all = new ArrayList<>(byWish.values());
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

    /// Healing before scaling up before scaling down, then the older incident, then by name.
    List<Wanted> inOrder(Collection<Intent> intents) {
        return wanted(intents).stream()
                .map(each -> new Placed(each, openedAt(each)))
                .sorted(
                        Comparator.comparingInt(
                                        (Placed each) -> each.wanted().request() == null ? 1 : 0)
                                .thenComparingInt(each -> urgency(each.wanted().wish()))
                                .thenComparing(Placed::openedAt)
                                .thenComparing(each -> each.wanted().key()))
                .map(Placed::wanted)
                .toList();
    }

    private static int urgency(Wish wish) {
        return switch (wish) {
            case Wish.Restart _ -> 0;
            case Wish.ScaleUp _, Wish.ScaleTo _ -> 1;
            case Wish.ScaleDown _ -> 2;
            case Wish.Escalate _ -> 3;
        };
    }

    private Instant openedAt(Wanted wanted) {
        Incident incident = memory.incidentOf(about(wanted));
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
