package io.homeostat.rules;

import io.homeostat.action.Verbs;
import io.homeostat.fact.ReplacedBy;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A field, constant or verb that has a better name by now.
final class DeprecatedNames implements Finding {
    /// @param name what to write instead
    record Replacement(String since, String name) {}

    private final Function<AnnotatedElement, Optional<Replacement>> replacements;

    DeprecatedNames() {
        this(DeprecatedNames::declared);
    }

    DeprecatedNames(Function<AnnotatedElement, Optional<Replacement>> replacements) {
        this.replacements = replacements;
    }

    @Override
    public String name() {
        return "deprecated";
    }

    @Override
    public Found in(List<RuleTree> rules) {
        List<RuleFault> faults = new ArrayList<>();
        for (RuleTree rule : rules) {
            for (Scope.Use use : TypeCheck.uses(rule)) {
                replacements
                        .apply(use.declaration())
                        .ifPresent(better -> faults.add(fault(rule, use, better)));
            }
        }
        return new Found(faults, 0);
    }

    private RuleFault fault(RuleTree rule, Scope.Use use, Replacement better) {
        Class<?> of = ((Member) use.declaration()).getDeclaringClass();
        String whose = of == Verbs.class ? "The verb" : of.getSimpleName() + "'s";
        return rule.warning(
                name(),
                use.at(),
                "%s `%s` is deprecated since %s.".formatted(whose, use.at().text(), better.since()),
                "Write `%s`.".formatted(better.name()));
    }

    private static Optional<Replacement> declared(AnnotatedElement declaration) {
        return Optional.ofNullable(declaration.getAnnotation(ReplacedBy.class))
                .map(better -> new Replacement(better.since(), better.value()));
    }
}
