package io.homeostat.rules;

import io.homeostat.action.Intent;
import io.homeostat.fact.Fact;
import io.homeostat.rules.Explanation.OfRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;

/// Says of a rulebook's rules why they wish something about a subject or do not.
///
/// It evaluates nothing itself: it asks the rule engine, with rules made of parts of the rules in
/// question. Thread-safe; it is slow the first time, when those are compiled.
public final class Explainer {
    private static final Comparator<OfRule> ORDER =
            Comparator.comparing((OfRule rule) -> !rule.isWishing())
                    .thenComparing(rule -> -(double) rule.satisfied() / rule.constraints())
                    .thenComparing(OfRule::name);

    private final Rulebook rulebook;
    private @Nullable ProbeBook probes;

    public Explainer(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    /// @param facts all that is held to be true
    /// @param rule the only one to explain, however far from the subject; null for all that came
    ///   near
    /// @param putAside rules that are not heard, with what they threw
    /// @throws IllegalArgumentException when there is no such rule
    public Explanation explain(
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
        Probing probing = new Probing();
        List<OfRule> near = new ArrayList<>();
        int others = 0;
        for (RuleNotes notes : rulebook.rules().values()) {
            boolean asked = rule == null || notes.name().equals(rule);
            OfRule explained =
                    asked ? explain(notes, known, intents, threw, probing, rule != null) : null;
            if (explained == null) {
                others++;
            } else {
                near.add(explained);
            }
        }
        near.sort(ORDER);
        return new Explanation(near, others);
    }

    private synchronized ProbeBook probes() {
        ProbeBook book = probes == null ? new ProbeBook(rulebook) : probes;
        probes = book;
        return book;
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

    private @Nullable OfRule explain(
            RuleNotes notes,
            Known known,
            Collection<Intent> intents,
            Map<String, String> threw,
            Probing probing,
            boolean always) {
        List<Intent> own = intents.stream().filter(one -> one.rule().equals(notes.name())).toList();
        List<Intent> wishes = own.stream().filter(known.focus()::isAbout).toList();
        ProbeBook.Probed probed = probes().of(notes.name());
        KieBase base = probed == null ? null : probed.base();
        if (probed == null || base == null) {
            return always || !wishes.isEmpty() ? rule(notes, own, wishes, threw, null) : null;
        }
        boolean mayConcern =
                probed.conditions().stream()
                        .anyMatch(each -> known.hasOwn(each.type()));
        if (!always && !mayConcern && wishes.isEmpty()) {
            return null;
        }
        Walk walk = new Walk(probed, known, probing, false);
        walk.go();
        if (!walk.holds() && !wishes.isEmpty()) {
            // It wishes because of facts that have nothing else to do with the subject.
            walk = new Walk(probed, known, probing, true);
            walk.go();
        }
        return always || walk.isNear() || !wishes.isEmpty()
                ? rule(notes, own, wishes, threw, walk)
                : null;
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
                wishes,
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
