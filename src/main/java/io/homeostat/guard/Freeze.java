package io.homeostat.guard;

import io.homeostat.action.Undertaking;
import java.time.Instant;

/// A person stops actions; eyes stay open.
///
/// @param id ours
/// @param scope what is stopped
/// @param value which one: the kind of action, the subject as text, the rule's name, or the subject
///   and the rule with a blank between; empty for everything
/// @param by who stops it
/// @param why the reason given
/// @param at when it began
/// @param until when it ends by itself
public record Freeze(
        String id, Scope scope, String value, String by, String why, Instant at, Instant until) {
    /// What a freeze stops.
    public enum Scope {
        EVERYTHING,
        KIND,
        SUBJECT,
        RULE,
        /// One rule on one subject.
        RULE_ON_SUBJECT
    }

    /// The value of a freeze of one rule on one subject.
    public static String ruleOn(String subject, String rule) {
        return subject + " " + rule;
    }

    /// True when it stops this kind of action on this subject, wished by this rule.
    public boolean stops(String kind, String subject, String rule) {
        return switch (scope) {
            case EVERYTHING -> true;
            case KIND -> value.equals(kind);
            case SUBJECT -> value.equals(subject);
            case RULE -> value.equals(rule);
            case RULE_ON_SUBJECT -> value.equals(ruleOn(subject, rule));
        };
    }

    /// True when it stops this action, had it not begun.
    public boolean stops(Undertaking undertaking) {
        String kind = undertaking.action().kind();
        String subject = undertaking.subject().toString();
        for (String rule : undertaking.rule().split(", ", -1)) {
            if (stops(kind, subject, rule)) {
                return true;
            }
        }
        return false;
    }

    /// The subject that it is about, as text; empty when it is about none alone.
    public String subject() {
        return switch (scope) {
            case SUBJECT -> value;
            case RULE_ON_SUBJECT -> value.substring(0, value.indexOf(' '));
            case EVERYTHING, KIND, RULE -> "";
        };
    }

    public String text() {
        String what =
                switch (scope) {
                    case EVERYTHING -> "everything";
                    case KIND -> "every " + value;
                    case SUBJECT -> value;
                    case RULE -> "rule \"" + value + "\"";
                    case RULE_ON_SUBJECT ->
                            "rule \"%s\" on %s"
                                    .formatted(value.substring(value.indexOf(' ') + 1), subject());
                };
        return "%s is frozen by %s until %s: %s".formatted(what, by, until, why);
    }
}
