package io.homeostat.doctor;

import java.util.Comparator;

/// One thing that is wrong, and what to change.
///
/// @param ailment what it is, and why it matters
/// @param about what it is about
/// @param what what was seen, in a sentence
/// @param change the lines to write, of a stack file unless they say otherwise; several lines
///   without an indent of their own
/// @param certain false when what would settle it cannot be seen from here; [#what] says what
public record Finding(Ailment ailment, About about, String what, String change, boolean certain)
        implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::about)
                    .thenComparing(Finding::ailment)
                    .thenComparing(Finding::what);

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
