package io.homeostat.rules;

import java.util.List;
import java.util.SortedSet;

/// One of a rule's conditions as it is written, and what of it can be asked by itself.
///
/// @param text as it stands in the file
/// @param binding the variable that holds its fact; empty when it has none
/// @param type the kind of fact; empty when it cannot be taken apart
/// @param constraints in their order; none when it cannot be taken apart
/// @param binds the variables that later conditions may use
/// @param uses the variables of earlier conditions that it uses
record Premise(
        Kind kind,
        String text,
        String binding,
        String type,
        List<Constraint> constraints,
        SortedSet<String> binds,
        SortedSet<String> uses) {
    /// How it is asked.
    enum Kind {
        /// There is such a fact: `Alert( … )`.
        PATTERN,
        /// The same, without naming it.
        EXISTS,
        /// There is no such fact.
        NOT,
        /// Anything else: it holds or it does not.
        WHOLE
    }

    /// One constraint of a pattern.
    ///
    /// @param text as it is written, bindings included
    /// @param restricts false when it only binds a variable
    /// @param values what it compares, to be shown where it fails
    record Constraint(String text, boolean restricts, List<String> values) {}

    Premise {
        constraints = List.copyOf(constraints);
    }

    /// The texts of the first constraints.
    List<String> first(int count) {
        return constraints.subList(0, count).stream().map(Constraint::text).toList();
    }

    /// The constraints that can fail, of the first so many.
    int restricting(int count) {
        return (int) constraints.subList(0, count).stream().filter(Constraint::restricts).count();
    }

    /// True when it lets later conditions use its fact.
    boolean isPattern() {
        return kind == Kind.PATTERN;
    }
}
