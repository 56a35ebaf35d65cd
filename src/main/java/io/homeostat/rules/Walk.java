package io.homeostat.rules;

import io.homeostat.rules.Explanation.OfCondition;
import io.homeostat.rules.Explanation.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kie.api.KieBase;

/// Goes through the conditions of one rule in their order, with the facts that matched the earlier
/// ones.
final class Walk {
    /// With so many facts of an earlier pattern are later ones asked.
    private static final int CHOSEN = 20;

    private final ProbeBook.Probed rule;
    private final KieBase base;
    private final Known known;
    private final Probing probing;
    private final SortedMap<Integer, List<Object>> chosen = new TreeMap<>();
    private final List<OfCondition> results = new ArrayList<>();
    private final boolean everywhere;
    private boolean holds = true;
    private boolean cut;
    private boolean near;
    private int satisfied;
    private int constraints;

    /// @param everywhere true to look at all facts, not only at those nearest to the subject
    Walk(ProbeBook.Probed rule, Known known, Probing probing, boolean everywhere) {
        this.everywhere = everywhere;
        this.rule = rule;
        this.base = Objects.requireNonNull(rule.base());
        this.known = known;
        this.probing = probing;
    }

    void go() {
        for (int at = 0; at < rule.conditions().size(); at++) {
            Premise condition = rule.conditions().get(at);
            int all = Math.max(1, condition.restricting(condition.constraints().size()));
            constraints += all;
            OfCondition result =
                    open(at) ? unasked(condition, "it uses what no fact matches above") : ask(at);
            if (result.standing() == Standing.HOLDS) {
                satisfied += all;
            }
            holds &= result.standing() == Standing.HOLDS;
            results.add(result);
        }
    }

    List<OfCondition> results() {
        return results;
    }

    /// True when a fact about the subject fulfils at least one constraint.
    boolean isNear() {
        return near;
    }

    boolean holds() {
        return holds;
    }

    int satisfied() {
        return satisfied;
    }

    int constraints() {
        return constraints;
    }

    private boolean open(int at) {
        return rule.probes().needs(at).stream()
                .anyMatch(needed -> results.get(needed).standing() != Standing.HOLDS);
    }

    private OfCondition ask(int at) {
        Premise condition = rule.conditions().get(at);
        OfCondition result =
                switch (condition.kind()) {
                    case PATTERN, EXISTS -> present(at, condition);
                    case NOT -> absent(at, condition);
                    case WHOLE -> whole(at, condition);
                };
        return result.standing() == Standing.HOLDS && holds && !isTogether(at)
                ? together(at, result)
                : result;
    }

    private OfCondition present(int at, Premise condition) {
        Depths depths = look(at, condition);
        List<Object> matching = depths.matching();
        near |= depths.furthestOwn() > 0;
        if (matching.isEmpty()) {
            satisfied += depths.furthest();
            String note = depths.isCut() ? "not all facts were looked at" : cutNote(at);
            return result(at, condition, Standing.FAILS, note, List.of(), depths.nearest());
        }
        if (condition.isPattern()) {
            cut |= matching.size() > CHOSEN;
            chosen.put(at, matching.subList(0, Math.min(CHOSEN, matching.size())));
        }
        return result(at, condition, Standing.HOLDS, "", matching, List.of());
    }

    private Depths look(int at, Premise condition) {
        Depths depths =
                new Depths(probing, known, condition, rule.probes(), at, question("", needed(at)));
        Set<Object> taken = identities();
        chosen.values().forEach(taken::addAll);
        if (everywhere) {
            taken.addAll(known.near(condition.type()));
        }
        depths.look(taken);
        return depths;
    }

    private OfCondition absent(int at, Premise condition) {
        String probe = rule.probes().first(at, condition.constraints().size());
        Probing.Answer answer =
                probing.matching(
                        question(probe, needed(at)),
                        probe,
                        rule.probes().variable(at),
                        known.allOf(condition.type()));
        List<Object> inTheWay =
                known.allOf(condition.type()).stream().filter(answer.matching()::contains).toList();
        near |= inTheWay.stream().anyMatch(known.focus()::isAbout);
        if (!answer.threw().isEmpty()) {
            return unasked(
                    condition, "asking it threw: " + answer.threw().values().iterator().next());
        }
        return alone(at, condition, "", inTheWay);
    }

    private OfCondition whole(int at, Premise condition) {
        return alone(at, condition, "not taken apart", List.of());
    }

    private OfCondition alone(int at, Premise condition, String note, List<Object> facts) {
        try {
            boolean[] found = {false};
            probing.ask(question(rule.probes().alone(at), needed(at)), match -> found[0] = true);
            Standing standing = found[0] ? Standing.HOLDS : Standing.FAILS;
            List<Object> shown = found[0] ? List.of() : facts;
            return result(at, condition, standing, note, shown, List.of());
        } catch (RuntimeException thrown) {
            return unasked(condition, "asking it threw: " + Probing.words(thrown));
        }
    }

