package io.homeostat.simulation;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// All that is left to chance in a world. The same seed, the same luck.
final class Chance {
    private final RandomGenerator random;

    Chance(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// A stream beside that of the seed.
    static Chance apart(long seed) {
        return new Chance(~seed);
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /// A whole number; both ends may come.
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    Duration seconds(int least, int most) {
        return millis(least * 1_000, most * 1_000);
    }

    Duration millis(int least, int most) {
        return Duration.ofMillis(between(least, most));
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
