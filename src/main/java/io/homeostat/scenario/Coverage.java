package io.homeostat.scenario;

import io.homeostat.rules.RuleNotes;
import io.homeostat.rules.RuleProbe;
import io.homeostat.rules.Rulebook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// What scenarios show of a rulebook: the rules that fired, the patterns that facts matched, and
/// the conditions that alone held their rule back.
public final class Coverage {
    private final SortedMap<String, RuleNotes> rules;
    private final SortedSet<RuleProbe> probes;
    private final SortedSet<String> fired = new TreeSet<>();
    private final SortedSet<RuleProbe> met = new TreeSet<>();

    /// Something that no scenario shows.
    ///
    /// @param file relative to the directory of rules
    /// @param text the pattern or the condition; empty for a rule as a whole
    public record Gap(Kind kind, String rule, String file, int line, int column, String text) {
        /// `rule "scale up": no scenario …`
        public String sentence() {
            return switch (kind) {
                case RULE -> "rule \"%s\": fires in no scenario".formatted(rule);
                case PATTERN -> "rule \"%s\": no scenario reaches %s".formatted(rule, text);
                case BOUNDARY ->
                        "rule \"%s\": no scenario shows that it keeps still when all holds but %s"
                                .formatted(rule, text);
            };
        }
    }

    /// What a gap is about.
    public enum Kind {
        /// A rule that never fired.
        RULE,
        /// A pattern that no fact matched, the patterns before it included.
        PATTERN,
        /// A condition that was never the only one missing.
        BOUNDARY
    }

    /// @param rulebook with its probes, which the scenarios were played on
    public Coverage(Rulebook rulebook, Collection<ScenarioResult> results) {
        this.rules = rulebook.rules();
        this.probes = rulebook.probes();
        for (ScenarioResult result : results) {
            fired.addAll(result.fired());
            met.addAll(result.met());
        }
        fired.retainAll(rules.keySet());
        met.retainAll(probes);
    }

    /// The names of the rules that fired.
    public SortedSet<String> fired() {
        return Collections.unmodifiableSortedSet(fired);
    }

    /// The names of the rules that some scenario shows to keep still where a single condition does
    /// not hold.
    public SortedSet<String> heldBack() {
        SortedSet<String> heldBack = new TreeSet<>();
        for (RuleProbe probe : met) {
            if (probe.kind() == RuleProbe.Kind.MISSING) {
                heldBack.add(probe.rule());
            }
        }
        return heldBack;
    }

    /// What no scenario shows, by file and line. A rule that never fires is named once, and of its
    /// parts only the patterns: what would hold it back is of interest when something does not.
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        for (RuleNotes rule : rules.values()) {
            if (!fired.contains(rule.name())) {
                gaps.add(new Gap(Kind.RULE, rule.name(), rule.file(), rule.line(), 1, ""));
            }
        }
        for (RuleProbe probe : probes) {
            boolean isPattern = probe.kind() == RuleProbe.Kind.PATTERN;
            if (!met.contains(probe) && (isPattern || fired.contains(probe.rule()))) {
                gaps.add(
                        new Gap(
                                isPattern ? Kind.PATTERN : Kind.BOUNDARY,
                                probe.rule(),
                                probe.file(),
                                probe.line(),
                                probe.column(),
                                probe.text()));
            }
        }
        gaps.sort((one, other) -> {
            int byFile = one.file().compareTo(other.file());
            int byLine = byFile != 0 ? byFile : Integer.compare(one.line(), other.line());
            return byLine != 0 ? byLine : Integer.compare(one.column(), other.column());
        });
        return gaps;
    }

    public int rules() {
        return rules.size();
    }

    public int patterns() {
        return count(probes, RuleProbe.Kind.PATTERN);
    }

    public int patternsReached() {
        return count(met, RuleProbe.Kind.PATTERN);
    }

    /// The conditions whose absence alone can be shown.
    public int boundaries() {
        return count(probes, RuleProbe.Kind.MISSING);
    }

    public int boundariesShown() {
        return count(met, RuleProbe.Kind.MISSING);
    }

    private static int count(SortedSet<RuleProbe> probes, RuleProbe.Kind kind) {
        return (int) probes.stream().filter(probe -> probe.kind() == kind).count();
    }
}
