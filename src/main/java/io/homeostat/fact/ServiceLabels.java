package io.homeostat.fact;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the labels of a service say to us. Docker Flow's labels (`com.df.scaleMin` …) mean the same
/// as ours; where both are readable, ours count.
///
/// A value that cannot be read is as good as absent, and is said; it is never guessed.
///
/// @param scale between how many replicas, and by how many at a time
/// @param bad labels whose value is ignored: the label, and what would be right
public record ServiceLabels(ScaleBounds scale, SortedMap<String, String> bad) {
    public static final String AUTONOMY = "homeostat.autonomy";
    public static final String VITAL = "homeostat.vital";
    public static final String MIN = "homeostat.scale.min";
    public static final String MAX = "homeostat.scale.max";
    public static final String UP = "homeostat.scale.up";
    public static final String DOWN = "homeostat.scale.down";
    public static final String REPLICAS = "homeostat.replicas";
    public static final String WATCH = "homeostat.watch";

    /// Says that what ails a service is none of our business.
    public static final String DIAGNOSIS = "homeostat.diagnosis";

    /// The one value of [#DIAGNOSIS].
    private static final String OFF = "off";

    /// Says that a service of one or two tasks may be disrupted without a person's word.
    public static final String DISRUPTION = "homeostat.disruption";

    /// Says whether the logs of failed tasks may be read for people.
    public static final String EVIDENCE = "homeostat.evidence.logs";

    /// The value of [#EVIDENCE] that speaks for all services of a stack.
    private static final String STACK = "stack";

    /// The one value of [#DISRUPTION].
    private static final String ALLOW = "allow";

    private static final Map<String, String> DOCKER_FLOW =
            Map.of(
                    MIN, "com.df.scaleMin",
                    MAX, "com.df.scaleMax",
                    UP, "com.df.scaleUpBy",
                    DOWN, "com.df.scaleDownBy");

