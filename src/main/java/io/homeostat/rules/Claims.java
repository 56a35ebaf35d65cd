package io.homeostat.rules;

import io.homeostat.fact.Alert;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// What a constraint claims of a fact.
final class Claims {
    private final Case.Fact own;

    private record Given(@Nullable Object value) {}

    Claims(Case.Fact own) {
        this.own = own;
    }

    /// The cases with what a constraint claims as well; more of them where it has alternatives.
    List<Case> of(Term term, List<Case> before) {
        return of(term, true, before);
    }

    private List<Case> of(Term term, boolean holds, List<Case> before) {
        return switch (term) {
            case Term.All all -> several(all.terms(), holds, holds, before);
            case Term.Any any -> several(any.terms(), !holds, holds, before);
            case Term.Not not -> of(not.term(), !holds, before);
            case Term.Bound bound -> bound(bound, holds, before);
            case Term.Comparison comparison ->
                    each(before, now -> comparison(comparison, holds, now));
            case Term.Among among -> each(before, now -> among(among, holds, now));
            case Term.Path path ->
                    isRunning(path, before)
                            ? running(path, holds, before)
                            : each(before, now -> truth(path, holds, now));
            case Term.Literal literal ->
                    each(
                            before,
                            now -> {
                                if (literal.value() == null || literal.value().equals(!holds)) {
                                    now.claims().add(impossible(literal.at()));
                                }
                            });
            case Term.Opaque opaque ->
                    each(before, now -> now.claims().add(new Claim.Undecided(opaque.at())));
        };
    }

    private List<Case> several(
            List<Term> terms, boolean together, boolean holds, List<Case> before) {
        List<Case> now = together ? before : new ArrayList<>();
        for (Term term : terms) {
            if (together) {
                now = of(term, holds, now);
            } else {
                List<Case> copies = new ArrayList<>(before.stream().map(Case::copy).toList());
                now.addAll(of(term, holds, copies));
            }
        }
        return now;
    }

    private List<Case> bound(Term.Bound bound, boolean holds, List<Case> before) {
        boolean isPlain = bound.isPlain();
        List<Case> now = isPlain ? before : of(bound.term(), holds, before);
        for (Case each : now) {
            Optional<Case.Place> place = place(bound.value(), each);
            if (place.isPresent()) {
                each.names().put(bound.name(), place.get());
            } else {
                each.names().remove(bound.name());
            }
        }
        return now;
    }

    private static List<Case> each(List<Case> cases, Consumer<Case> claim) {
        cases.forEach(claim);
        return cases;
    }

    private void comparison(Term.Comparison comparison, boolean holds, Case now) {
        Token at = comparison.at();
        Optional<Case.Place> left = place(comparison.left(), now);
        Optional<Case.Place> right = place(comparison.right(), now);
        Optional<Given> leftValue = value(comparison.left());
        Optional<Given> rightValue = value(comparison.right());
        Claim.Order order = Claim.Order.of(comparison.operator());
        if (order != null && left.isPresent() && right.isPresent()) {
            related(left.get(), holds ? order : order.opposite(), right.get(), holds, now, at);
        } else if (order != null && left.isPresent() && rightValue.isPresent()) {
            valued(left.get(), order, rightValue.get().value(), holds, now, at);
        } else if (order != null && right.isPresent() && leftValue.isPresent()) {
            valued(right.get(), order.turned(), leftValue.get().value(), holds, now, at);
        } else {
            Optional<BiPredicate<String, String>> test = test(comparison.operator());
            boolean isTest = test.isPresent() && left.isPresent() && rightValue.isPresent();
            Object text = isTest ? rightValue.get().value() : null;
            boolean negated = comparison.operator().startsWith("not ");
            now.claims()
                    .add(
                            text instanceof String known
                                    ? fits(
                                            left.orElseThrow(),
                                            test.orElseThrow(),
                                            known,
                                            holds != negated,
                                            at)
                                    : new Claim.Undecided(at));
        }
    }

    private static void related(
            Case.Place left,
            Claim.Order order,
            Case.Place right,
            boolean holds,
            Case now,
            Token at) {
        boolean comparesNull = order == Claim.Order.SAME || order == Claim.Order.OTHER;
        boolean isSure = holds || (!left.isNullable() && !right.isNullable());
        now.claims()
                .add(
                        comparesNull || isSure
                                ? new Claim.Related(left.key(), order, right.key(), at)
                                : new Claim.Undecided(at));
        if (!comparesNull && holds) {
            now.claims().add(new Claim.Is(left.key(), null, false, at));
            now.claims().add(new Claim.Is(right.key(), null, false, at));
        }
    }

    private static void valued(
            Case.Place place,
            Claim.Order order,
            @Nullable Object value,
            boolean holds,
            Case now,
            Token at) {
        boolean isEqual = order == Claim.Order.SAME;
        if (isEqual || order == Claim.Order.OTHER) {
            Object fitting = value == null ? null : Values.fitting(place.raw(), value);
            now.claims()
                    .add(
                            value != null && fitting == null
                                    ? new Claim.Undecided(at)
                                    : derived(place, fitting, isEqual == holds, at));
        } else if (value instanceof BigDecimal number && Values.isNumber(place.raw())) {
            boolean isSure = holds || !place.isNullable();
            now.claims()
                    .add(
                            isSure
                                    ? new Claim.Limit(
                                            place.key(),
                                            holds ? order : order.opposite(),
                                            number,
                                            at)
                                    : new Claim.Undecided(at));
        } else {
            now.claims().add(new Claim.Undecided(at));
        }
    }

