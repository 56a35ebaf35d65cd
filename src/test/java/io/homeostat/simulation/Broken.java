package io.homeostat.simulation;

/// An invariant does not hold. Its message is all that is needed to look at it again.
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String invariant;

    Broken(long seed, int step, String invariant, String what, String trace) {
        super(
                "seed %d, step %d: %s does not hold: %s%nWhat happened last:%n%s"
                        .formatted(seed, step, invariant, what, trace));
        this.invariant = invariant;
    }

    String invariant() {
        return invariant;
    }
}
