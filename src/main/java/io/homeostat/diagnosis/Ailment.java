package io.homeostat.diagnosis;

import java.time.Instant;

/// Something that may ail a service.
sealed interface Ailment permits BelowDesired, CrashLoop, MissingOnNode, NeverStarts, UpdateStuck {
    /// Whether it shows at that instant.
    Finding find(Patient patient, Instant now);
}
