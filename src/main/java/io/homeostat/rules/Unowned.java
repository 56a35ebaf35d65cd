package io.homeostat.rules;

import java.util.List;

/// A rule that does not say who looks after it.
final class Unowned implements Finding {
    @Override
    public String name() {
        return "no-owner";
    }

    @Override
    public Found in(List<RuleTree> rules) {
        List<RuleFault> faults =
                rules.stream()
                        .filter(rule ->
                                rule.shape().notes().stream()
                                        .noneMatch(note -> note.word().is("owner")))
                        .map(rule ->
                                rule.warning(
                                        name(),
                                        rule.shape().name(),
                                        "Rule \"%s\" has no owner.".formatted(rule.name()),
                                        "Say who looks after it: @owner( \"platform\" )."))
                        .toList();
        return new Found(faults, 0);
    }
}
