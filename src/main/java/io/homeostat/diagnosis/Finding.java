package io.homeostat.diagnosis;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one look for one ailment found.
///
/// @param symptom null when it does not show
/// @param nextChange when time alone may change that; null when only other facts can
record Finding(@Nullable Symptom symptom, @Nullable Instant nextChange) {
    static final Finding NOTHING = new Finding(null, null);

    static Finding notBefore(@Nullable Instant nextChange) {
        return new Finding(null, nextChange);
    }

    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }
}
