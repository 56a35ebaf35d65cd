package io.homeostat.rules;

import io.homeostat.rules.Explanation.Miss;
import io.homeostat.rules.Explanation.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many of a pattern's constraints hold for each fact, in their order.
final class Depths {
    /// So many facts are shown.
    static final int SHOWN = 3;

    /// So many facts are asked about at once.
    private static final int AT_ONCE = 100;

    /// So many facts are asked about.
    private static final int MOST = 10_000;

    private final Probing probing;
    private final Known known;
    private final Premise condition;
    private final ProbeRules probes;
    private final int at;
    private final Probing.Question question;
    private final IdentityHashMap<Object, Integer> depths = new IdentityHashMap<>();
    private final IdentityHashMap<Object, String> threw = new IdentityHashMap<>();
    private final List<Object> looked = new ArrayList<>();
    private boolean cut;

    /// @param at the condition's number in its rule
    /// @param question asks with the facts that its variables stand for
    Depths(
            Probing probing,
            Known known,
            Premise condition,
            ProbeRules probes,
            int at,
            Probing.Question question) {
        this.probing = probing;
        this.known = known;
        this.condition = condition;
        this.probes = probes;
        this.at = at;
        this.question = question;
    }

    /// Looks at the facts that have to do with the subject. Only where there are none, or an
    /// earlier pattern has them already, others can be meant.
    ///
    /// @param taken facts that match earlier patterns
    void look(Set<Object> taken) {
        List<Object> near = known.near(condition.type());
        if (taken.containsAll(near)) {
            List<Object> all = known.allOf(condition.type());
            look(all.subList(0, Math.min(all.size(), MOST)));
            cut = all.size() > MOST;
        } else {
            look(near);
        }
    }

    private void look(List<Object> facts) {
        looked.addAll(facts);
        facts.forEach(fact -> depths.put(fact, 0));
        if (facts.size() > AT_ONCE || !lookAtOnce(facts)) {
            facts.forEach(fact -> depths.put(fact, 0));
            lookStepwise(facts);
        }
    }

    /// Asks for all numbers of constraints in one session.
    ///
    /// @return false when something threw
    private boolean lookAtOnce(List<Object> facts) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        Probing.Question all = question;
        for (int count = 0; count <= condition.constraints().size(); count++) {
            counts.put(probes.first(at, count), count);
            all = all.with(probes.first(at, count), facts);
        }
        try {
            probing.ask(
                    all.hearing(counts.keySet()),
                    match ->
                            depths.merge(
                                    match.getDeclarationValue(probes.variable(at)),
                                    counts.getOrDefault(match.getRule().getName(), 0),
                                    Math::max));
            return true;
        } catch (RuntimeException thrown) {
            return false;
        }
    }

    private void lookStepwise(List<Object> facts) {
        List<Object> left = facts;
        for (int count = 1; count <= condition.constraints().size() && !left.isEmpty(); count++) {
            if (condition.constraints().get(count - 1).restricts()) {
                String probe = probes.first(at, count);
                Probing.Answer answer =
                        probing.matching(
                                question.hearing(Set.of(probe)), probe, probes.variable(at), left);
                threw.putAll(answer.threw());
                left = left.stream().filter(answer.matching()::contains).toList();
            }
            for (Object fact : left) {
                depths.put(fact, count);
            }
        }
    }

    /// The facts that match whole, in the order in which they were looked at.
    List<Object> matching() {
        return looked.stream()
                .filter(fact -> depth(fact) == condition.constraints().size())
                .toList();
    }

    /// True when there were more than were looked at.
    boolean isCut() {
        return cut;
    }

    private int depth(Object fact) {
        return depths.getOrDefault(fact, 0);
    }

    /// How many constraints hold for the nearest fact that is about the subject.
    int furthestOwn() {
        return furthest(looked.stream().filter(fact -> known.focus().isAbout(fact)).toList());
    }

    /// How many constraints hold for the nearest fact.
    int furthest() {
        return furthest(looked);
    }

    private int furthest(List<Object> facts) {
        int depth = facts.stream().mapToInt(this::depth).max().orElse(0);
        return condition.restricting(depth);
    }

    /// The facts that come nearest; those that have to do with the subject, if there are any.
    List<Miss> nearest() {
        List<Object> near = looked.stream().filter(this::isOwn).toList();
        List<Object> shown =
                (near.isEmpty() ? looked : near)
                        .stream()
                                .sorted(Comparator.comparingInt(this::depth).reversed())
                                .limit(SHOWN)
                                .toList();
        IdentityHashMap<Object, List<Value>> values = values(shown);
        return shown.stream().map(fact -> miss(fact, values)).toList();
    }

    private boolean isOwn(Object fact) {
        return known.focus().nearness(fact) != Focus.Nearness.OTHER;
    }

    /// What the constraints that fail look at, as far as it can be read.
    private IdentityHashMap<Object, List<Value>> values(List<Object> facts) {
        IdentityHashMap<Object, List<Value>> values = new IdentityHashMap<>();
        SortedMap<String, List<Object>> places = new TreeMap<>();
        facts.forEach(fact ->
                places.computeIfAbsent(probes.first(at, depth(fact)), _ -> new ArrayList<>())
                        .add(fact));
        Probing.Question all = question.hearing(places.keySet());
        for (Map.Entry<String, List<Object>> place : places.entrySet()) {
            all = all.with(place.getKey(), place.getValue());
        }
        try {
            probing.ask(
                    all,
                    match -> {
                        Object fact = match.getDeclarationValue(probes.variable(at));
                        values.put(fact, Probing.values(match, fails(fact).values()));
                    });
        } catch (RuntimeException unreadable) {
            values.clear();
        }
        return values;
    }

    private Premise.Constraint fails(Object fact) {
        return condition.constraints().get(depth(fact));
    }

    private Miss miss(Object fact, IdentityHashMap<Object, List<Value>> values) {
        return new Miss(
                Shown.fact(fact),
                isOwn(fact),
                condition.restricting(depth(fact)),
                fails(fact).text(),
                values.getOrDefault(fact, List.of()),
                threw.getOrDefault(fact, ""));
    }
}
