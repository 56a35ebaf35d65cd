package io.homeostat.simulation;

import java.util.List;
import java.util.stream.LongStream;

/// Which seeds are lived through.
///
/// @param from the first
/// @param to the last
record Seeds(long from, long to) {
    /// Reads `FROM..TO`, or one seed alone.
    ///
    /// @throws IllegalArgumentException with a sentence for people
    static Seeds parse(String text) {
        if (!text.matches("[0-9]{1,18}(\\.\\.[0-9]{1,18})?")) {
            throw new IllegalArgumentException(
                    "homeostat.simulation.seeds is '%s'; write FROM..TO, as in 1..200, or one seed"
                            .formatted(text));
        }
        String[] ends = text.split("\\.\\.", -1);
        Seeds seeds = new Seeds(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
        if (seeds.to() < seeds.from()) {
            throw new IllegalArgumentException(
                    "homeostat.simulation.seeds is '%s'; the first must not be above the last"
                            .formatted(text));
        }
        return seeds;
    }

    List<Long> all() {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
