package io.homeostat.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Takes secrets out of lines of a log before anybody sees them. `docs/evidence.md` lists what is
/// known as one. In doubt it takes out more rather than less: a word too many is a nuisance, a
/// password in a channel is not to be taken back.
public final class Redaction {
    /// What stands in the place of a secret.
    public static final String REDACTED = "[redacted]";

    /// More of a line is not looked at, and not shown.
    private static final int LENGTH_MAX = 4000;

    /// A secret could be hidden from us by what colours it.
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]");

    private static final Pattern KEY_BEGINS = Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY");
    private static final Pattern KEY_ENDS = Pattern.compile("-----END [A-Z0-9 ]*PRIVATE KEY");

    private static final String NAME =
            "(?:pass(?:word|wd|wort|phrase|code)|pwd|secret|token|credentials?|auth|signature|dsn|otp|sid"
                    + "|session[_-]?id|(?:api|access|account|private|secret|encryption|signing|license|shared|master)"
                    + "[_-]?key(?:[_-]?id)?)\\d*";

    /// What says that there is no secret.
    private static final String NO_VALUE =
            "(?!(?:null|nil|none|true|false|missing|empty|invalid|expired|required|undefined|not)\\b)";

    private static final String QUOTED = "\\\\\"(?:(?!\\\\\").)*|\"(?:[^\"\\\\]|\\\\.)*|'[^']*";

    private static final String HEADER =
            "(?i)((?<![\\w-])(?:(?:set-)?cookie|(?:proxy-)?authorization)\\\\*[\"']?\\s*[:=]\\s*+)";

    private static final List<Step> STEPS =
            List.of(
                    // Headers, to the end of their value, whatever it is made of.
                    step(
                            HEADER + "(?:\\\\\"(?:(?!\\\\\").)*|\"(?:[^\"\\\\]|\\\\.)*|'[^']*)",
                            "$1" + REDACTED),
                    step(HEADER + "(?![\\[\"'\\\\]).+", "$1" + REDACTED),
                    step(
                            "(?i)\\b(bearer|basic|negotiate)\\s+(?=\\S*(?:[0-9=]|(?-i:[a-z][A-Z])))[\\w.~+/=-]{8,}",
                            "$1 " + REDACTED),
                    // Who logs in, in an address.
                    step(
                            "(://)[^\\s/?#\"'<>:@]*:(?!\\d{1,5}[/?#])[^\\s\"'<>]*@",
                            "$1" + REDACTED + "@"),
                    step("(://)[^\\s/?#\"'<>:@]{16,}@", "$1" + REDACTED + "@"),
                    // Addresses that are secrets themselves.
                    step(
                            "(hooks\\.slack\\.com/|discord(?:app)?\\.com/api/webhooks/|webhook\\.office\\.com/)[^\\s\"'<>]+",
                            "$1" + REDACTED),
                    step("([?&](?:key|sig|code)=)[^\\s&\"'<>]+", "$1" + REDACTED),
                    // Tokens that show what they are.
                    step("\\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\\b", REDACTED),
                    step(
                            "\\b(?:gh[opusr]_|github_pat_|npm_|dckr_pat_|dop_v1_)[\\w-]{16,}",
                            REDACTED),
                    step("\\b(?:glpat|pypi|xox[abeoprs]|xapp)-[\\w-]{10,}", REDACTED),
                    step("\\bsk-(?=[\\w-]*\\d)[\\w-]{20,}", REDACTED),
                    step("\\b(?:[rsp]k_(?:live|test)_|whsec_)\\w{8,}", REDACTED),
                    step("\\b(?:AIza|ya29\\.)[\\w-]{20,}", REDACTED),
                    step("\\b(?:SG|hv[bsr])\\.[\\w.-]{16,}", REDACTED),
                    step("\\bSWMTKN-\\S+", REDACTED),
                    step("\\bAGE-SECRET-KEY-\\w+", REDACTED),
                    step("\\beyJ[\\w-]{5,}\\.[\\w-]{5,}(?:\\.[\\w-]*)?", REDACTED),
                    step("\\b\\d{8,10}:[\\w-]{35}(?![\\w-])", REDACTED),
                    step("\\bSK[0-9a-f]{32}\\b", REDACTED),
                    step("\\$(?:2[abxy]|[156y]|argon2\\w*|pbkdf2[\\w-]*)\\$[^\\s\"']+", REDACTED),
                    // What is called a secret.
                    step(
                            "(?i)((?<![\\w.-])[\\w.-]*?"
                                    + NAME
                                    + "\\\\*[\"']?\\s*(?:=>|:=|[:=])\\s*)"
                                    + NO_VALUE
                                    + "(?!\\[redacted)(?:"
                                    + QUOTED
                                    + "|[^\\s&\"']+)",
                            "$1" + REDACTED),
                    step("(?i)((?<!\\S)--?[\\w-]*?" + NAME + "\\s+)(?!-)\\S+", "$1" + REDACTED),
                    step("(?i)(\\b(?:identified\\s+by|password)\\s+)'[^']*'", "$1" + REDACTED),
                    step(
                            "(?i)(\\b(?:mysql|mysqldump|mariadb)\\b.*?\\s-p)[^\\s-]\\S*",
                            "$1" + REDACTED));

    /// What is long and looks thrown with dice: no word, and neither a number nor a digest.
    private static final Pattern LONG = Pattern.compile("(?<![\\w-])[\\w-]{32,}(?![\\w-])");

    private static final int OF_EACH = 2;
    private static final int DIGITS = 3;

    private record Step(Pattern pattern, String instead) {
        String in(String line) {
            return pattern.matcher(line).replaceAll(instead);
        }
    }

    private Redaction() {}

    /// The lines without secrets; as many as there were, but for those within a private key.
    ///
    /// @param lines one after the other, since a key goes over several
    public static List<String> of(List<String> lines) {
        List<String> safe = new ArrayList<>();
        boolean inKey = false;
        for (String line : lines) {
            boolean begins = KEY_BEGINS.matcher(line).find();
            boolean ends = KEY_ENDS.matcher(line).find();
            if (begins || (ends && !inKey)) {
                safe.add(REDACTED);
            } else if (!inKey) {
                safe.add(line(line));
            }
            inKey = (inKey || begins) && !ends;
        }
        return safe;
    }

    private static String line(String line) {
        String seen = line.length() > LENGTH_MAX ? line.substring(0, LENGTH_MAX) : line;
        String safe = COLOURS.matcher(seen).replaceAll("");
        for (Step step : STEPS) {
            safe = step.in(safe);
        }
        return LONG.matcher(safe).replaceAll(found -> looksRandom(found) ? "\\[redacted]" : "$0");
    }

    private static boolean looksRandom(MatchResult found) {
        int upper = 0;
        int lower = 0;
        int digits = 0;
        for (char c : found.group().toCharArray()) {
            upper += Character.isUpperCase(c) ? 1 : 0;
            lower += Character.isLowerCase(c) ? 1 : 0;
            digits += Character.isDigit(c) ? 1 : 0;
        }
        return upper >= OF_EACH && lower >= OF_EACH && digits >= DIGITS;
    }

    private static Step step(String pattern, String instead) {
        return new Step(Pattern.compile(pattern), instead);
    }
}
