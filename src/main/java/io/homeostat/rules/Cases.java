package io.homeostat.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes a rule's conditions apart into the ways in which they can hold.
final class Cases {
    /// A rule with more alternatives is not decided.
    private static final int MOST = 64;

    private int facts;
    private boolean isTooMuch;

    private Cases() {}

    /// All ways in which a rule's conditions can hold; empty when they are too many to look at.
    static Optional<List<Case>> of(RuleTree rule) {
        Cases cases = new Cases();
        List<Case> all = cases.with(rule.condition(), List.of(new Case()));
        return cases.isTooMuch ? Optional.empty() : Optional.of(all);
    }

    private List<Case> with(Condition condition, List<Case> before) {
        return switch (condition) {
            case Condition.Pattern pattern -> pattern(pattern, before);
            case Condition.All all -> {
                List<Case> now = before;
                for (Condition each : all.conditions()) {
                    now = with(each, now);
                }
                yield now;
            }
            case Condition.Any any -> {
                List<Case> now = new ArrayList<>();
                for (Condition each : any.conditions()) {
                    now.addAll(with(each, copies(before)));
                }
                yield limited(now);
            }
            case Condition.Present present -> with(present.condition(), before);
            case Condition.Absent absent -> absent(absent, before);
            case Condition.Other _ -> undecided(condition, before);
        };
    }

    private List<Case> pattern(Condition.Pattern pattern, List<Case> before) {
        Class<?> type = Types.named(pattern.type()).orElse(Object.class);
        Case.Fact fact = new Case.Fact(String.valueOf(facts++), type, token(pattern));
        List<Case> now = before;
        if (!pattern.isOfFacts()) {
            now = undecided(pattern, now);
        }
        now.forEach(each -> {
            if (pattern.isOfFacts()) {
                each.facts().add(fact);
            }
            name(pattern.name(), fact, each);
        });
        for (Term constraint : pattern.constraints()) {
            now = limited(new Claims(fact).of(constraint, now));
        }
        return now;
    }

    private static void name(String name, Case.Fact fact, Case now) {
        if (!name.isEmpty()) {
            now.names().put(name, new Case.Place(fact.key(), fact.type(), false));
        }
    }

    /// Of one pattern and one way in which it holds, it is known what is not there.
    private List<Case> absent(Condition.Absent absent, List<Case> before) {
        boolean isPlain =
                absent.condition() instanceof Condition.Pattern pattern && pattern.isOfFacts();
        List<Case> now = new ArrayList<>();
        for (Case each : before) {
            Case more = each.copy();
            int known = more.claims().size();
            List<Case> inner = with(absent.condition(), List.of(more.copy()));
            boolean isOne = isPlain && inner.size() == 1 && inner.getFirst().isDecided();
            if (isOne) {
                Case only = inner.getFirst();
                List<Claim> claims = only.claims().subList(known, only.claims().size());
                more.places().putAll(only.places());
                more.absences()
                        .add(
                                new Case.Absence(
                                        only.facts().getLast(),
                                        List.copyOf(claims),
                                        token(absent)));
            } else {
                more.claims().add(new Claim.Undecided(token(absent)));
            }
            now.add(more);
        }
        return now;
    }

    private List<Case> undecided(Condition condition, List<Case> before) {
        before.forEach(each -> {
            each.claims().add(new Claim.Undecided(token(condition)));
            // What such a condition binds is not known either, and hides what has the same name.
            if (condition instanceof Condition.Other other) {
                other.names().forEach(each.names()::remove);
            }
        });
        return before;
    }

    private static Token token(Condition condition) {
        return new Token(Token.Kind.MARK, "", condition.begin(), condition.begin());
    }

    private static List<Case> copies(List<Case> cases) {
        return new ArrayList<>(cases.stream().map(Case::copy).toList());
    }

    private List<Case> limited(List<Case> cases) {
        isTooMuch |= cases.size() > MOST;
        return cases.size() > MOST ? new ArrayList<>(cases.subList(0, 1)) : cases;
    }
}
