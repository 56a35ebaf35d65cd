package io.homeostat.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A name that a rule gives to two things. The branches of an `or` may each give it.
///
/// The rule engine refuses it as well, without saying where.
final class UsedTwice {
    static final String NAME = "used-twice";

    private UsedTwice() {}

    static List<RuleFault> in(RuleTree rule) {
        List<RuleFault> faults = new ArrayList<>();
        names(rule, rule.condition(), new HashMap<>(), faults);
        return faults;
    }

    private static void names(
            RuleTree rule, Condition condition, Map<String, Token> known, List<RuleFault> faults) {
        switch (condition) {
            case Condition.Any any -> {
                Map<String, Token> all = new HashMap<>(known);
                for (Condition each : any.conditions()) {
                    Map<String, Token> branch = new HashMap<>(known);
                    names(rule, each, branch, faults);
                    all.putAll(branch);
                }
                known.putAll(all);
            }
            case Condition.Pattern pattern -> {
                pattern.source().forEach(source -> names(rule, source, known, faults));
                name(rule, pattern.name(), pattern.begin(), known, faults);
                pattern.constraints().stream()
                        .flatMap(Term::all)
                        .filter(Term.Bound.class::isInstance)
                        .map(Term.Bound.class::cast)
                        .forEach(bound ->
                                name(rule, bound.name(), bound.at().begin(), known, faults));
            }
            case Condition.All _, Condition.Other _ ->
                    condition.parts().forEach(each -> names(rule, each, known, faults));
            // What is bound within is known only there.
            case Condition.Absent _, Condition.Present _ -> {
                Map<String, Token> inner = new HashMap<>(known);
                condition.parts().forEach(each -> names(rule, each, inner, faults));
            }
        }
    }

    private static void name(
            RuleTree rule,
            String name,
            int begin,
            Map<String, Token> known,
            List<RuleFault> faults) {
        Optional<Token> token =
                rule.shape().when().stream()
                        .filter(each -> each.begin() >= begin && each.is(name))
                        .findFirst();
        if (name.isEmpty() || token.isEmpty()) {
            return;
        }
        Token before = known.putIfAbsent(name, token.get());
        if (before != null) {
            faults.add(
                    rule.error(
                                    token.get(),
                                    "'%s' names something in line %d already."
                                            .formatted(name, rule.line(before)),
                                    "Give each its own name.")
                            .found(NAME));
        }
    }
}
