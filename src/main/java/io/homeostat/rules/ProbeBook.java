package io.homeostat.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;

/// The probes of a rulebook's rules, compiled when they are first asked for: those of many rules
/// together, for that costs a fraction of compiling each alone.
///
/// A rule with a condition that cannot be taken apart is compiled by itself: such a condition looks
/// at the facts where they are, and must not be asked, nor throw, when another rule is explained.
final class ProbeBook {
    private final SortedMap<String, Probed> rules = new TreeMap<>();

    /// A rule that can be asked.
    ///
    /// @param probes the names of its probes
    /// @param base the probes themselves; null until they are compiled
    record Probed(List<Premise> conditions, ProbeRules probes, @Nullable KieBase base) {
        Probed {
            conditions = List.copyOf(conditions);
        }

        boolean hasWhole() {
            return conditions.stream().anyMatch(each -> each.kind() == Premise.Kind.WHOLE);
        }

        private Probed withoutValues() {
            return new Probed(conditions, probes.withoutValues(), base);
        }

        private Probed compiled(@Nullable KieBase compiled) {
            return new Probed(conditions, probes, compiled);
        }
    }

    ProbeBook(Rulebook rulebook) {
        int number = 0;
        for (FileShape file : rulebook.sound().values()) {
            for (Map.Entry<String, List<Premise>> rule :
                    PremiseReader.read(file.bare(Set.of())).entrySet()) {
                List<Premise> conditions = rule.getValue();
                rules.put(
                        rule.getKey(),
                        new Probed(conditions, new ProbeRules(number++, conditions, true), null));
            }
        }
    }

    /// The conditions of a rule; none when the rule engine's parser does not take it apart.
    List<Premise> conditions(String rule) {
        Probed probed = rules.get(rule);
        return probed == null ? List.of() : probed.conditions();
    }

    /// The probes of some rules, compiled; of those only that can be taken apart.
    SortedMap<String, Probed> compiled(Collection<String> names) {
        List<Map.Entry<String, Probed>> together = new ArrayList<>();
        for (String name : names) {
            Probed probed = rules.get(name);
            if (probed != null && probed.base() == null && !probed.hasWhole()) {
                together.add(Map.entry(name, probed));
            } else if (probed != null && probed.base() == null) {
                compile(List.of(Map.entry(name, probed)));
            }
        }
        compile(together);
        SortedMap<String, Probed> found = new TreeMap<>(rules);
        found.keySet().retainAll(names);
        found.values().removeIf(probed -> probed.base() == null);
        return found;
    }

    /// Compiles probes together; those that do not compile are found by halves.
    private void compile(List<Map.Entry<String, Probed>> some) {
        if (some.isEmpty()) {
            return;
        }
        List<Map.Entry<String, Probed>> sound = new ArrayList<>();
        KieBase base = compiled(some);
        if (base == null) {
            sound(some, sound);
            base = sound.isEmpty() ? null : compiled(sound);
        } else {
            sound.addAll(some);
        }
        some.forEach(rule -> rules.remove(rule.getKey()));
        for (Map.Entry<String, Probed> rule : sound) {
            rules.put(rule.getKey(), rule.getValue().compiled(base));
        }
    }

    private void sound(
            List<Map.Entry<String, Probed>> some, List<Map.Entry<String, Probed>> sound) {
        if (compiled(some) != null) {
            sound.addAll(some);
        } else if (some.size() > 1) {
            sound(some.subList(0, some.size() / 2), sound);
            sound(some.subList(some.size() / 2, some.size()), sound);
        } else {
            // What a constraint looks at can be more than can be read by itself.
            Probed whole = some.getFirst().getValue();
            Probed plain = whole.withoutValues();
            if (compiled(List.of(Map.entry(some.getFirst().getKey(), plain))) != null) {
                sound.add(Map.entry(some.getFirst().getKey(), plain));
            }
        }
    }

    private static @Nullable KieBase compiled(List<Map.Entry<String, Probed>> some) {
        StringBuilder text = new StringBuilder();
        some.forEach(rule -> text.append(rule.getValue().probes().text()));
        return Compilation.of(Map.of(), new TreeMap<>(Map.of("probes", text.toString()))).base();
    }
}
