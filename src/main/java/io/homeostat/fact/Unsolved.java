package io.homeostat.fact;

import java.time.Instant;

/// A firing alert that nobody and nothing takes care of, so that people must hear of it.
///
/// The engine states it; *that* it is told is not for rules to decide, only where, how urgently and
/// in which words.
///
/// @param alert what fires
/// @param cause why it comes to people
/// @param detail the cause in a sentence, with its numbers
/// @param since when it became so
public record Unsolved(Alert alert, Cause cause, String detail, Instant since) implements Fact {
    /// Why an alert comes to people.
    public enum Cause {
        /// No rule wants anything for it.
        NO_RULE,
        /// A rule wants more, and there is no more to be had: the service is at its maximum.
        AT_MAXIMUM,
        /// What a rule wants has been held back for longer than people's patience.
        WAITED_TOO_LONG,
        /// A rule wants something that a person has to decide on.
        ASKED,
        /// What a rule wants is refused by a guard.
        REFUSED,
        /// An action was tried and did not help.
        NOT_HEALED,
        /// Whether an action arrived cannot be told.
        UNKNOWN_OUTCOME,
        /// Nobody confirmed the alert for a long time, so no rule may act on it.
        UNCONFIRMED
    }

    @Override
    public Subject subject() {
        return alert.subject();
    }
}