    /// At most six digits, so that no unit makes more of it than a duration holds.
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})(s|m|h)");

    private static final Duration LEAST_WATCH = Duration.ofSeconds(1);
    private static final Duration MOST_WATCH = Duration.ofDays(1);

    /// At most nine digits, so that every match is an `int`.
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

    public ServiceLabels {
        bad = Sorted.copy(bad);
    }

    public static ServiceLabels read(Map<String, String> labels) {
        SortedMap<String, String> bad = new TreeMap<>();
        Read min = number(labels, MIN, 0, bad);
        Read max = number(labels, MAX, 1, bad);
        Read up = number(labels, UP, 1, bad);
        Read down = number(labels, DOWN, 1, bad);
        if (min != null && max != null && max.value() < min.value()) {
            contradiction(min, max, bad);
            min = null;
            max = null;
        }
        readAutonomy(labels, bad);
        readVital(labels, bad);
        readDisruption(labels, bad);
        readReplicas(labels, bad);
        readEvidence(labels, bad);
        readDiagnosis(labels, bad);
        readWatch(labels, bad);
        bad.putAll(TrackingLabels.read(labels).bad());
        ScaleBounds scale =
                new ScaleBounds(
                        min == null ? ScaleBounds.NONE.min() : min.value(),
                        max == null ? null : max.value(),
                        up == null ? ScaleBounds.NONE.up() : up.value(),
                        down == null ? ScaleBounds.NONE.down() : down.value());
        return new ServiceLabels(scale, bad);
    }

    /// True when the labels say that others stand on this service. An unreadable value counts as
    /// yes: taking a vital service for an ordinary one is the costlier mistake.
    public static boolean vital(Map<String, String> labels) {
        String text = labels.get(VITAL);
        return text != null && !isNo(text);
    }

    /// True when the few tasks that there are may be taken out without a person's word. An
    /// unreadable value counts as no.
    public static boolean mayBeDisrupted(Map<String, String> labels) {
        String text = labels.get(DISRUPTION);
        return text != null && text.strip().equalsIgnoreCase(ALLOW);
    }

    /// True when the stack file owns the replicas although a maximum is given. An unreadable value
    /// counts as yes: to take from a file what it owns is the costlier mistake.
    public static boolean replicasAreTheFiles(Map<String, String> labels) {
        String text = labels.get(REPLICAS);
        return text != null && !text.strip().equalsIgnoreCase("homeostat");
    }

    /// Whether the logs of its failed tasks may be shown to people; empty when the labels do not
    /// say, and then another service of its stack may speak for it. An unreadable value counts as
    /// no.
    public static Optional<Boolean> logsAreEvidence(Map<String, String> labels) {
        return Optional.ofNullable(labels.get(EVIDENCE))
                .map(text -> isYes(text) || text.strip().equalsIgnoreCase(STACK));
    }

    /// True when the labels speak for all services of the stack.
    public static boolean logsOfTheStackAreEvidence(Map<String, String> labels) {
        return labels.getOrDefault(EVIDENCE, "").strip().equalsIgnoreCase(STACK);
    }

    /// True when we are not to look for ailments of this service. An unreadable value counts as no.
    public static boolean isDiagnosisOff(Map<String, String> labels) {
        String text = labels.get(DIAGNOSIS);
        return text != null && text.strip().equalsIgnoreCase(OFF);
    }

    /// How long a new specification of the service has to run well before it is the last known
    /// good; null when the labels do not say, or not readably.
    public static @Nullable Duration watch(Map<String, String> labels) {
        Matcher span = SPAN.matcher(labels.getOrDefault(WATCH, "").strip());
        if (!span.matches()) {
            return null;
        }
        long number = Long.parseLong(span.group(1));
        Duration watch =
                switch (span.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                };
        boolean isWithin = watch.compareTo(LEAST_WATCH) >= 0 && watch.compareTo(MOST_WATCH) <= 0;
        return isWithin ? watch : null;
    }

    private static @Nullable Read number(
            Map<String, String> labels, String ours, int least, SortedMap<String, String> bad) {
        Read found = null;
        for (String label : List.of(DOCKER_FLOW.getOrDefault(ours, ours), ours)) {
            String text = labels.get(label);
            if (text == null) {
                continue;
            }
            String digits = text.strip();
            if (WHOLE_NUMBER.matcher(digits).matches() && Integer.parseInt(digits) >= least) {
                found = new Read(label, Integer.parseInt(digits));
            } else {
                bad.put(
                        label,
                        "'%s' is ignored; write a whole number, %d or more".formatted(text, least));
            }
        }
        return found;
    }

    private static void contradiction(Read min, Read max, SortedMap<String, String> bad) {
        String said =
                "%s is %d and %s is %d, so both are ignored; the minimum must not exceed the maximum"
                        .formatted(min.label(), min.value(), max.label(), max.value());
        bad.put(min.label(), said);
        bad.put(max.label(), said);
    }

    private static void readAutonomy(Map<String, String> labels, SortedMap<String, String> bad) {
        String text = labels.get(AUTONOMY);
        if (text != null && Autonomy.named(text).isEmpty()) {
            bad.put(AUTONOMY, "'%s' counts as shadow; write shadow, ask or auto".formatted(text));
        }
    }

    private static void readVital(Map<String, String> labels, SortedMap<String, String> bad) {
        String text = labels.get(VITAL);
        if (text != null && !isNo(text) && !isYes(text)) {
            bad.put(VITAL, "'%s' counts as true; write true or false".formatted(text));
        }
    }

    private static void readDisruption(Map<String, String> labels, SortedMap<String, String> bad) {
        String text = labels.get(DISRUPTION);
        if (text != null && !mayBeDisrupted(labels)) {
            bad.put(DISRUPTION, "'%s' is ignored; write %s".formatted(text, ALLOW));
        }
    }

    private static void readReplicas(Map<String, String> labels, SortedMap<String, String> bad) {
        String text = labels.get(REPLICAS);
        if (text != null && replicasAreTheFiles(labels) && !text.strip().equalsIgnoreCase("file")) {
            bad.put(REPLICAS, "'%s' counts as file; write file or homeostat".formatted(text));
        }
    }

    private static void readEvidence(Map<String, String> labels, SortedMap<String, String> bad) {
        String text = labels.get(EVIDENCE);
        if (text != null && !isNo(text) && !logsAreEvidence(labels).orElse(false)) {
            bad.put(EVIDENCE, "'%s' counts as false; write true, stack or false".formatted(text));
        }
    }

    private static void readDiagnosis(Map<String, String> labels, SortedMap<String, String> bad) {
        String text = labels.get(DIAGNOSIS);
        if (text != null && !isDiagnosisOff(labels)) {
            bad.put(DIAGNOSIS, "'%s' is ignored; write %s".formatted(text, OFF));
        }
    }

    private static void readWatch(Map<String, String> labels, SortedMap<String, String> bad) {
        String text = labels.get(WATCH);
        if (text != null && watch(labels) == null) {
            bad.put(
                    WATCH,
                    "'%s' is ignored; write a time from 1s to 24h, as in 90s, 5m or 2h"
                            .formatted(text));
        }
    }

    private static boolean isYes(String text) {
        String word = text.strip();
        return word.isEmpty() || word.equalsIgnoreCase("true") || word.equalsIgnoreCase("yes");
    }

    private static boolean isNo(String text) {
        String word = text.strip();
        return word.equalsIgnoreCase("false") || word.equalsIgnoreCase("no");
    }

    /// A readable number, and the label that it stands in.
    private record Read(String label, int value) {}
}
