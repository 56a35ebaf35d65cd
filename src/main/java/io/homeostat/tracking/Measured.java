package io.homeostat.tracking;

import org.jspecify.annotations.Nullable;

/// What one look at a metric said.
///
/// @param value the number; null when there is none, which is not 0
/// @param trouble why there is none, in a sentence without a full stop; empty when there is one
public record Measured(@Nullable Double value, String trouble) {
    /// The number that was seen. One that is no number, infinite or negative says nothing of a
    /// load.
    public static Measured of(double value) {
        return Double.isFinite(value) && value >= 0
                ? new Measured(value, "")
                : nothing("the answer is " + value);
    }

    /// There was none.
    public static Measured nothing(String trouble) {
        return new Measured(null, trouble);
    }
}
