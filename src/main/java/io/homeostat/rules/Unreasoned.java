package io.homeostat.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A wish that does not name the facts it rests on: its alert counts as unhandled, and people are
/// called although a rule cares for it.
final class Unreasoned implements Finding {
    private static final String BECAUSE = "because";

    /// These name them by themselves.
    private static final Set<String> REASONED = Set.of("escalate", Vocabulary.OBJECTION);

    @Override
    public String name() {
        return "no-reason";
    }

    @Override
    public Found in(List<RuleTree> rules) {
        List<RuleFault> faults = new ArrayList<>();
        for (RuleTree rule : rules) {
            Set<String> reasoned = reasonedLater(rule);
            for (RuleTree.Statement statement : rule.statements()) {
                if (!reasoned.contains(statement.local())) {
                    RuleTree.wishes(statement)
                            .filter(wish -> !REASONED.contains(wish.verb()))
                            .filter(wish -> !wish.calls().contains(BECAUSE))
                            .forEach(wish -> faults.add(fault(rule, wish)));
                }
            }
        }
        return new Found(faults, 0);
    }

    private RuleFault fault(RuleTree rule, RuleTree.Wish wish) {
        return rule.warning(
                name(),
                wish.at(),
                "Rule \"%s\" wishes %s without a reason.".formatted(rule.name(), wish.verb()),
                "Name the facts that it rests on: %s( … ).because( $alert )."
                        .formatted(wish.verb()));
    }

    /// Names of wishes to which the reason is added in a later statement.
    private static Set<String> reasonedLater(RuleTree rule) {
        Set<String> names = new TreeSet<>();
        for (RuleTree.Statement statement : rule.statements()) {
            statement
                    .term()
                    .all()
                    .forEach(term -> {
                        if (term instanceof Term.Path path
                                && path.steps().stream()
                                        .anyMatch(step -> step.name().equals(BECAUSE))) {
                            names.add(path.first().name());
                        }
                    });
        }
        return names;
    }
}
