package io.homeostat.slack;

/// Text from outside made harmless and short enough for Slack: it is data there, never markup and
/// never a call to somebody.
final class SlackText {
    /// Nothing to see; it keeps `@here` from being read as a mention.
    private static final char BREAK = '\u2060';

    private static final String CUT = "…";

    private SlackText() {}

    /// The text in one line, as Slack shows it and no longer than `most` characters once escaped.
    static String line(String text, int most) {
        return escaped(text.replaceAll("\\s+", " ").strip(), most);
    }

    private static String escaped(String text, int most) {
        StringBuilder safe = new StringBuilder();
        int keep = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            safe.append(escaped(text.codePointAt(at)));
            if (safe.length() <= most - CUT.length()) {
                keep = safe.length();
            }
            if (safe.length() > most) {
                return safe.substring(0, keep) + CUT;
            }
        }
        return safe.toString();
    }

    private static String escaped(int character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '@', '#' -> Character.toString(character) + BREAK;
            default -> Character.isISOControl(character) ? "\uFFFD" : Character.toString(character);
        };
    }
}
