package io.homeostat.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What can be said of rules before they run: what keeps them from running, and what they will
/// hardly have been written for.
///
/// @param faults in order of their places
/// @param rules how many rules there are
/// @param undecided by finding, of how many rules it cannot tell; findings that decide all of them
///   are not named
public record RuleReview(List<RuleFault> faults, int rules, SortedMap<String, Integer> undecided) {
    public RuleReview {
        faults = List.copyOf(faults);
        undecided = Collections.unmodifiableSortedMap(new TreeMap<>(undecided));
    }

    /// Checks rules and compiles them.
    ///
    /// @param sources file names, relative to the directory of rules, and their texts
    /// @param reached the rules that scenarios made wish something; empty when none were played,
    ///   and then nothing is said about it
    public static RuleReview of(
            SortedMap<String, String> sources, Optional<SortedSet<String>> reached) {
        List<Finding> findings = new ArrayList<>(always());
        reached.ifPresent(names -> findings.add(new Untested(names)));
        return of(sources, findings);
    }

    private static List<Finding> always() {
        return List.of(
                new NeverFires(),
                new OpposedWishes(),
                new SlowJoins(),
                new Unowned(),
                new Unreasoned(),
                new DeprecatedNames());
    }

    static RuleReview of(SortedMap<String, String> sources, List<Finding> findings) {
        SortedSet<RuleFault> faults = new TreeSet<>(RuleCheck.check(sources));
        List<RuleTree> trees = new ArrayList<>();
        int rules = 0;
        for (String file : sources.keySet()) {
            FileShape shape = FileShape.of(Scan.of(file, sources.get(file)));
            Set<String> broken = shape.broken(faults);
            rules += shape.rules().size();
            for (RuleShape rule : shape.rules()) {
                if (!broken.contains(rule.name().unquoted())) {
                    TreeReader.read(shape, rule).tree().ifPresent(trees::add);
                }
            }
        }
        SortedMap<String, Integer> undecided = new TreeMap<>();
        for (Finding finding : findings) {
            Finding.Found found = finding.in(trees);
            faults.addAll(found.faults());
            if (found.undecided() > 0) {
                undecided.put(finding.name(), found.undecided());
            }
        }
        return new RuleReview(List.copyOf(faults), rules, undecided);
    }
}
