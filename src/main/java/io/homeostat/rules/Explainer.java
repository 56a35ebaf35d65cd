package io.homeostat.rules;

import io.homeostat.action.Intent;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Sorted;
import io.homeostat.rules.Explanation.OfRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Says of a rulebook's rules why they wish something about a subject or do not.
///
/// It evaluates nothing itself: it asks the rule engine, with rules made of parts of the rules in
/// question. Thread-safe, one question at a time; it is slow the first time, when those are
/// compiled.
public final class Explainer {
    private static final Comparator<OfRule> ORDER =
            Comparator.comparing((OfRule rule) -> !rule.isWishing())
                    .thenComparingDouble(rule -> -(double) rule.satisfied() / rule.constraints())
                    .thenComparing(OfRule::name);

    private final Rulebook rulebook;
    private final ProbeBook probes;

    public Explainer(Rulebook rulebook) {
        this.rulebook = rulebook;
        this.probes = new ProbeBook(rulebook);
    }

    /// @param facts all that is held to be true
    /// @param rule the only one to explain, however far from the subject; null for all that came
    ///   near
    /// @param putAside rules that are not heard, with what they threw
    /// @throws IllegalArgumentException when there is no such rule
    public synchronized Explanation explain(
            Collection<? extends Fact> facts,
            Focus focus,
            @Nullable String rule,
            SortedMap<String, String> putAside) {
        if (rule != null && !rulebook.rules().containsKey(rule)) {
            throw new IllegalArgumentException("there is no rule \"" + rule + "\"");
        }
        SortedMap<String, String> threw = new TreeMap<>(putAside);
        SortedSet<Intent> intents = consult(facts, threw);
        List<Object> all = new ArrayList<>(facts);
        all.addAll(intents);
        Known known = new Known(focus, all);
        boolean always = rule != null;
        SortedSet<String> candidates =
                rule == null ? candidates(known, intents) : Sorted.copy(List.of(rule));
        SortedMap<String, ProbeBook.Probed> probed = probes(candidates);
        Probing probing = new Probing();
        List<OfRule> near = new ArrayList<>();
        for (String name : candidates) {
            RuleNotes notes = Objects.requireNonNull(rulebook.rules().get(name));
            List<Intent> own = intents.stream().filter(one -> one.rule().equals(name)).toList();
            List<Intent> wishes = own.stream().filter(known.focus()::isAbout).toList();
            ProbeBook.Probed apart = probed.get(name);
            Walk walk = apart == null ? null : walk(apart, known, probing, !wishes.isEmpty());
            if (always || !wishes.isEmpty() || (walk != null && walk.isNear())) {
                near.add(rule(notes, own, wishes, threw, walk));
            }
        }
        near.sort(ORDER);
        return new Explanation(near, rulebook.rules().size() - near.size());
    }

    /// The rules of which some condition can have to do with the subject.
    private SortedSet<String> candidates(Known known, Collection<Intent> intents) {
        SortedSet<String> candidates = new TreeSet<>();
        for (String name : rulebook.rules().keySet()) {
            if (probes.conditions(name).stream().anyMatch(each -> known.hasOwn(each.type()))) {
                candidates.add(name);
            }
        }
        intents.stream()
                .filter(known.focus()::isAbout)
                .forEach(intent -> candidates.add(intent.rule()));
        return candidates;
    }

    private SortedMap<String, ProbeBook.Probed> probes(SortedSet<String> rules) {
        return probes.compiled(rules);
    }

    /// What the rules wish because of these facts; a rule that throws is left out as in the engine.
    private SortedSet<Intent> consult(
            Collection<? extends Fact> facts, SortedMap<String, String> threw) {
        while (true) {
            try (RuleSession session = new RuleSession(rulebook, threw.keySet())) {
                facts.forEach(session::put);
                return session.consult();
            } catch (RuleThrew thrown) {
                if (threw.keySet().containsAll(thrown.rules())) {
                    throw thrown;
                }
                thrown.rules()
                        .forEach(rule -> threw.put(rule, String.valueOf(thrown.getMessage())));
            }
        }
    }

    private static Walk walk(ProbeBook.Probed rule, Known known, Probing probing, boolean wishes) {
        Walk walk = new Walk(rule, known, probing, false);
        walk.go();
        if (wishes && !walk.holds()) {
            // It wishes because of facts that have nothing else to do with the subject.
            walk = new Walk(rule, known, probing, true);
            walk.go();
        }
        return walk;
    }

    private static OfRule rule(
            RuleNotes notes,
            List<Intent> own,
            List<Intent> wishes,
            Map<String, String> threw,
            @Nullable Walk walk) {
        return new OfRule(
                notes.name(),
                notes.file(),
                notes.line(),
                wishes.stream().map(Explanation.Wished::of).toList(),
                own.stream()
                        .filter(intent -> !wishes.contains(intent))
                        .map(intent -> intent.wish().subject().toString())
                        .distinct()
                        .toList(),
                threw.get(notes.name()),
                walk == null ? 0 : walk.satisfied(),
                walk == null ? 1 : walk.constraints(),
                walk == null ? List.of() : walk.results());
    }
}
