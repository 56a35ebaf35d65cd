package io.homeostat.api;

import java.time.Duration;

/// How much may be told by custom facts. What goes beyond is refused, and what was told stays.
///
/// @param facts how many there may be at a time
/// @param values how many values one may have
/// @param length how many characters a value may have
/// @param ttl the longest time to live
public record FactBounds(int facts, int values, int length, Duration ttl) {
    public static final FactBounds DEFAULT = new FactBounds(1000, 50, 1000, Duration.ofDays(7));
}
