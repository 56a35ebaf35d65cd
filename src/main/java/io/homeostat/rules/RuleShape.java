package io.homeostat.rules;

import java.util.List;

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
}
