package io.homeostat.rules;

import java.util.List;
import java.util.stream.Stream;

/// A condition of a rule as the rule engine's own parser reads it.
sealed interface Condition {
    /// Where it begins: a character of the file.
    int begin();

    default List<Condition> parts() {
        return switch (this) {
            case Pattern pattern -> pattern.source();
            case All all -> all.conditions();
            case Any any -> any.conditions();
            case Absent absent -> List.of(absent.condition());
            case Present present -> List.of(present.condition());
            case Other other -> other.conditions();
        };
    }

    /// The patterns in it, also those within others.
    default Stream<Pattern> patterns() {
        Stream<Pattern> inner = parts().stream().flatMap(Condition::patterns);
        return this instanceof Pattern pattern ? Stream.concat(Stream.of(pattern), inner) : inner;
    }

    /// `$service : Service( … )`.
    ///
    /// @param type as it is written
    /// @param name what it is bound to; empty when to nothing
    /// @param source what it is taken from, in place of the facts; mostly nothing
    record Pattern(
            String type, String name, List<Term> constraints, List<Condition> source, int begin)
            implements Condition {
        boolean isOfFacts() {
            return source.isEmpty();
        }
    }

    record All(List<Condition> conditions, int begin) implements Condition {}

    record Any(List<Condition> conditions, int begin) implements Condition {}

    /// `not`.
    record Absent(Condition condition, int begin) implements Condition {}

    /// `exists`.
    record Present(Condition condition, int begin) implements Condition {}

    /// `forall`, `accumulate`, `collect`, `from`: what the check reads, but does not reckon with.
    ///
    /// @param names what it binds
    record Other(List<Condition> conditions, List<String> names, List<Term> terms, int begin)
            implements Condition {}
}
