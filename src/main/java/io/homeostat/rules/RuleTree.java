package io.homeostat.rules;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A rule as the rule engine's own parser reads it, in types of ours.
///
/// @param file the file it is in
/// @param shape its tokens
/// @param condition everything after `when`
/// @param statements the terms after `then`
record RuleTree(FileShape file, RuleShape shape, Condition condition, List<Statement> statements) {
    /// @param local the name that it gives a value; empty when it gives none
    record Statement(String local, Term term) {}

    /// What a rule states: a verb and what it is called with.
    ///
    /// @param calls what is called on it: `because`, `ask`, `deny`
    record Wish(String verb, List<Term> arguments, Set<String> calls, Token at) {}

    String name() {
        return shape.name().unquoted();
    }

    List<Wish> wishes() {
        return statements.stream().flatMap(RuleTree::wishes).toList();
    }

    static Stream<Wish> wishes(Statement statement) {
        return statement.term().all().flatMap(RuleTree::wish);
    }

    private static Stream<Wish> wish(Term term) {
        if (!(term instanceof Term.Path path)
                || path.first().kind() != Term.Step.Kind.CALL
                || !Vocabulary.VERBS.contains(path.first().name())) {
            return Stream.empty();
        }
        Set<String> calls =
                path.steps().stream().map(Term.Step::name).collect(Collectors.toUnmodifiableSet());
        return Stream.of(new Wish(path.first().name(), path.first().arguments(), calls, path.at()));
    }

    RuleFault warning(String finding, Token at, String message, String advice) {
        return RuleFault.warning(
                finding, file.scan().file(), file.scan().place(at), message, advice);
    }

    RuleFault error(Token at, String message, String advice) {
        return RuleFault.error(file.scan().file(), file.scan().place(at), message, advice);
    }

    int line(Token at) {
        return file.scan().place(at).line();
    }

    /// The constraint that begins at a token, or the pattern that does, as it is written.
    String constraint(Token from) {
        int depth = 0;
        int end = from.begin();
        for (Token token : shape.when()) {
            if (token.begin() < from.begin()) {
                continue;
            }
            depth += token.is("(") || token.is("[") ? 1 : 0;
            depth -= token.is(")") || token.is("]") ? 1 : 0;
            boolean isOr = depth == 0 && token.is("|");
            if (depth < 0 || isOr || (depth == 0 && (token.is(",") || token.is("&")))) {
                break;
            }
            end = token.end();
            boolean isPattern = from.end() == from.begin();
            if (depth == 0 && token.is(")") && isPattern) {
                break;
            }
        }
        String text = file.scan().text().substring(from.begin(), end);
        return text.replaceAll("\\s+", " ").strip();
    }
}
