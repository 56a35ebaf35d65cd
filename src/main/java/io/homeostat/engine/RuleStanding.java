package io.homeostat.engine;

import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What came of one version of a rule, for everybody who looks.
///
/// @param version the beginning of the SHA-256 of what the rule says
/// @param matched how often it fired
/// @param wished how often it began to wish something
/// @param decisions how often that was decided so, by verdict
/// @param outcomes how its actions ended
/// @param firstAt when this version was first heard of
/// @param lastFired when it fired last; null when it never did
/// @param minutesSaved what people took on average for such alerts as it healed, less what it took;
///   null where our history does not know how long people take
public record RuleStanding(
        String rule,
        String version,
        long matched,
        long wished,
        SortedMap<String, Long> decisions,
        SortedMap<String, Long> outcomes,
        Instant firstAt,
        @Nullable Instant lastFired,
        @Nullable Long minutesSaved) {}
