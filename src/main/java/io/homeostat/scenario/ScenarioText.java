package io.homeostat.scenario;

import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.guard.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// Collects a scenario and writes it as YAML that [ScenarioReader] reads.
final class ScenarioText {
    private record Step(Instant at, String key, String value) {}

    private final List<Step> steps = new ArrayList<>();
    private final SequencedSet<String> remarks = new LinkedHashSet<>();
    private final List<String> given = new ArrayList<>();
    private final List<String> then = new ArrayList<>();
    private Instant begin = Instant.EPOCH;

    void begin(Instant at) {
        begin = at;
    }

    void step(Instant at, String key, String value) {
        steps.add(new Step(at, key, value));
    }

    int steps() {
        return steps.size();
    }

    /// Something that is not as it was.
    void remark(String sentence) {
        remarks.add(sentence);
    }

    // --- given ---

    void settings(Limits limits) {
        List<String> differing = new ArrayList<>();
        SettingReader.differing(limits)
                .forEach((name, value) ->
                        differing.add("    %s: %s".formatted(name, setting(value))));
        if (!differing.isEmpty()) {
            given.add("  settings:");
            given.addAll(differing);
        }
    }

    private static String setting(Object value) {
        if (value instanceof Duration span) {
            return span(span);
        }
        if (value instanceof Autonomy autonomy) {
            return autonomy.word();
        }
        return value instanceof Integer ? value.toString() : quoted(value.toString());
    }

    void given(Collection<Node> nodes, Collection<Service> services) {
        if (!nodes.isEmpty()) {
            given.add("  nodes:");
        }
        for (Node node : nodes) {
            given.add(
                    "    %s: { role: %s, labels: %s }"
                            .formatted(
                                    quoted(node.id()),
                                    node.role().name().toLowerCase(Locale.ROOT),
                                    map(node.labels())));
        }
        if (!services.isEmpty()) {
            given.add("  services:");
        }
        for (Service service : services) {
            Integer replicas = service.replicas();
            given.add(
                    "    %s: { mode: %s, %simage: %s, labels: %s }"
                            .formatted(
                                    quoted(service.name()),
                                    service.mode()
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-'),
                                    replicas == null ? "" : "replicas: %d, ".formatted(replicas),
                                    quoted(service.image()),
                                    map(service.labels())));
        }
    }

    // --- then ---

    void expect(Collection<SortedMap<String, String>> decisions, List<String> actions) {
        if (!decisions.isEmpty()) {
            then.add("  - decisions:");
            decisions.forEach(decision -> then.add("      - " + map(decision)));
        }
        if (actions.isEmpty()) {
            then.add("  - actions: []");
        } else {
            then.add("  - actions:");
            actions.forEach(action -> then.add("      - " + quoted(action)));
        }
    }

    // --- writing ---

    /// @param end when it ends
    String written(String name, Instant end) {
        List<String> lines = new ArrayList<>();
        lines.add("# Recorded; shorten it to what it is to show, and give it a name that says so.");
        remarks.forEach(remark -> lines.add("# Not as it was: " + remark.replaceAll("\\s", " ")));
        lines.add("scenario: " + quoted(name));
        lines.add("given:");
        lines.add("  begin: " + quoted(begin.toString()));
        lines.addAll(given);
        lines.add(steps.isEmpty() ? "when: []" : "when:");
        for (Step step : steps) {
            lines.add(
                    "  - { at: %s, %s: %s }"
                            .formatted(
                                    span(Duration.between(begin, step.at())),
                                    step.key(),
                                    step.value()));
        }
        lines.add("then:");
        lines.addAll(then);
        lines.add("for: " + span(Duration.between(begin, end).plusSeconds(1)));
        return String.join("\n", lines) + "\n";
    }

    /// A text as YAML and JSON write it.
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Character.isISOControl(each)) {
                        quoted.append("\\u%04x".formatted((int) each));
                    } else {
                        quoted.append(each);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    static String map(SortedMap<String, String> values) {
        if (values.isEmpty()) {
            return "{}";
        }
        List<String> parts = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>(values.keySet());
        names.forEach(
                name -> parts.add(quoted(name) + ": " + quoted(values.getOrDefault(name, ""))));
        return "{ " + String.join(", ", parts) + " }";
    }

    static String span(Duration span) {
        Duration positive = span.isNegative() ? Duration.ZERO : span;
        StringBuilder text = new StringBuilder();
        append(text, positive.toHours(), "h");
        append(text, positive.toMinutesPart(), "m");
        append(text, positive.toSecondsPart(), "s");
        append(text, positive.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long value, String unit) {
        if (value > 0) {
            text.append(value).append(unit);
        }
    }
}
