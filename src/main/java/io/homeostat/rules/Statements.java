package io.homeostat.rules;

import java.util.ArrayList;
import java.util.List;

/// The statements of a consequence, as terms.
final class Statements {
    private Statements() {}

    static List<RuleTree.Statement> of(List<Token> tokens) {
        List<RuleTree.Statement> statements = new ArrayList<>();
        for (List<Token> piece : split(tokens, ";")) {
            int equals = assignment(piece);
            boolean assigns = equals > 0 && equals + 1 < piece.size();
            String local = assigns ? piece.get(equals - 1).text() : "";
            List<Token> value = assigns ? piece.subList(equals + 1, piece.size()) : piece;
            statements.add(new RuleTree.Statement(local, TermReader.read(value)));
        }
        return List.copyOf(statements);
    }

    /// Cuts where one of the marks stands outside of parentheses; without empty pieces.
    static List<List<Token>> split(List<Token> tokens, String marks) {
        List<List<Token>> pieces = new ArrayList<>();
        List<Token> piece = new ArrayList<>();
        int depth = 0;
        for (Token token : tokens) {
            depth += token.is("(") || token.is("[") ? 1 : 0;
            depth -= token.is(")") || token.is("]") ? 1 : 0;
            boolean cuts =
                    depth <= 0 && token.kind() == Token.Kind.MARK && marks.contains(token.text());
            if (!cuts) {
                piece.add(token);
            } else if (!piece.isEmpty()) {
                pieces.add(piece);
                piece = new ArrayList<>();
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(piece);
        }
        return pieces;
    }

    private static int assignment(List<Token> tokens) {
        for (int i = 1; i + 1 < tokens.size(); i++) {
            Token before = tokens.get(i - 1);
            if (tokens.get(i).is("=") && before.isWord() && !tokens.get(i + 1).is("=")) {
                return i;
            }
            if (tokens.get(i).is("(")) {
                return -1;
            }
        }
        return -1;
    }
}
