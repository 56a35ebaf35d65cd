package io.homeostat.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Two rules that wish opposite things for one subject because of one and the same fact, or of
/// facts of different types that can be so together.
///
/// Two alerts that each ask for something else are no fault of the rules, so facts of one type are
/// taken to be one.
final class OpposedWishes implements Finding {
    private static final Set<Set<String>> OPPOSED =
            Set.of(Set.of("scaleUp", "scaleDown"), Set.of("drain", "activate"));

    /// They are put together from other fields.
    private static final Set<String> COMPOSED = Set.of("about", "headline", "subject");

    @Override
    public String name() {
        return "opposed-wishes";
    }

    @Override
    public Found in(List<RuleTree> rules) {
        List<RuleFault> faults = new ArrayList<>();
        Set<String> undecided = new TreeSet<>();
        for (int i = 0; i < rules.size(); i++) {
            for (int j = 0; j < i; j++) {
                compare(rules.get(j), rules.get(i), faults, undecided);
            }
        }
        return new Found(faults, undecided.size());
    }

    private void compare(
            RuleTree one, RuleTree other, List<RuleFault> faults, Set<String> undecided) {
        for (RuleTree.Wish wish : one.wishes()) {
            for (RuleTree.Wish opposite : other.wishes()) {
                if (!areOpposed(wish, opposite)) {
                    continue;
                }
                switch (canHold(one, wish, other, opposite)) {
                    case YES -> {
                        faults.add(fault(one, wish, other, opposite));
                        return;
                    }
                    case UNDECIDED -> undecided.add(other.name());
                    case NO -> {}
                }
            }
        }
    }

    private static boolean areOpposed(RuleTree.Wish one, RuleTree.Wish other) {
        boolean isNumber = one.verb().equals("scaleTo") && other.verb().equals("scaleTo");
        return OPPOSED.contains(Set.copyOf(List.of(one.verb(), other.verb())))
                || (isNumber
                        && one.arguments().getLast() instanceof Term.Literal(Object a, _)
                        && other.arguments().getLast() instanceof Term.Literal(Object b, _)
                        && a != null
                        && !a.equals(b));
    }

    private RuleFault fault(
            RuleTree one, RuleTree.Wish wish, RuleTree other, RuleTree.Wish opposite) {
        String message =
                "Rule \"%s\" wishes %s where rule \"%s\" (%s:%d) wishes %s for the same subject."
                        .formatted(
                                other.name(),
                                opposite.verb(),
                                one.name(),
                                one.file().scan().file(),
                                one.line(wish.at()),
                                wish.verb());
        return other.warning(
                name(), opposite.at(), message, "Add a condition that holds in one of them only.");
    }

    private enum Answer {
        YES,
        NO,
        UNDECIDED
    }

    private static Answer canHold(
            RuleTree one, RuleTree.Wish wish, RuleTree other, RuleTree.Wish opposite) {
        List<Case> some = Cases.of(one).orElse(List.of());
        List<Case> others = Cases.of(other).orElse(List.of());
        Answer answer = some.isEmpty() || others.isEmpty() ? Answer.UNDECIDED : Answer.NO;
        for (Case a : some) {
            for (Case b : others) {
                switch (canHold(a, wish, b, opposite)) {
                    case YES -> {
                        return Answer.YES;
                    }
                    case UNDECIDED -> answer = Answer.UNDECIDED;
                    case NO -> {}
                }
            }
        }
        return answer;
    }

    private static Answer canHold(Case a, RuleTree.Wish wish, Case b, RuleTree.Wish opposite) {
        Optional<Case.Place> subject = subject(wish, a);
        Optional<Case.Place> other = subject(opposite, b);
        if (subject.isEmpty() || other.isEmpty()) {
            return Answer.UNDECIDED;
        }
        Together together = new Together(a, b);
        together.sameSubject(subject.get().key(), other.get().key());
        Reasoning reasoning = together.reasoning();
        if (reasoning.contradiction().isPresent()) {
            return Answer.NO;
        }
        boolean isSimple =
                a.absences().isEmpty()
                        && b.absences().isEmpty()
                        && together.places.keySet().stream()
                                .map(key -> key.substring(key.lastIndexOf('.') + 1))
                                .noneMatch(COMPOSED::contains);
        return isSimple && reasoning.isSure() ? Answer.YES : Answer.UNDECIDED;
    }

    /// The name of a service, or the ID of a node.
    private static Optional<Case.Place> subject(RuleTree.Wish wish, Case now) {
        if (wish.arguments().isEmpty()
                || !(wish.arguments().getFirst() instanceof Term.Path path)) {
            return Optional.empty();
        }
        boolean isNode = Set.of("drain", "activate").contains(wish.verb());
        List<Term.Step> steps = new ArrayList<>(path.steps());
        String field = isNode ? "id" : "name";
        steps.add(new Term.Step(Term.Step.Kind.NAME, field, List.of(), path.at()));
        return Places.of(new Term.Path(steps, path.at()), now, null);
    }

    /// The facts of two rules beside each other.
    private static final class Together {
        private final Case one;
        private final Case other;
        private final Map<String, String> moved = new TreeMap<>();
        private final List<Claim> claims;
        private final Map<String, Case.Place> places;
        private final List<Case.Fact> facts;

        Together(Case one, Case other) {
            this.one = one;
            this.other = other;
            this.claims = new ArrayList<>(one.claims());
            this.places = new TreeMap<>(one.places());
            this.facts = new ArrayList<>(one.facts());
        }

        void sameSubject(String place, String otherPlace) {
            for (Case.Fact fact : other.facts()) {
                moved.put(fact.key(), "x" + fact.key());
            }
            Case.Fact first = of(place, one.facts());
            Case.Fact second = of(otherPlace, other.facts());
            if (first != null && second != null && first.type() == second.type()) {
                moved.put(second.key(), first.key());
            }
            other.claims().forEach(claim -> claims.add(claim.renamed(this::move)));
            other.places().forEach((key, value) -> places.putIfAbsent(move(key), value));
            for (Case.Fact fact : other.facts()) {
                facts.add(new Case.Fact(move(fact.key()), fact.type(), fact.at()));
            }
            Token at = new Token(Token.Kind.MARK, "", 0, 0);
            claims.add(new Claim.Related(place, Claim.Order.SAME, move(otherPlace), at));
        }

        Reasoning reasoning() {
            return new Reasoning(claims, places, facts);
        }

        private String move(String place) {
            int end = 0;
            while (end < place.length() && ".[".indexOf(place.charAt(end)) < 0) {
                end++;
            }
            String fact = place.substring(0, end);
            return moved.getOrDefault(fact, "x" + fact) + place.substring(end);
        }

        private static Case.@Nullable Fact of(String place, List<Case.Fact> facts) {
            return facts.stream()
                    .filter(fact -> !Case.moved(place, fact.key(), "").equals(place))
                    .findFirst()
                    .orElse(null);
        }
    }
}
