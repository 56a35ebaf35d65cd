package io.homeostat.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The tokens of a rule file.
///
/// The rule engine has a reader of its own. Wherever the two could read one text differently (odd
/// escapes, odd line ends, comments), this one refuses or blanks, so that nothing can hide in the
/// difference.
final class Scan {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?[LlDd]?");
    private static final int DEEPEST = 40;
    private static final String MARKS = "()[],;:.=!<>&|+-*/%@?";

    private final String file;
    private final String text;
    private final char[] bare;
    private final List<Token> tokens = new ArrayList<>();
    private final List<RuleFault> faults = new ArrayList<>();
    private int at;
    private int depth;
    private boolean isTooDeep;

    private Scan(String file, String text) {
        this.file = file;
        this.text = text;
        this.bare = text.toCharArray();
    }

    static Scan of(String file, String text) {
        Scan scan = new Scan(file, text);
        scan.read();
        return scan;
    }

    String file() {
        return file;
    }

    String text() {
        return text;
    }

    List<Token> tokens() {
        return tokens;
    }

    List<RuleFault> faults() {
        return faults;
    }

    Place place(Token token) {
        return Place.of(text, token.begin());
    }

    /// The text without its comments; every other character stands where it stood.
    char[] bare() {
        return bare.clone();
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\r' && !text.startsWith("\r\n", at)) {
                fault(at++, "A lone carriage return.", "End lines with a line feed.");
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                blank(end < 0 ? text.length() : end);
            } else if (text.startsWith("/*", at)) {
                blockComment();
            } else if (c == '"' || c == '\'') {
                string(c);
            } else if (isWordStart(c)) {
                take(Token.Kind.WORD, Scan::isWordPart);
            } else if (c >= '0' && c <= '9') {
                number();
            } else if (MARKS.indexOf(c) >= 0) {
                nest(c);
                tokens.add(new Token(Token.Kind.MARK, String.valueOf(c), at, ++at));
            } else {
                stranger(c);
            }
        }
    }

    /// The readers of rules, ours and the engine's, go as deep as the text does.
    private void nest(char c) {
        depth += c == '(' || c == '[' ? 1 : 0;
        depth -= c == ')' || c == ']' ? 1 : 0;
        if (depth > DEEPEST && !isTooDeep) {
            isTooDeep = true;
            fault(
                    at,
                    "Parentheses are nested deeper than %d.".formatted(DEEPEST),
                    "Write two rules.");
        }
    }

    /// True when it must not be read any further.
    boolean isTooDeep() {
        return isTooDeep;
    }

    private void blockComment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            fault(at, "A comment that does not end.", "Close it with */.");
            blank(text.length());
        } else {
            blank(end + 2);
        }
    }

    private void blank(int end) {
        while (at < end) {
            if (bare[at] != '\n' && bare[at] != '\r') {
                bare[at] = ' ';
            }
            at++;
        }
    }

    private void string(char quote) {
        int begin = at++;
        if (text.startsWith("\"\"\"", begin)) {
            fault(begin, "A text block.", "Write an ordinary string in one line.");
            at = text.length();
            return;
        }
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                fault(begin, "A string that does not end in its line.", "Close the quotes.");
                return;
            }
            if (c == '\\' && !escaped()) {
                fault(at, "An escape that rules do not know.", "Known are \\\\ \\\" \\' \\n \\t.");
            }
            at += c == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            fault(begin, "A string that does not end.", "Close the quotes.");
            at = text.length();
            return;
        }
        at++;
        tokens.add(new Token(Token.Kind.STRING, text.substring(begin, at), begin, at));
    }

    private boolean escaped() {
        return at + 1 < text.length() && "\\\"'nt".indexOf(text.charAt(at + 1)) >= 0;
    }

    private void number() {
        Token number = take(Token.Kind.NUMBER, Scan::isWordPart);
        boolean fraction =
                text.startsWith(".", at)
                        && at + 1 < text.length()
                        && Character.isDigit(text.charAt(at + 1));
        if (fraction) {
            tokens.removeLast();
            at++;
            while (at < text.length() && isWordPart(text.charAt(at))) {
                at++;
            }
            number =
                    new Token(
                            Token.Kind.NUMBER,
                            text.substring(number.begin(), at),
                            number.begin(),
                            at);
            tokens.add(number);
        }
        if (!NUMBER.matcher(number.text()).matches()) {
            fault(
                    number.begin(),
                    "'" + number.text() + "' is not a number that rules know.",
                    "Write 5, 5L or 0.5; for a length of time, Duration.ofMinutes( 5 ).");
        }
    }

    private Token take(Token.Kind kind, CharTest part) {
        int begin = at;
        while (at < text.length() && part.test(text.charAt(at))) {
            at++;
        }
        Token token = new Token(kind, text.substring(begin, at), begin, at);
        tokens.add(token);
        return token;
    }

    private void stranger(char c) {
        if (c == '\\') {
            fault(at, "A backslash outside a string.", "Write the character itself.");
        } else if (c == '{' || c == '}') {
            fault(at, "'" + c + "' has no place in a rule.", "A rule has no blocks of code.");
        } else if (c == '#') {
            fault(at, "'#' has no place in a rule.", "Write comments with //.");
        } else {
            String shown =
                    c > ' ' && c < 127 ? "'" + c + "'" : "A character U+%04X".formatted((int) c);
            fault(at, shown + " has no place in a rule.", "Only strings and comments may hold it.");
        }
        at++;
    }

    private void fault(int offset, String message, String advice) {
        faults.add(RuleFault.error(file, Place.of(text, offset), message, advice));
    }

    private static boolean isWordStart(char c) {
        return c == '_' || c == '$' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || (c >= '0' && c <= '9');
    }

    private interface CharTest {
        boolean test(char c);
    }
}
