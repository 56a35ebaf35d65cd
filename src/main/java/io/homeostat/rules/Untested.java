package io.homeostat.rules;

import java.util.List;
import java.util.Set;

/// A rule that no scenario reaches.
final class Untested implements Finding {
    private final Set<String> reached;

    /// @param reached the names of the rules that scenarios made wish something
    Untested(Set<String> reached) {
        this.reached = reached;
    }

    @Override
    public String name() {
        return "no-scenario";
    }

    @Override
    public Found in(List<RuleTree> rules) {
        List<RuleFault> faults =
                rules.stream()
                        .filter(rule -> !reached.contains(rule.name()))
                        .map(rule ->
                                rule.warning(
                                        name(),
                                        rule.shape().name(),
                                        "No scenario makes rule \"%s\" wish anything."
                                                .formatted(rule.name()),
                                        "Write one for what it wants, and one for what it must not do."))
                        .toList();
        return new Found(faults, 0);
    }
}
