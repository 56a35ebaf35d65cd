package io.homeostat.rules;

import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Looks up every word of a rule by the types of what it stands on.
final class TypeCheck {
    private final RuleTree rule;
    private final Scope scope;

    private TypeCheck(RuleTree rule) {
        this.rule = rule;
        this.scope = new Scope(rule);
    }

    /// What is not known there, in order.
    static List<RuleFault> of(RuleTree rule) {
        return List.copyOf(new TreeSet<>(scope(rule).faults()));
    }

    static List<Scope.Use> uses(RuleTree rule) {
        return List.copyOf(new LinkedHashSet<>(scope(rule).uses()));
    }

    private static Scope scope(RuleTree rule) {
        TypeCheck check = new TypeCheck(rule);
        check.condition(rule.condition());
        for (RuleTree.Statement statement : rule.statements()) {
            Type type = check.scope.check(statement.term(), null);
            check.scope.name(statement.local(), type);
        }
        return check.scope;
    }

    private void condition(Condition condition) {
        condition.parts().forEach(this::condition);
        switch (condition) {
            case Condition.Pattern pattern -> pattern(pattern);
            case Condition.Other other -> {
                other.terms().forEach(term -> scope.check(term, Object.class));
                other.names().forEach(name -> scope.name(name, Object.class));
            }
            case Condition.All _, Condition.Any _ -> {}
            case Condition.Absent _, Condition.Present _ -> {}
        }
    }

    private void pattern(Condition.Pattern pattern) {
        Optional<Class<?>> type = Types.named(pattern.type());
        Class<?> own = type.orElse(Object.class);
        scope.name(pattern.name(), own);
        pattern.constraints().forEach(term -> scope.check(term, own));
        if (type.isEmpty()) {
            rule.shape().when().stream()
                    .filter(token -> token.begin() >= pattern.begin())
                    .filter(token -> token.is(pattern.type()))
                    .findFirst()
                    .ifPresent(this::unknown);
        }
    }

    private void unknown(Token type) {
        String near =
                Vocabulary.like(type.text())
                        .map(word -> "Did you mean " + word + "?")
                        .orElse("Rules see the facts that the guide lists.");
        scope.faults().add(rule.error(type, "'" + type.text() + "' is not known to rules.", near));
    }
}
