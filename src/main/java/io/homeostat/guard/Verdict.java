package io.homeostat.guard;

import java.util.Locale;

/// What may become of a wish, from least to most strict: the verdict of the rail is the strictest
/// of its guards.
public enum Verdict {
    ALLOW,
    /// Recorded, not done.
    SHADOW,
    /// A person decides. People are asked only if nothing stricter objects.
    ASK,
    /// Not now: until an instant, or until something else has happened.
    WAIT,
    /// Not at all.
    DENY;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
