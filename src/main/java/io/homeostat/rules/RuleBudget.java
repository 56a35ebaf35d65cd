package io.homeostat.rules;

/// What the rules of a rulebook may do in one consultation. Whoever goes beyond is stopped, named
/// and put aside, so that rules without an end or without measure take nobody else down.
///
/// @param firings so many rules may fire in one consultation. A rebuilt session fires once for
///   every standing match, so this has to be far above those
/// @param wishes so many wishes and objections may stand; equal ones are one. Beyond that rules
///   wish for every pair of facts, and would fill the memory
public record RuleBudget(int firings, int wishes) {
    public static final RuleBudget DEFAULT = new RuleBudget(1_000_000, 100_000);

    public RuleBudget {
        if (firings < 1 || wishes < 1) {
            throw new IllegalArgumentException(
                    "rules need room for a firing and a wish: %d, %d".formatted(firings, wishes));
        }
    }
}
