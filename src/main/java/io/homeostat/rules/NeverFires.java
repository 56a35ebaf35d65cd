package io.homeostat.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A rule whose conditions contradict each other.
final class NeverFires implements Finding {
    @Override
    public String name() {
        return "never-fires";
    }

    @Override
    public Found in(List<RuleTree> rules) {
        List<RuleFault> faults = new ArrayList<>();
        int undecided = 0;
        for (RuleTree rule : rules) {
            Optional<List<Case>> cases = Cases.of(rule);
            Optional<RuleFault> fault =
                    cases.flatMap(NeverFires::contradiction)
                            .map(contradiction -> fault(rule, contradiction));
            fault.ifPresent(faults::add);
            boolean isDecided =
                    fault.isPresent()
                            || cases.filter(all -> all.stream().allMatch(Case::isDecided))
                                    .isPresent();
            undecided += isDecided ? 0 : 1;
        }
        return new Found(faults, undecided);
    }

    /// Of the first case, when no case can hold.
    private static Optional<Contradiction> contradiction(List<Case> cases) {
        Optional<Contradiction> first = Optional.empty();
        for (Case each : cases) {
            Optional<Contradiction> here = Reasoning.about(each).contradiction();
            if (here.isEmpty()) {
                here = Absences.contradiction(each);
            }
            if (here.isEmpty()) {
                return Optional.empty();
            }
            first = first.isPresent() ? first : here;
        }
        return first;
    }

    private RuleFault fault(RuleTree rule, Contradiction contradiction) {
        Token one = contradiction.one();
        Token other = contradiction.other();
        String said = rule.constraint(other);
        String message =
                one.begin() == other.begin()
                        ? "Rule \"%s\" can never fire: `%s` never holds."
                                .formatted(rule.name(), said)
                        : "Rule \"%s\" can never fire: `%s` contradicts `%s` in line %d."
                                .formatted(rule.name(), said, rule.constraint(one), rule.line(one));
        return rule.warning(name(), other, message, "Take one of them out, or write two rules.");
    }
}
