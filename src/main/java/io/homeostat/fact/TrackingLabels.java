package io.homeostat.fact;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the labels of a service say of the metrics that it follows.
///
/// A value that cannot be read is said and never guessed: a metric without a readable query and
/// target counts as one that says nothing, and a direction without a readable pace is not moved in.
///
/// @param aims the metrics that can be asked for, by their names
/// @param unreadable the names of those that cannot
/// @param up how fast it may grow
/// @param down how fast it may shrink
/// @param bad labels whose value is ignored: the label, and what would be right
public record TrackingLabels(
        SortedMap<String, MetricAim> aims,
        SortedSet<String> unreadable,
        ScalingPace up,
        ScalingPace down,
        SortedMap<String, String> bad) {
    /// How the labels of a metric begin; its name follows.
    public static final String METRIC = "homeostat.metric.";

    /// How the labels of a direction begin: `up` or `down` follows.
    public static final String PACE = "homeostat.tracking.";

    private static final Pattern OF_METRIC =
            Pattern.compile("homeostat\\.metric\\.([A-Za-z0-9_-]{1,40})\\.(query|target|type)");
    private static final Pattern OF_PACE =
            Pattern.compile("homeostat\\.tracking\\.(up|down)\\.(window|policies|select)");
    private static final Pattern TARGET = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");
    private static final Pattern SPAN =
            Pattern.compile("(?:(\\d{1,2})h)?(?:(\\d{1,4})m)?(?:(\\d{1,4})s)?");
    private static final Pattern POLICY = Pattern.compile("(\\d{1,6})(%?)\\s*/\\s*(\\S+)");

    /// The longest query that is asked.
    private static final int QUERY_LENGTH = 4000;

    private static final int POLICIES = 10;
    private static final Duration WINDOW_MAX = Duration.ofHours(1);
    private static final Duration PERIOD_MAX = Duration.ofMinutes(30);

    public TrackingLabels {
        aims = Sorted.copy(aims);
        unreadable = Sorted.copy(unreadable);
        bad = Sorted.copy(bad);
    }

    public static TrackingLabels read(Map<String, String> labels) {
        SortedMap<String, String> bad = new TreeMap<>();
        SortedMap<String, SortedMap<String, String>> metrics = new TreeMap<>();
        SortedMap<String, SortedMap<String, String>> paces = new TreeMap<>();
        for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
            String name = label.getKey();
            if (name.startsWith(METRIC)) {
                sort(OF_METRIC, label, metrics, bad, METRIC + "NAME.query, target or type");
            } else if (name.startsWith(PACE)) {
                sort(
                        OF_PACE,
                        label,
                        paces,
                        bad,
                        PACE + "up or down, and .window, policies or select");
            }
        }
        SortedMap<String, MetricAim> aims = new TreeMap<>();
        SortedSet<String> unreadable = new TreeSet<>();
        metrics.forEach((name, said) -> {
            Optional<MetricAim> aim = aim(name, said, bad);
            aim.ifPresent(readable -> aims.put(name, readable));
            if (aim.isEmpty()) {
                unreadable.add(name);
            }
        });
        return new TrackingLabels(
                aims,
                unreadable,
                pace("up", ScalingPace.UP, paces, bad),
                pace("down", ScalingPace.DOWN, paces, bad),
                bad);
    }

    /// True when some metric can be asked for.
    public boolean hasAims() {
        return !aims.isEmpty();
    }

    private static void sort(
            Pattern pattern,
            Map.Entry<String, String> label,
            SortedMap<String, SortedMap<String, String>> sorted,
            SortedMap<String, String> bad,
            String right) {
        Matcher matcher = pattern.matcher(label.getKey());
        if (matcher.matches()) {
            sorted.computeIfAbsent(matcher.group(1), _ -> new TreeMap<>())
                    .put(matcher.group(2), label.getValue().strip());
        } else {
            bad.put(label.getKey(), "there is no such label; right would be " + right);
        }
    }

    private static Optional<MetricAim> aim(
            String name, SortedMap<String, String> said, SortedMap<String, String> bad) {
        String of = METRIC + name + ".";
        String query = said.getOrDefault("query", "");
        String target = said.getOrDefault("target", "");
        String type = said.getOrDefault("type", "value");
        int before = bad.size();
        if (query.isEmpty() || query.length() > QUERY_LENGTH) {
            bad.put(
                    said.containsKey("query") ? of + "query" : of + said.firstKey(),
                    "the metric is ignored; write PromQL of at most %d characters as %squery"
                            .formatted(QUERY_LENGTH, of));
        }
        if (!TARGET.matcher(target).matches() || !(Double.parseDouble(target) > 0)) {
            bad.put(
                    said.containsKey("target") ? of + "target" : of + said.firstKey(),
                    "'%s' is ignored, and the metric with it; write a number above 0, such as 0.8, as %starget"
                            .formatted(target, of));
        }
        if (!type.equals("value") && !type.equals("average")) {
            bad.put(
                    of + "type",
                    "'%s' is ignored, and the metric with it; write value or average"
                            .formatted(type));
        }
        return bad.size() > before
                ? Optional.empty()
                : Optional.of(
                        new MetricAim(
                                name,
                                query,
                                Double.parseDouble(target),
                                type.equals("average")
                                        ? MetricAim.Kind.AVERAGE
                                        : MetricAim.Kind.VALUE));
    }

    private static ScalingPace pace(
            String direction,
            ScalingPace usual,
            SortedMap<String, SortedMap<String, String>> paces,
            SortedMap<String, String> bad) {
        SortedMap<String, String> said =
                paces.getOrDefault(direction, Collections.emptySortedMap());
        String of = PACE + direction + ".";
        String so =
                "'%s' cannot be read, so it is not scaled " + direction + " by metric; write %s";
        int before = bad.size();
        Duration window = usual.window();
        List<ScalingPace.Policy> policies = usual.policies();
        ScalingPace.Select select = usual.select();
        String windowText = said.get("window");
        if (windowText != null) {
            Optional<Duration> read = span(windowText, WINDOW_MAX);
            window = read.orElse(window);
            if (read.isEmpty()) {
                bad.put(
                        of + "window",
                        so.formatted(windowText, "a time from 0s to 1h, as in 300s"));
            }
        }
        String policiesText = said.get("policies");
        if (policiesText != null) {
            policies = policies(policiesText);
            if (policies.isEmpty()) {
                bad.put(
                        of + "policies",
                        so.formatted(
                                policiesText,
                                "up to 10 amounts with their periods from 1s to 30m, as in 4/15s,100%/15s"));
            }
        }
        String selectText = said.get("select");
        if (selectText != null) {
            switch (selectText) {
                case "max" -> select = ScalingPace.Select.MAX;
                case "min" -> select = ScalingPace.Select.MIN;
                case "disabled" -> select = ScalingPace.Select.DISABLED;
                default -> bad.put(of + "select", so.formatted(selectText, "max, min or disabled"));
            }
        }
        ScalingPace pace = new ScalingPace(window, policies, select);
        return bad.size() > before ? pace.disabled() : pace;
    }

    /// All of them, or none when one of them cannot be read.
    private static List<ScalingPace.Policy> policies(String text) {
        List<ScalingPace.Policy> policies = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher matcher = POLICY.matcher(each.strip());
            Optional<Duration> period =
                    matcher.matches()
                            ? span(matcher.group(3), PERIOD_MAX).filter(span -> !span.isZero())
                            : Optional.empty();
            if (period.isEmpty() || Integer.parseInt(matcher.group(1)) < 1) {
                return List.of();
            }
            policies.add(
                    new ScalingPace.Policy(
                            Integer.parseInt(matcher.group(1)),
                            matcher.group(2).isEmpty()
                                    ? ScalingPace.Unit.REPLICAS
                                    : ScalingPace.Unit.PERCENT,
                            period.get()));
        }
        return policies.size() > POLICIES ? List.of() : policies;
    }

    private static Optional<Duration> span(String text, Duration most) {
        Matcher matcher = SPAN.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        Duration span =
                Duration.ofHours(number(matcher.group(1)))
                        .plusMinutes(number(matcher.group(2)))
                        .plusSeconds(number(matcher.group(3)));
        return Optional.of(span).filter(each -> each.compareTo(most) <= 0);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
