package io.homeostat.rules;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The names of one rule and their types, and what words there mean nothing.
final class Scope {
    private final RuleTree rule;
    private final Map<String, Type> names = new TreeMap<>();
    private final List<RuleFault> faults = new ArrayList<>();
    private final List<Use> uses = new ArrayList<>();

    /// Where a rule uses which field, constant or verb.
    record Use(Token at, AnnotatedElement declaration) {}

    Scope(RuleTree rule) {
        this.rule = rule;
    }

    List<RuleFault> faults() {
        return faults;
    }

    List<Use> uses() {
        return uses;
    }

    void name(String name, Type type) {
        if (!name.isEmpty()) {
            names.put(name, type);
        }
    }

    /// Looks up every word of a term.
    ///
    /// @param own the type whose fields stand there by themselves; null where there is none
    /// @return what the term gives; `Object` where that cannot be told
    Type check(Term term, @Nullable Class<?> own) {
        if (term instanceof Term.Path path) {
            return path(path, own);
        }
        if (term instanceof Term.Bound bound) {
            // A name may be used in the constraint that binds it only after it.
            Type type = check(bound.term(), own);
            name(bound.name(), bound.isPlain() ? type : quiet(bound.value(), own));
            return type;
        }
        term.parts().forEach(part -> check(part, own));
        return switch (term) {
            case Term.Literal literal when literal.value() != null -> literal.value().getClass();
            case Term.Comparison _, Term.Among _, Term.Not _ -> boolean.class;
            case Term.All _, Term.Any _ -> boolean.class;
            case Term.Literal _, Term.Path _, Term.Bound _, Term.Opaque _ -> Object.class;
        };
    }

    /// The type of what has been looked up already.
    private Type quiet(Term term, @Nullable Class<?> own) {
        int before = faults.size();
        int used = uses.size();
        Type type = check(term, own);
        faults.subList(before, faults.size()).clear();
        uses.subList(used, uses.size()).clear();
        return type;
    }

    private Type path(Term.Path path, @Nullable Class<?> own) {
        Term.Step first = path.first();
        List<Term.Step> rest = path.steps().subList(1, path.steps().size());
        first.arguments().forEach(argument -> check(argument, own));
        boolean isName = first.kind() == Term.Step.Kind.NAME;
        if (isName && names.containsKey(first.name())) {
            return members(names.get(first.name()), rest, own);
        }
        if (isName && first.name().equals("this")) {
            return members(own == null ? Object.class : own, rest, own);
        }
        Optional<Class<?>> type = Types.named(first.name());
        if (isName && type.isPresent() && !rest.isEmpty()) {
            return ofType(type.get(), rest, own);
        }
        if (first.kind() == Term.Step.Kind.CALL && Vocabulary.VERBS.contains(first.name())) {
            Optional<Method> verb =
                    Types.verbs(first.name())
                            .filter(each -> each.getParameterCount() == first.arguments().size())
                            .findFirst();
            verb.ifPresent(each -> uses.add(new Use(first.at(), each)));
            return members(verb.<Type>map(Method::getReturnType).orElse(Object.class), rest, own);
        }
        if (own == null || type.isPresent()) {
            rest.stream().flatMap(s -> s.arguments().stream()).forEach(part -> check(part, own));
            return Object.class;
        }
        return members(own, path.steps(), own);
    }

    private Type members(Type of, List<Term.Step> steps, @Nullable Class<?> own) {
        Type type = of;
        for (Term.Step step : steps) {
            step.arguments().forEach(argument -> check(argument, own));
            if (step.kind() == Term.Step.Kind.KEY) {
                type = Types.valueOf(type);
                continue;
            }
            Class<?> raw = Types.raw(type);
            Optional<Types.Member> member = Types.member(raw, step);
            if (member.isEmpty() && Types.isClosed(raw)) {
                unknown(raw, step, Types.fields(raw, step.kind() == Term.Step.Kind.CALL));
            }
            boolean isField = step.kind() == Term.Step.Kind.NAME;
            if (member.isPresent() && isField && own == null) {
                faults.add(
                        rule.error(
                                step.at(),
                                "After 'then', a field is read with parentheses: `%s()`."
                                        .formatted(step.name()),
                                ""));
            }
            member.ifPresent(found -> uses.add(new Use(step.at(), found.declaration())));
            type = member.map(Types.Member::type).orElse(Object.class);
        }
        return type;
    }

    private Type ofType(Class<?> type, List<Term.Step> steps, @Nullable Class<?> own) {
        Term.Step step = steps.getFirst();
        List<Term.Step> rest = steps.subList(1, steps.size());
        Optional<Class<?>> nested = Types.nested(type, step.name());
        if (nested.isPresent()) {
            return rest.isEmpty() ? Object.class : ofType(nested.get(), rest, own);
        }
        step.arguments().forEach(argument -> check(argument, own));
        Optional<Types.Member> member = Types.ofType(type, step);
        member.ifPresent(found -> uses.add(new Use(step.at(), found.declaration())));
        boolean isOurs = type.getName().startsWith("io.homeostat.");
        if (member.isEmpty() && isOurs) {
            unknown(type, step, Types.ofTypeNames(type));
        }
        return members(member.map(Types.Member::type).orElse(Object.class), rest, own);
    }

    private void unknown(Class<?> type, Term.Step step, SortedSet<String> known) {
        String word = step.kind() == Term.Step.Kind.CALL ? "method" : "field";
        String says = "%s has no %s `%s`".formatted(type.getSimpleName(), word, step.name());
        Optional<String> near =
                known.stream().filter(other -> Vocabulary.near(step.name(), other)).findFirst();
        if (near.isPresent()) {
            faults.add(rule.error(step.at(), says + "; did you mean `" + near.get() + "`?", ""));
        } else {
            String list = String.join(", ", new TreeSet<>(known));
            faults.add(rule.error(step.at(), says + ".", "It has " + list + "."));
        }
    }
}
