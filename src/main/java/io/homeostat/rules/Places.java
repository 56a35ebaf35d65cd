package io.homeostat.rules;

import java.lang.reflect.Type;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives each field one name, however it is written: `service.name`, `$alert.service().name()` and
/// `$service.name`; `labels["x"]`, `label( "x" )` and `labels.get( "x" )`.
final class Places {
    private Places() {}

    /// The place that a path leads to; empty when the check does not reckon with it. What is read
    /// on the way there must not be null, and that is claimed.
    ///
    /// @param own the fact whose fields stand by themselves; null where there is none
    static Optional<Case.Place> of(Term.Path path, Case now, Case.@Nullable Fact own) {
        Term.Step first = path.first();
        Case.Place named = now.names().get(first.name());
        List<Term.Step> steps = path.steps();
        Case.Place begin;
        if (first.kind() == Term.Step.Kind.NAME && named != null) {
            begin = named;
            steps = steps.subList(1, steps.size());
        } else if (own == null || Types.named(first.name()).isPresent()) {
            return Optional.empty();
        } else {
            begin = new Case.Place(own.key(), own.type(), false);
            boolean isItself = first.kind() == Term.Step.Kind.NAME && first.name().equals("this");
            steps = isItself ? steps.subList(1, steps.size()) : steps;
        }
        return along(begin, steps, now, path.at());
    }

    private static Optional<Case.Place> along(
            Case.Place begin, List<Term.Step> steps, Case now, Token at) {
        Case.Place place = begin;
        for (Term.Step step : steps) {
            Optional<Case.Place> next = next(place, step);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            if (place.isNullable()) {
                now.claims().add(new Claim.Is(place.key(), null, false, at));
                now.places().put(place.key(), place);
            }
            place = next.get();
        }
        now.places().put(place.key(), place);
        return Optional.of(place);
    }

    private static Optional<Case.Place> next(Case.Place place, Term.Step step) {
        Optional<String> key = key(step);
        if (step.kind() == Term.Step.Kind.KEY) {
            return key.map(text -> entry(place, text));
        }
        if (step.name().equals("get") && key.isPresent() && step.arguments().size() == 1) {
            return Optional.of(entry(place, key.get()));
        }
        if (step.name().equals("label") && key.isPresent()) {
            Term.Step labels = new Term.Step(Term.Step.Kind.NAME, "labels", List.of(), step.at());
            return next(place, labels).map(map -> entry(map, key.get()));
        }
        if (!step.arguments().isEmpty()) {
            return Optional.empty();
        }
        return isReckonedWith(place.raw())
                ? Types.member(place.raw(), step).map(member -> field(place, member))
                : Optional.empty();
    }

    /// What a text or an instant gives depends on its value, in ways that the check does not know.
    private static boolean isReckonedWith(Class<?> type) {
        return !type.isEnum()
                && type != String.class
                && !TemporalAccessor.class.isAssignableFrom(type)
                && !TemporalAmount.class.isAssignableFrom(type);
    }

    private static Optional<String> key(Term.Step step) {
        return step.arguments().size() == 1
                        && step.arguments().getFirst() instanceof Term.Literal literal
                        && literal.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Case.Place entry(Case.Place map, String key) {
        return new Case.Place(map.key() + "[" + key + "]", Types.valueOf(map.type()), true);
    }

    private static Case.Place field(Case.Place of, Types.Member member) {
        Type type = member.type();
        return new Case.Place(of.key() + "." + member.name(), type, member.isNullable());
    }
}
