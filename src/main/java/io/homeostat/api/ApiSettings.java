package io.homeostat.api;

import java.time.Duration;
import java.util.List;

/// What the API has to know of the process it speaks for.
///
/// @param cluster the cluster's name
/// @param version Homeostat's own version
/// @param tokens the credentials of which one is wanted for every change; empty when Homeostat
///   listens on loopback only and is open there
/// @param protectReads true when looking wants credentials as well
/// @param aliveWithin how long the engine's loop may take to come round
public record ApiSettings(
        String cluster,
        String version,
        List<String> tokens,
        boolean protectReads,
        Duration aliveWithin) {
    public ApiSettings {
        tokens = List.copyOf(tokens);
    }

    /// Credentials never appear in logs.
    @Override
    public String toString() {
        return "ApiSettings[%s, %s, %d tokens]".formatted(cluster, version, tokens.size());
    }

    /// How much may be told by custom facts. What goes beyond is refused, and what was told stays.
    ///
    /// @param facts how many there may be at a time
    /// @param values how many values one may have
    /// @param length how many characters a value may have
    /// @param ttl the longest time to live
    public record FactBounds(int facts, int values, int length, Duration ttl) {
        public static final FactBounds DEFAULT = new FactBounds(1000, 50, 1000, Duration.ofDays(7));
    }
}
