package io.homeostat.action;

import java.util.Comparator;

/// What an operator's own rule has against a wish, as long as the facts that made it fire stand.
///
/// @param rule the rule that objects
/// @param about what it objects to: the text of a rule's wish, or the subject of a request
/// @param strength what it makes of the wish
/// @param reason why, in the operator's words
public record PolicyObjection(String rule, String about, Strength strength, String reason)
        implements Comparable<PolicyObjection> {
    /// What an objection makes of a wish, from least to most.
    public enum Strength {
        /// A person decides.
        ASK,
        /// Not as long as the objection stands.
        WAIT,
        /// Not at all.
        DENY
    }

    private static final Comparator<PolicyObjection> ORDER =
            Comparator.comparing(PolicyObjection::about)
                    .thenComparing(PolicyObjection::rule)
                    .thenComparing(PolicyObjection::strength)
                    .thenComparing(PolicyObjection::reason);

    /// The same, but a person may decide otherwise; in rules: `objection( $intent, "…" ).ask()`.
    public PolicyObjection ask() {
        return new PolicyObjection(rule, about, Strength.ASK, reason);
    }

    /// The same, but for good; in rules: `objection( $intent, "…" ).deny()`.
    public PolicyObjection deny() {
        return new PolicyObjection(rule, about, Strength.DENY, reason);
    }

    @Override
    public int compareTo(PolicyObjection other) {
        return ORDER.compare(this, other);
    }
}
