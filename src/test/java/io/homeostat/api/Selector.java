package io.homeostat.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What an expression of PromQL asks Prometheus for: a metric, and what its labels must be.
record Selector(String metric, List<Matcher> matchers) {
    record Matcher(String label, String operator, String value) {
        boolean fits(String actual) {
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> actual.matches(value);
                case "!~" -> !actual.matches(value);
                default -> throw new IllegalArgumentException("no such operator: " + operator);
            };
        }
    }

    /// Labels over which a sum is made, or not.
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

    /// The time looked back on, such as `[5m]` and `[30m:1m]`.
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");

    /// A name that is not a function's, with what its labels must be.
    private static final Pattern SELECTOR =
            Pattern.compile("\\b([a-zA-Z_:][\\w:]*)\\b(?!\\s*\\()\\s*(?:\\{([^}]*)\\})?");

    private static final Pattern MATCHER =
            Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

    /// Words of the language, and functions that stand before a grouping.
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "offset", "sum", "min", "max", "count", "avg");

    /// Those that Prometheus adds to every sample of a target.
    private static final Set<String> ITS_OWN = Set.of("job", "instance");

    static List<Selector> in(String expression) {
        List<Selector> selectors = new ArrayList<>();
        String bare = RANGE.matcher(expression).replaceAll(" ");
        String plain = GROUPING.matcher(bare).replaceAll(" ");
        for (MatchResult found : SELECTOR.matcher(plain).results().toList()) {
            if (!WORDS.contains(found.group(1))) {
                selectors.add(new Selector(found.group(1), matchers(found.group(2))));
            }
        }
        return selectors;
    }

    private static List<Matcher> matchers(String text) {
        return text == null
                ? List.of()
                : MATCHER.matcher(text)
                        .results()
                        .map(found -> new Matcher(found.group(1), found.group(2), found.group(3)))
                        .filter(matcher -> !ITS_OWN.contains(matcher.label()))
                        .toList();
    }

    boolean selects(Exposition.Sample sample) {
        return sample.name().equals(metric)
                && matchers.stream().allMatch(each -> each.fits(sample.label(each.label())));
    }
}
