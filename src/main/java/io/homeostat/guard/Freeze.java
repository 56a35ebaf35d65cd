package io.homeostat.guard;

import java.time.Instant;

/// A person stops actions; eyes stay open.
///
/// @param id ours
/// @param scope what is stopped
/// @param value which one: the kind of action, the subject as text, or the rule's name; empty for
///   everything
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
        RULE
    }

    /// True when it stops this kind of action on this subject, wished by this rule.
    public boolean stops(String kind, String subject, String rule) {
        return switch (scope) {
            case EVERYTHING -> true;
            case KIND -> value.equals(kind);
            case SUBJECT -> value.equals(subject);
            case RULE -> value.equals(rule);
        };
    }

    public String text() {
        String what =
                switch (scope) {
                    case EVERYTHING -> "everything";
                    case KIND -> "every " + value;
                    case SUBJECT -> value;
                    case RULE -> "rule \"" + value + "\"";
                };
        return "%s is frozen by %s until %s: %s".formatted(what, by, until, why);
    }
}
