package io.homeostat.rules;

import io.homeostat.action.Intent;
import io.homeostat.fact.Subject;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Why rules wish something about a subject, or do not.
///
/// @param rules the rules that came near: those that wish first, then those whose conditions hold
///   furthest
/// @param others how many rules did not come near
public record Explanation(List<OfRule> rules, int others) {
    /// How one condition stands.
    public enum Standing {
        HOLDS,
        FAILS,
        /// It cannot be told: it rests on a condition that does not hold, or asking it threw.
        OPEN
    }

    public Explanation {
        rules = List.copyOf(rules);
    }

    /// What a rule wishes now.
    ///
    /// @param intent in words: `scale up service/web`
    /// @param because the subjects of the facts that it rests on
    public record Wished(String intent, Subject subject, SortedSet<Subject> because) {
        static Wished of(Intent intent) {
            return new Wished(intent.wish().text(), intent.wish().subject(), intent.evidence());
        }
    }

    /// One rule.
    ///
    /// @param file where it is written, from the directory of rules
    /// @param line where it begins there
    /// @param wishes what it wishes about the subject, or because of it
    /// @param elsewhere about what it wishes something else
    /// @param putAside what it threw when it was put aside; null while it is heard
    /// @param satisfied how many of its constraints hold
    /// @param constraints how many there are
    /// @param conditions in the order in which they are written
    public record OfRule(
            String name,
            String file,
            int line,
            List<Wished> wishes,
            List<String> elsewhere,
            @Nullable String putAside,
            int satisfied,
            int constraints,
            List<OfCondition> conditions) {
        public OfRule {
            wishes = List.copyOf(wishes);
            elsewhere = List.copyOf(elsewhere);
            conditions = List.copyOf(conditions);
        }

        public boolean isWishing() {
            return !wishes.isEmpty();
        }
    }

    /// One condition of a rule.
    ///
    /// @param text as it is written, in one line
    /// @param negated true when its facts stand in the way rather than match
    /// @param note what else is to be said; empty when nothing
    /// @param own how many facts of its kind have to do with the subject
    /// @param seen how many facts of its kind there are
    /// @param given the facts that it is asked with, for the variables that it uses
    /// @param matching how many facts were found that match
    /// @param matches the first of them; those in the way when it is negated
    /// @param nearest those that came furthest, when none matches
    public record OfCondition(
            String text,
            boolean negated,
            Standing standing,
            String note,
            int own,
            int seen,
            List<String> given,
            int matching,
            List<String> matches,
            List<Miss> nearest) {
        public OfCondition {
            given = List.copyOf(given);
            matches = List.copyOf(matches);
            nearest = List.copyOf(nearest);
        }
    }

    /// A fact that does not match.
    ///
    /// @param fact which
    /// @param own true when it has to do with the subject
    /// @param satisfied how many constraints hold for it, in their order
    /// @param constraint the one that does not
    /// @param found what that one looked at
    /// @param threw what asking it threw; empty when it was answered
    public record Miss(
            String fact,
            boolean own,
            int satisfied,
            String constraint,
            List<Value> found,
            String threw) {
        public Miss {
            found = List.copyOf(found);
        }
    }

    /// What an expression of a constraint is for a fact: `labels["scale"]` is `"up"`.
    public record Value(String expression, String value) {}
}
