package io.homeostat.incident;

import java.util.Locale;

/// How a firing alert is accounted for: there is always exactly one of these.
public enum Account {
    /// People were told, and it needs their answer.
    ESCALATED,
    /// A person was asked whether it may be done.
    ASKED,
    /// An action for it has no outcome yet.
    ACTING,
    /// A wish for it is held back for now, within people's patience.
    WAITING,
    /// A rule handles it, and what it wishes is already so.
    SATISFIED,
    /// Alertmanager silences or inhibits it.
    SUPPRESSED,
    /// A rule would have acted, had it been allowed to act by itself.
    SHADOWED,
    /// Nothing handles it, and nobody asked to hear of its like.
    OBSERVED,
    /// It is new, and its grace runs.
    NEW;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /// The account of that word.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Account of(String word) {
        for (Account account : values()) {
            if (account.word.equals(word)) {
                return account;
            }
        }
        throw new IllegalArgumentException("'%s' is no account of an alert".formatted(word));
    }

    /// True when an alert so accounted for is a symptom that keeps an incident open.
    public boolean isSymptom() {
        return switch (this) {
            case ESCALATED, ASKED, ACTING, WAITING, SHADOWED -> true;
            case SATISFIED, SUPPRESSED, OBSERVED, NEW -> false;
        };
    }
}
