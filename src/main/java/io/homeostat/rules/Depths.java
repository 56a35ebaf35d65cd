package io.homeostat.rules;

import io.homeostat.rules.Explanation.Miss;
import io.homeostat.rules.Explanation.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How many of a pattern's constraints hold for each fact, in their order.
final class Depths {
    /// So many facts are shown.
    static final int SHOWN = 3;

    /// So many facts are asked about.
    private static final int MOST = 10_000;

    private final Probing probing;
    private final Known known;
    private final Condition condition;
    private final ProbeRules probes;
    private final int at;
    private final Probing.Question question;
    private final Map<Object, Integer> depths = new IdentityHashMap<>();
    private final Map<Object, String> threw = new IdentityHashMap<>();
    private final List<Object> looked = new ArrayList<>();
    private boolean cut;

    /// @param at the condition's number in its rule
    /// @param question asks with the facts that its variables stand for
    Depths(
            Probing probing,
            Known known,
            Condition condition,
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
        List<Object> left = facts;
        for (int count = 1; count <= condition.constraints().size() && !left.isEmpty(); count++) {
            if (condition.constraints().get(count - 1).restricts()) {
                String probe = probes.first(at, count);
                Probing.Answer answer =
                        probing.matching(asking(probe), probe, probes.variable(at), left);
                threw.putAll(answer.threw());
                left = left.stream().filter(answer.matching()::contains).toList();
            }
            for (Object fact : left) {
                depths.put(fact, count);
            }
        }
    }

    private Probing.Question asking(String probe) {
        return new Probing.Question(
                question.base(), probe, question.places(), question.everything());
    }

    /// The facts that match whole, in the order in which they were looked at.
    List<Object> matching() {
        return looked.stream().filter(fact -> depth(fact) == condition.constraints().size()).toList();
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
        return furthest(
                looked.stream().filter(fact -> known.focus().isAbout(fact)).toList());
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
        return (near.isEmpty() ? looked : near)
                .stream()
                        .sorted(Comparator.comparing(this::depth).reversed())
                        .limit(SHOWN)
                        .map(this::miss)
                        .toList();
    }

    private boolean isOwn(Object fact) {
        return known.focus().nearness(fact) != Focus.Nearness.OTHER;
    }

    private Miss miss(Object fact) {
        int depth = depth(fact);
        Condition.Constraint fails = condition.constraints().get(depth);
        String thrown = threw.getOrDefault(fact, "");
        String probe = probes.first(at, depth);
        List<Value> found =
                probing.values(asking(probe), probe, fact, fails.values());
        return new Miss(
                Shown.fact(fact),
                isOwn(fact),
                condition.restricting(depth),
                fails.text(),
                found,
                thrown);
    }
}
