package io.homeostat.rules;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A constraint or an expression of a rule, as far as the check understands it.
sealed interface Term {
    /// Where it begins.
    Token at();

    /// What it consists of.
    default List<Term> parts() {
        return switch (this) {
            case Literal _ -> List.of();
            case Path path ->
                    path.steps().stream().flatMap(step -> step.arguments().stream()).toList();
            case Comparison comparison -> List.of(comparison.left(), comparison.right());
            case Among among ->
                    Stream.concat(Stream.of(among.subject()), among.choices().stream()).toList();
            case All all -> all.terms();
            case Any any -> any.terms();
            case Not not -> List.of(not.term());
            case Bound bound -> List.of(bound.term());
            case Opaque opaque -> opaque.terms();
        };
    }

    /// Itself and everything in it.
    default Stream<Term> all() {
        return Stream.concat(Stream.of(this), parts().stream().flatMap(Term::all));
    }

    /// A text, a number (as `BigDecimal`), true, false or null.
    record Literal(@Nullable Object value, Token at) implements Term {}

    /// `service.labels["x"]`, `$alert.name()`, `Duration.ofMinutes( 5 )`: a first word and steps.
    record Path(List<Step> steps, Token at) implements Term {
        Step first() {
            return steps.getFirst();
        }

        boolean isWord() {
            return steps.size() == 1 && first().kind() == Step.Kind.NAME;
        }
    }

    /// @param name empty for a key
    /// @param arguments those of a call, or the one key
    record Step(Kind kind, String name, List<Term> arguments, Token at) {
        enum Kind {
            NAME,
            CALL,
            KEY
        }
    }

    /// Two sides with an operator between them: `==`, `<`, `matches`, `not matches` …
    record Comparison(Term left, String operator, Term right, Token at) implements Term {}

    /// `name in ( "a", "b" )`, or not.
    record Among(Term subject, boolean isNegated, List<Term> choices, Token at) implements Term {}

    record All(List<Term> terms, Token at) implements Term {}

    record Any(List<Term> terms, Token at) implements Term {}

    record Not(Term term, Token at) implements Term {}

    /// `$name : term`; of a comparison, its left side is bound.
    record Bound(String name, Term term, Token at) implements Term {
        Term value() {
            return term instanceof Comparison comparison ? comparison.left() : term;
        }

        /// True when it only names something, and compares it with nothing.
        boolean isPlain() {
            return !(term instanceof Comparison);
        }
    }

    /// What the check cannot read, or does not reckon with.
    record Opaque(List<Term> terms, Token at) implements Term {}
}
