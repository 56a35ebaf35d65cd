package io.homeostat.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads tokens as a term. What it cannot read is opaque, never guessed.
final class TermReader {
    private static final Set<String> WORD_OPERATORS =
            Set.of("matches", "contains", "excludes", "memberOf", "instanceof");

    private static final Set<String> ORDERS = Set.of("<", ">");
    private static final Set<String> CALCULATIONS = Set.of("+", "-", "*", "/", "%");

    private final List<Token> tokens;
    private int at;

    /// Set where something stands that has no place there.
    private boolean isLost;

    private @Nullable Term subject;

    private TermReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    /// @param tokens at least one
    static Term read(List<Token> tokens) {
        TermReader reader = new TermReader(tokens);
        Term term = reader.any();
        boolean whole = !reader.isLost && reader.at == tokens.size();
        return whole ? term : new Term.Opaque(List.of(), tokens.getFirst());
    }

    private Term any() {
        Token first = here();
        List<Term> terms = new ArrayList<>(List.of(all()));
        while (take("|", "|")) {
            terms.add(all());
        }
        return terms.size() == 1 ? terms.getFirst() : new Term.Any(List.copyOf(terms), first);
    }

    private Term all() {
        Token first = here();
        List<Term> terms = new ArrayList<>(List.of(negation()));
        while (take("&", "&")) {
            terms.add(negation());
        }
        return terms.size() == 1 ? terms.getFirst() : new Term.All(List.copyOf(terms), first);
    }

    private Term negation() {
        Token first = here();
        if (first.is("!") && !after("=")) {
            at++;
            return new Term.Not(negation(), first);
        }
        if (first.is("not")) {
            at++;
            return new Term.Not(negation(), first);
        }
        return bound();
    }

    private Term bound() {
        Token first = here();
        if (first.isWord() && after(":") && !(at + 2 < tokens.size() && is(at + 2, ":"))) {
            at += 2;
            return new Term.Bound(first.text(), comparison(), first);
        }
        return comparison();
    }

    /// After `replicas > 1 &&` may stand `< 5`: the left side is the one before.
    private Term comparison() {
        Token first = here();
        Term left = subject != null && isOperator() ? subject : sum();
        boolean isNegated = here().begin() > first.begin() && here().is("not");
        at += isNegated ? 1 : 0;
        if (here().is("in")) {
            at++;
            return new Term.Among(left, isNegated, list(), first);
        }
        String operator = operator();
        if (operator.isEmpty()) {
            isLost |= isNegated;
            return left;
        }
        subject = left;
        Term right = sum();
        return new Term.Comparison(left, isNegated ? "not " + operator : operator, right, first);
    }

    private boolean isOperator() {
        return ORDERS.contains(here().text())
                || (here().is("=") && after("="))
                || (here().is("!") && after("="));
    }

    private String operator() {
        if (here().isWord() && WORD_OPERATORS.contains(here().text())) {
            return tokens.get(at++).text();
        }
        if (take("=", "=")) {
            return "==";
        }
        if (take("!", "=")) {
            return "!=";
        }
        if (here().kind() == Token.Kind.MARK && ORDERS.contains(here().text())) {
            String order = tokens.get(at++).text();
            if (here().is("=")) {
                at++;
                return order + "=";
            }
            return order;
        }
        return "";
    }

    private List<Term> list() {
        List<Term> terms = new ArrayList<>();
        expect("(");
        while (!isLost && !here().is(")")) {
            terms.add(any());
            if (!here().is(")")) {
                expect(",");
            }
        }
        expect(")");
        return List.copyOf(terms);
    }

    private Term sum() {
        Token first = here();
        List<Term> terms = new ArrayList<>(List.of(operand()));
        while (here().kind() == Token.Kind.MARK && CALCULATIONS.contains(here().text())) {
            at++;
            terms.add(operand());
        }
        return terms.size() == 1 ? terms.getFirst() : new Term.Opaque(List.copyOf(terms), first);
    }

    private Term operand() {
        Token first = here();
        if (first.is("-") && at + 1 < tokens.size()) {
            at++;
            Term positive = operand();
            return positive instanceof Term.Literal(BigDecimal number, _)
                    ? new Term.Literal(number.negate(), first)
                    : new Term.Opaque(List.of(positive), first);
        }
        if (first.is("(")) {
            at++;
            Term inner = any();
            expect(")");
            return here().is(".") ? opaque(inner, first) : inner;
        }
        return switch (first.kind()) {
            case STRING -> text(first);
            case NUMBER -> number(first);
            case WORD -> word(first);
            case MARK -> lost(first);
        };
    }

    private Term text(Token token) {
        at++;
        Term text = new Term.Literal(unescaped(token.unquoted()), token);
        return here().is(".") ? opaque(text, token) : text;
    }

    private Term number(Token token) {
        at++;
        String digits = token.text().replaceAll("[LlDd]$", "");
        return digits.matches("[0-9.]+")
                ? new Term.Literal(new BigDecimal(digits), token)
                : lost(token);
    }

    private Term word(Token token) {
        if (Set.of("true", "false", "null").contains(token.text())) {
            at++;
            return new Term.Literal(token.is("null") ? null : token.is("true"), token);
        }
        List<Term.Step> steps = new ArrayList<>(List.of(step(token)));
        while (!isLost && (here().is(".") || here().is("[") || nullSafe())) {
            if (here().is("[")) {
                Token bracket = tokens.get(at++);
                Term key = any();
                expect("]");
                steps.add(new Term.Step(Term.Step.Kind.KEY, "", List.of(key), bracket));
            } else {
                at += here().is("!") ? 2 : 1;
                steps.add(step(here()));
            }
        }
        return new Term.Path(List.copyOf(steps), token);
    }

    private boolean nullSafe() {
        return here().is("!") && after(".");
    }

    private Term.Step step(Token token) {
        isLost |= !token.isWord();
        at++;
        return here().is("(") && !isLost
                ? new Term.Step(Term.Step.Kind.CALL, token.text(), list(), token)
                : new Term.Step(Term.Step.Kind.NAME, token.text(), List.of(), token);
    }

    /// A call on a text or on what stands in parentheses: its words are read, its value is not.
    private Term opaque(Term inner, Token first) {
        List<Term> terms = new ArrayList<>(List.of(inner));
        while (!isLost && here().is(".")) {
            at++;
            terms.addAll(step(here()).arguments());
        }
        return new Term.Opaque(List.copyOf(terms), first);
    }

    private Term lost(Token token) {
        isLost = true;
        return new Term.Opaque(List.of(), token);
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(++i);
                plain.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /// Past the end stands a mark that nothing expects.
    private Token here() {
        if (at < tokens.size()) {
            return tokens.get(at);
        }
        int end = tokens.getLast().end();
        return new Token(Token.Kind.MARK, "", end, end);
    }

    private boolean after(String mark) {
        return is(at + 1, mark);
    }

    private boolean is(int index, String mark) {
        return index < tokens.size() && tokens.get(index).is(mark);
    }

    private boolean take(String first, String second) {
        boolean both = here().is(first) && after(second);
        at += both ? 2 : 0;
        return both;
    }

    private void expect(String mark) {
        if (here().is(mark)) {
            at++;
        } else {
            isLost = true;
        }
    }
}
