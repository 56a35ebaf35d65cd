package io.homeostat.rules;

/// A word, a literal or a mark of a rule file.
///
/// @param begin its first character
/// @param end the character after its last
record Token(Kind kind, String text, int begin, int end) {
    enum Kind {
        WORD,
        STRING,
        NUMBER,
        MARK
    }

    boolean is(String word) {
        return kind != Kind.STRING && text.equals(word);
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    /// What stands between the quotes.
    String unquoted() {
        return text.substring(1, text.length() - 1);
    }
}
