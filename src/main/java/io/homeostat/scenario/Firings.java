package io.homeostat.scenario;

import io.homeostat.fact.Fact;
import io.homeostat.fact.Subject;
import io.homeostat.rules.RuleObserver;
import io.homeostat.rules.RuleProbe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Which rules fired while a scenario was played, because of which facts, and which parts of rules
/// were met.
final class Firings implements RuleObserver {
    private final Supplier<Instant> clock;
    private final SortedMap<String, Integer> times = new TreeMap<>();
    private final Map<Because, Fired> first = new LinkedHashMap<>();
    private final Map<Because, Near> near = new LinkedHashMap<>();
    private final SortedSet<RuleProbe> met = new TreeSet<>();

    /// A rule that fired.
    ///
    /// @param at when it first did so because of facts about these subjects
    record Fired(Instant at, String rule, List<Fact> facts) {}

    /// A rule that would have fired but for one condition.
    ///
    /// @param facts of its other patterns, and of this as far as it matched
    record Near(Instant at, RuleProbe probe, List<Fact> facts) {}

    private record Because(String rule, List<Subject> subjects) {}

    Firings(Supplier<Instant> clock) {
        this.clock = clock;
    }

    @Override
    public void fired(String rule, List<Fact> facts) {
        times.merge(rule, 1, Integer::sum);
        Because because = new Because(rule, subjects(facts));
        first.computeIfAbsent(because, _ -> new Fired(clock.get(), rule, List.copyOf(facts)));
    }

    @Override
    public void met(RuleProbe probe, List<Fact> facts) {
        met.add(probe);
        if (probe.kind() == RuleProbe.Kind.MISSING) {
            Because because = new Because(probe.toString(), subjects(facts));
            near.computeIfAbsent(because, _ -> new Near(clock.get(), probe, List.copyOf(facts)));
        }
    }

    /// The rules that nearly fired, in their order.
    List<Near> near() {
        return List.copyOf(near.values());
    }

    private static List<Subject> subjects(List<Fact> facts) {
        return facts.stream().map(Fact::subject).toList();
    }

    /// How often each rule fired that did.
    SortedMap<String, Integer> times() {
        return Collections.unmodifiableSortedMap(times);
    }

    SortedSet<RuleProbe> met() {
        return Collections.unmodifiableSortedSet(met);
    }

    /// The first firing of each rule because of each facts.
    List<Fired> all() {
        return List.copyOf(first.values());
    }

    /// The first firing of a rule because of any of these subjects.
    Optional<Fired> because(String rule, SortedSet<Subject> evidence) {
        List<Fired> found = new ArrayList<>();
        first.forEach((because, fired) -> {
            if (because.rule().equals(rule)
                    && because.subjects().stream()
                            .anyMatch(subject -> evidence.contains(subject))) {
                found.add(fired);
            }
        });
        return found.stream().findFirst();
    }
}
