package io.homeostat.rules;

import java.util.Comparator;

/// A part of a rule's conditions that can be met by itself, and where it is written.
///
/// @param rule the rule's name
/// @param file the rule's file, relative to the directory of rules
/// @param line from 1
/// @param column from 1
/// @param text the part as it is written, in one line
public record RuleProbe(Kind kind, String rule, String file, int line, int column, String text)
        implements Comparable<RuleProbe> {
    /// What it means that a probe is met.
    public enum Kind {
        /// Facts matched this pattern and all before it.
        PATTERN,
        /// All of the rule held but this condition.
        MISSING
    }

    private static final Comparator<RuleProbe> ORDER =
            Comparator.comparing(RuleProbe::file)
                    .thenComparingInt(RuleProbe::line)
                    .thenComparingInt(RuleProbe::column)
                    .thenComparing(RuleProbe::kind)
                    .thenComparing(RuleProbe::rule)
                    .thenComparing(RuleProbe::text);

    @Override
    public int compareTo(RuleProbe other) {
        return ORDER.compare(this, other);
    }
}
