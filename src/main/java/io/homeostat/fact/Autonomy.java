package io.homeostat.fact;

import java.util.Locale;
import java.util.Optional;

/// How far a rule may go by itself, from least to most.
public enum Autonomy {
    /// Nothing is done; what would have been done is recorded.
    SHADOW,
    /// A person is asked first.
    ASK,
    /// It is done.
    AUTO;

    /// The lesser of the two.
    public Autonomy least(Autonomy other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /// As it is written: `shadow`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The autonomy that a label, an annotation or a setting names; empty when it names none.
    public static Optional<Autonomy> named(String text) {
        for (Autonomy autonomy : values()) {
            if (autonomy.word().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(autonomy);
            }
        }
        return Optional.empty();
    }
}
