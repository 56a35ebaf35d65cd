package io.homeostat.rules;

import io.homeostat.fact.Sorted;
import java.util.SortedSet;

/// A rule threw while it was consulted. The session is of no use any more: build a new one with the
/// rule put aside.
public final class RuleThrew extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SortedSet<String> rules;

    RuleThrew(SortedSet<String> rules, String message, Throwable cause) {
        super(message, cause);
        this.rules = Sorted.copy(rules);
    }

    /// The rule that threw; the first by name when several share the condition that did.
    public String rule() {
        return rules.first();
    }

    /// All rules that share the condition that threw; mostly one.
    public SortedSet<String> rules() {
        return rules;
    }
}
