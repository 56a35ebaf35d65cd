package io.homeostat.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A pattern that is compared with the facts of another one in a way that the rule engine cannot
/// look up: each pair of facts is compared.
///
/// One `==` between a field and the other fact is enough: what is left to compare is few then.
final class SlowJoins implements Finding {
    private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=", "!=");

    @Override
    public String name() {
        return "slow-join";
    }

    @Override
    public Found in(List<RuleTree> rules) {
        List<RuleFault> faults = new ArrayList<>();
        int undecided = 0;
        for (RuleTree rule : rules) {
            boolean isDecided = true;
            for (Condition.Pattern pattern : rule.condition().patterns().toList()) {
                List<Term> joins = joins(pattern);
                boolean isLookedUp =
                        !pattern.isOfFacts()
                                || joins.stream().anyMatch(join -> isIndexed(join, pattern));
                for (Term join : isLookedUp ? List.<Term>of() : joins) {
                    if (isOrder(join)) {
                        isDecided = false;
                    } else {
                        faults.add(fault(rule, pattern, join));
                    }
                }
            }
            undecided += isDecided ? 0 : 1;
        }
        return new Found(faults, undecided);
    }

    private RuleFault fault(RuleTree rule, Condition.Pattern pattern, Term join) {
        return rule.warning(
                name(),
                join.at(),
                "`%s` cannot be looked up: each %s is compared with each fact before it."
                        .formatted(rule.constraint(join.at()), pattern.type()),
                "Compare a field by ==, as in name == $service.name, or take the service of the alert.");
    }

    /// The constraints that speak of other facts.
    private static List<Term> joins(Condition.Pattern pattern) {
        Set<String> own = new HashSet<>(Set.of(pattern.name()));
        pattern.constraints().stream()
                .flatMap(Term::all)
                .filter(Term.Bound.class::isInstance)
                .forEach(term -> own.add(((Term.Bound) term).name()));
        return pattern.constraints().stream()
                .flatMap(SlowJoins::conjuncts)
                .filter(term -> speaksOfOthers(term, own))
                .toList();
    }

    private static Stream<Term> conjuncts(Term term) {
        return switch (term) {
            case Term.All all -> all.terms().stream().flatMap(SlowJoins::conjuncts);
            case Term.Bound bound -> conjuncts(bound.term());
            case Term.Literal _, Term.Path _, Term.Comparison _, Term.Among _ -> Stream.of(term);
            case Term.Any _, Term.Not _, Term.Opaque _ -> Stream.of(term);
        };
    }

    private static boolean speaksOfOthers(Term term, Set<String> own) {
        return term.all()
                .anyMatch(part ->
                        part instanceof Term.Path path
                                && path.first().name().startsWith("$")
                                && !own.contains(path.first().name()));
    }

    private static boolean isIndexed(Term join, Condition.Pattern pattern) {
        if (!(join instanceof Term.Comparison comparison) || !comparison.operator().equals("==")) {
            return false;
        }
        return (isField(comparison.left(), pattern) && isElsewhere(comparison.right(), pattern))
                || (isField(comparison.right(), pattern)
                        && isElsewhere(comparison.left(), pattern));
    }

    private static boolean isField(Term term, Condition.Pattern pattern) {
        return term instanceof Term.Path && !speaksOfOthers(term, Set.of(pattern.name()));
    }

    /// Nothing in it is a field of the pattern itself.
    private static boolean isElsewhere(Term term, Condition.Pattern pattern) {
        return term instanceof Term.Path
                && term.all()
                        .allMatch(part ->
                                part instanceof Term.Literal
                                        || (part instanceof Term.Path path
                                                && path.first().name().startsWith("$")
                                                && !path.first().name().equals(pattern.name())));
    }

    /// The engine may look up an order, and nobody can look up what is different.
    private static boolean isOrder(Term join) {
        return join instanceof Term.Comparison comparison
                && ORDERS.contains(comparison.operator())
                && comparison.left() instanceof Term.Path
                && comparison.right() instanceof Term.Path;
    }
}
