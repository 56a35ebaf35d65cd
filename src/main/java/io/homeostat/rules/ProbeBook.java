package io.homeostat.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;

/// The probes of all rules of a rulebook, compiled when they are first asked for: those of all rules
/// together, for that costs a fraction of compiling each alone.
///
/// A rule with a condition that cannot be taken apart is compiled by itself: such a condition looks
/// at the facts where they are, and must not be asked, nor throw, when another rule is explained.
final class ProbeBook {
    private final SortedMap<String, Probed> rules = new TreeMap<>();

    /// A rule that can be asked.
    ///
    /// @param conditions none when it could not be taken apart
    /// @param probes the names of its probes
    record Probed(List<Condition> conditions, ProbeRules probes, @Nullable KieBase base) {
        Probed {
            conditions = List.copyOf(conditions);
        }

        boolean hasWhole() {
            return conditions.stream().anyMatch(each -> each.kind() == Condition.Kind.WHOLE);
        }

        private Probed withoutValues() {
            return new Probed(conditions, probes.withoutValues(), base);
        }

        private Probed compiled(@Nullable KieBase compiled) {
            return new Probed(conditions, probes, compiled);
        }
    }

    ProbeBook(Rulebook rulebook) {
        List<Map.Entry<String, Probed>> together = new ArrayList<>();
        int number = 0;
        for (FileShape file : rulebook.sound().values()) {
            for (Map.Entry<String, List<Condition>> rule :
                    ConditionReader.read(file.bare(Set.of())).entrySet()) {
                List<Condition> conditions = rule.getValue();
                Probed probed =
                        new Probed(
                                conditions, new ProbeRules(number++, conditions, true), null);
                if (probed.hasWhole()) {
                    compile(List.of(Map.entry(rule.getKey(), probed)));
                } else {
                    together.add(Map.entry(rule.getKey(), probed));
                }
            }
        }
        compile(together);
    }

    /// The probes of a rule; null when the rule engine's parser does not take it apart.
    @Nullable Probed of(String rule) {
        return rules.get(rule);
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
