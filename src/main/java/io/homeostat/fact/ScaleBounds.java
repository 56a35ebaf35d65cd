package io.homeostat.fact;

import org.jspecify.annotations.Nullable;

/// Between how many replicas a service may be scaled, and by how many at a time.
///
/// @param min fewest replicas, at least 0; 1 when nothing is said
/// @param max most replicas; null when no readable maximum is given, and then nothing is scaled up
///   automatically
/// @param up replicas added by one step up, at least 1
/// @param down replicas taken away by one step down, at least 1
public record ScaleBounds(int min, @Nullable Integer max, int up, int down) {
    /// What holds for a service without labels.
    public static final ScaleBounds NONE = new ScaleBounds(1, null, 1, 1);

    public ScaleBounds {
        if (min < 0 || up < 1 || down < 1 || (max != null && max < min)) {
            throw new IllegalArgumentException(
                    "bounds must satisfy 0 <= min <= max and steps >= 1: min %s, max %s, up %s, down %s"
                            .formatted(min, max, up, down));
        }
    }
}