    /// True when a condition was asked with all that stands above it, with one fact for each.
    private boolean isTogether(int at) {
        return rule.probes().needs(at).size() == at
                && rule.conditions().subList(0, at).stream().allMatch(Premise::isPattern)
                && chosen.headMap(at).values().stream().allMatch(facts -> facts.size() == 1);
    }

    /// Keeps of the chosen facts those that match together with this condition's.
    private OfCondition together(int at, OfCondition alone) {
        SortedMap<Integer, Set<Object>> kept = new TreeMap<>();
        chosen.keySet().forEach(each -> kept.put(each, identities()));
        try {
            probing.ask(
                    question(rule.probes().upTo(at), chosen),
                    match ->
                            kept.forEach((pattern, facts) ->
                                    facts.add(
                                            match.getDeclarationValue(
                                                    rule.probes().variable(pattern)))));
        } catch (RuntimeException thrown) {
            return unasked(rule.conditions().get(at), "asking it threw: " + Probing.words(thrown));
        }
        if (kept.values().stream().anyMatch(Set::isEmpty)) {
            return new OfCondition(
                    alone.text(),
                    alone.negated(),
                    Standing.FAILS,
                    "it holds by itself, but for no fact for which all above hold as well",
                    alone.own(),
                    alone.seen(),
                    alone.given(),
                    alone.matching(),
                    alone.matches(),
                    alone.nearest());
        }
        chosen.replaceAll((pattern, facts) -> {
            Set<Object> those = kept.getOrDefault(pattern, Set.of());
            return facts.stream().filter(those::contains).toList();
        });
        return alone;
    }

    private SortedMap<Integer, List<Object>> needed(int at) {
        SortedMap<Integer, List<Object>> needed = new TreeMap<>();
        for (int each : rule.probes().needs(at)) {
            List<Object> facts = chosen.get(each);
            if (facts != null) {
                needed.put(each, facts);
            }
        }
        return needed;
    }

    private Probing.Question question(String probe, SortedMap<Integer, List<Object>> with) {
        SortedMap<String, List<Object>> places = new TreeMap<>();
        with.forEach((pattern, facts) -> places.put(rule.probes().chosen(pattern), facts));
        List<Object> looked = new ArrayList<>();
        for (Premise condition : rule.conditions()) {
            if (condition.kind() == Premise.Kind.NOT || condition.kind() == Premise.Kind.EXISTS) {
                looked.addAll(known.allOf(condition.type()));
            }
        }
        places.put(rule.probes().everything(), distinct(looked));
        Collection<?> everything = rule.hasWhole() ? known.all() : List.of();
        return new Probing.Question(base, Set.of(probe), places, everything);
    }

    private static Set<Object> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static List<Object> distinct(List<Object> facts) {
        Set<Object> seen = identities();
        return facts.stream().filter(seen::add).toList();
    }

    private String cutNote(int at) {
        return cut && !rule.probes().needs(at).isEmpty()
                ? "asked with the first %d facts that match above".formatted(CHOSEN)
                : "";
    }

    private OfCondition unasked(Premise condition, String note) {
        return new OfCondition(
                shown(condition),
                condition.kind() == Premise.Kind.NOT,
                Standing.OPEN,
                note,
                0,
                0,
                List.of(),
                0,
                List.of(),
                List.of());
    }

    private OfCondition result(
            int at,
            Premise condition,
            Standing standing,
            String note,
            List<Object> facts,
            List<Explanation.Miss> nearest) {
        List<Object> seen =
                condition.kind() == Premise.Kind.WHOLE ? List.of() : known.allOf(condition.type());
        long own =
                seen.stream()
                        .filter(fact -> known.focus().nearness(fact) != Focus.Nearness.OTHER)
                        .count();
        return new OfCondition(
                shown(condition),
                condition.kind() == Premise.Kind.NOT,
                standing,
                note,
                (int) own,
                seen.size(),
                given(at),
                facts.size(),
                facts.stream().limit(Depths.SHOWN).map(Shown::fact).toList(),
                nearest);
    }

    private List<String> given(int at) {
        List<String> given = new ArrayList<>();
        needed(at)
                .forEach((pattern, facts) -> {
                    String name = rule.conditions().get(pattern).binding();
                    String rest =
                            facts.size() > 1 ? " and %d more".formatted(facts.size() - 1) : "";
                    String first = Shown.fact(facts.getFirst()) + rest;
                    given.add(name.isEmpty() ? first : name + " = " + first);
                });
        return given;
    }

    private static String shown(Premise condition) {
        return condition.text().replaceAll("\\s+", " ");
    }
}
