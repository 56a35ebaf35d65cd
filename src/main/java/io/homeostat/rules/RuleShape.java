package io.homeostat.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// One rule as it stands in its file: the tokens of its parts.
///
/// @param name the string after `rule`
/// @param notes its annotations
/// @param when the tokens of its conditions
/// @param then the tokens of its consequence
/// @param begin the first character of the rule
/// @param end the character after its `end`
record RuleShape(
        Token name, List<Note> notes, List<Token> when, List<Token> then, int begin, int end) {
    /// `@word( "value" )`.
    record Note(Token word, Token value) {}

    /// All that the rule says, without what only its readers see: where comments and line breaks
    /// differ, it is the same.
    String essence() {
        List<Token> tokens = new ArrayList<>(List.of(name));
        for (Note note : notes) {
            tokens.add(note.word());
            tokens.add(note.value());
        }
        tokens.addAll(when);
        tokens.addAll(then);
        return tokens.stream().map(Token::text).collect(Collectors.joining(" "));
    }
}
