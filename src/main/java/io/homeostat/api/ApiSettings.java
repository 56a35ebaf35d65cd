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
}
