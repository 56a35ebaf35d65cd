package io.homeostat.simulation;

import org.jspecify.annotations.Nullable;

/// What came of one seed.
///
/// @param broken the invariant that did not hold; null when all did
record Life(
        long seed,
        int steps,
        String digest,
        Tally tally,
        Transitions transitions,
        @Nullable Broken broken) {
    /// How many steps a seed is lived for.
    static final int STEPS = 2_000;

    static Life of(long seed) {
        return of(seed, Sabotage.NONE);
    }

    static Life of(long seed, Sabotage sabotage) {
        try (World world = new World(seed, sabotage, Invariants::all)) {
            try {
                String digest = world.run(STEPS);
                return new Life(seed, world.steps(), digest, world.tally, world.transitions, null);
            } catch (Broken broken) {
                return new Life(
                        seed,
                        world.steps(),
                        world.digest(),
                        world.tally,
                        world.transitions,
                        broken);
            }
        }
    }
}