    private void among(Term.Among among, boolean holds, Case now) {
        Optional<Case.Place> place = place(among.subject(), now);
        Set<Object> values = new HashSet<>();
        boolean isKnown = place.isPresent();
        for (Term choice : among.choices()) {
            Object value = given(choice);
            Object fitting =
                    isKnown && value != null ? Values.fitting(place.get().raw(), value) : null;
            isKnown &= fitting != null;
            if (fitting != null) {
                values.add(fitting);
            }
        }
        now.claims()
                .add(
                        isKnown
                                ? new Claim.OneOf(
                                        place.orElseThrow().key(),
                                        Set.copyOf(values),
                                        holds != among.isNegated(),
                                        among.at())
                                : new Claim.Undecided(among.at()));
    }

    /// A field that is true or false, or a test of a text: `name.startsWith( "x" )`.
    private void truth(Term.Path path, boolean holds, Case now) {
        Optional<Case.Place> place = place(path, now);
        if (place.isPresent()) {
            boolean isTruth = place.get().raw() == boolean.class;
            now.claims()
                    .add(
                            isTruth
                                    ? derived(place.get(), true, holds, path.at())
                                    : new Claim.Undecided(path.at()));
            return;
        }
        Term.Step last = path.steps().getLast();
        boolean isCall = path.steps().size() > 1 && last.arguments().size() == 1;
        Optional<Case.Place> tested =
                isCall
                        ? place(
                                new Term.Path(
                                        path.steps().subList(0, path.steps().size() - 1),
                                        path.at()),
                                now)
                        : Optional.empty();
        Object text = isCall ? given(last.arguments().getFirst()) : null;
        Optional<BiPredicate<String, String>> test = test(last.name());
        now.claims()
                .add(
                        tested.isPresent()
                                        && text instanceof String known
                                        && test.isPresent()
                                        && tested.get().raw() == String.class
                                ? fits(tested.get(), test.get(), known, holds, path.at())
                                : new Claim.Undecided(path.at()));
    }

    private static Claim fits(
            Case.Place place,
            BiPredicate<String, String> test,
            String text,
            boolean holds,
            Token at) {
        return place.raw() == String.class
                ? new Claim.Fits(
                        place.key(),
                        value -> value instanceof String known && test.test(known, text) == holds,
                        !holds,
                        at)
                : new Claim.Undecided(at);
    }

    private static Optional<BiPredicate<String, String>> test(String operator) {
        return switch (operator) {
            case "matches", "not matches" -> Optional.of(Claims::matches);
            case "startsWith" -> Optional.of(String::startsWith);
            case "endsWith" -> Optional.of(String::endsWith);
            case "contains" -> Optional.of(String::contains);
            case "equals" -> Optional.of(String::equals);
            case "equalsIgnoreCase" -> Optional.of(String::equalsIgnoreCase);
            default -> Optional.empty();
        };
    }

    private static boolean matches(String text, String pattern) {
        try {
            return Pattern.matches(pattern, text);
        } catch (PatternSyntaxException unreadable) {
            // What cannot be read may hold: the rule engine says what is wrong with it.
            return true;
        }
    }

    /// Some fields say the same as another one; what is claimed of them is claimed of that.
    private static Claim derived(
            Case.Place place, @Nullable Object value, boolean holds, Token at) {
        String key = place.key();
        int dot = key.lastIndexOf('.');
        String field = key.substring(dot + 1);
        boolean isTruth = value instanceof Boolean;
        boolean wanted = Boolean.valueOf(holds).equals(value);
        String of = dot < 0 ? "" : key.substring(0, dot);
        return switch (isTruth ? field : "") {
            case "firing" -> new Claim.Is(of + ".status", Alert.Status.FIRING, wanted, at);
            case "seeing" -> new Claim.Is(of + ".sight", Watcher.Sight.SEEING, wanted, at);
            case "updating" ->
                    new Claim.OneOf(
                            of + ".update",
                            Set.of(Service.Update.UPDATING, Service.Update.ROLLBACK_STARTED),
                            wanted,
                            at);
            default -> new Claim.Is(key, value, holds, at);
        };
    }

    /// A task that runs and is meant to is so in two fields.
    private boolean isRunning(Term.Path path, List<Case> before) {
        return path.steps().getLast().name().equals("running")
                && before.stream()
                        .allMatch(now ->
                                place(path, now.copy())
                                        .filter(place -> place.raw() == boolean.class)
                                        .isPresent());
    }

    private List<Case> running(Term.Path path, boolean holds, List<Case> before) {
        List<Case> now = new ArrayList<>();
        for (Case each : before) {
            String key = place(path, each).orElseThrow().key();
            String of = key.substring(0, key.lastIndexOf('.'));
            for (String field : new TreeSet<>(Set.of(".state", ".desired"))) {
                Case more = holds ? each : each.copy();
                more.claims().add(new Claim.Is(of + field, Task.State.RUNNING, holds, path.at()));
                if (!holds) {
                    now.add(more);
                }
            }
            if (holds) {
                now.add(each);
            }
        }
        return now;
    }

    static Claim impossible(Token at) {
        return new Claim.OneOf("", Set.of(), true, at);
    }

    private Optional<Case.Place> place(Term term, Case now) {
        return term instanceof Term.Path path ? Places.of(path, now, own) : Optional.empty();
    }

    private static @Nullable Object given(Term term) {
        Optional<Given> given = value(term);
        return given.isPresent() ? given.get().value() : null;
    }

    /// A value that stands in the rule itself.
    private static Optional<Given> value(Term term) {
        return switch (term) {
            case Term.Literal literal -> Optional.of(new Given(literal.value()));
            case Term.Path path -> Values.constant(path).map(Given::new);
            case Term.Comparison _, Term.Among _, Term.All _, Term.Any _ -> Optional.empty();
            case Term.Not _, Term.Bound _, Term.Opaque _ -> Optional.empty();
        };
    }
}
