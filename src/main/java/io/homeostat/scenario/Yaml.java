package io.homeostat.scenario;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A part of a YAML file that knows where it stands, so that what is wrong with it can be pointed
/// at. Every value is a text until somebody asks for more.
record Yaml(String file, Node node) {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?");

    private static final int DEPTH = 30;

    /// The documents of a file.
    static List<Yaml> read(String file, String text) throws BadScenario {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEPTH);
        List<Yaml> documents = new ArrayList<>();
        try {
            org.yaml.snakeyaml.Yaml parser = new org.yaml.snakeyaml.Yaml(options);
            for (Node node : parser.composeAll(new StringReader(text))) {
                documents.add(new Yaml(file, node));
            }
        } catch (MarkedYAMLException bad) {
            Mark mark = bad.getProblemMark();
            throw new BadScenario(
                    new ScenarioFault(
                            file,
                            mark == null ? 1 : mark.getLine() + 1,
                            mark == null ? 1 : mark.getColumn() + 1,
                            "this is not YAML: " + bad.getProblem()));
        } catch (YAMLException bad) {
            throw new BadScenario(
                    new ScenarioFault(file, 1, 1, "this is not YAML: " + bad.getMessage()));
        }
        return documents;
    }

    int line() {
        return node.getStartMark().getLine() + 1;
    }

    BadScenario fault(String message) {
        int column = node.getStartMark().getColumn() + 1;
        return new BadScenario(new ScenarioFault(file, line(), column, message));
    }

    /// Its keys and values, in their order; only these keys may be there.
    Map<String, Yaml> fields(Collection<String> known) throws BadScenario {
        Map<String, Yaml> fields = new LinkedHashMap<>();
        for (Map.Entry<Yaml, Yaml> entry : entries()) {
            String key = entry.getKey().text();
            if (!known.contains(key)) {
                throw entry.getKey()
                        .fault("unknown key '%s'; known are %s".formatted(key, listed(known)));
            }
            fields.put(key, entry.getValue());
        }
        return fields;
    }

    /// Its keys and values, whatever the keys are.
    Map<String, Yaml> named() throws BadScenario {
        Map<String, Yaml> fields = new LinkedHashMap<>();
        for (Map.Entry<Yaml, Yaml> entry : entries()) {
            fields.put(entry.getKey().text(), entry.getValue());
        }
        return fields;
    }

    private List<Map.Entry<Yaml, Yaml>> entries() throws BadScenario {
        if (!(node instanceof MappingNode mapping)) {
            throw fault("here must be keys with values, as in { key: value }");
        }
        List<Map.Entry<Yaml, Yaml>> entries = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Yaml key = new Yaml(file, tuple.getKeyNode());
            if (seen.contains(key.text())) {
                throw key.fault("the key '%s' is here twice".formatted(key.text()));
            }
            seen.add(key.text());
            entries.add(Map.entry(key, new Yaml(file, tuple.getValueNode())));
        }
        return entries;
    }

    boolean isText() {
        return node instanceof ScalarNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /// Its items; what is no list counts as the only item of one.
    List<Yaml> items() {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream().map(item -> new Yaml(file, item)).toList()
                : List.of(this);
    }

    String text() throws BadScenario {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw fault("here must be a text");
    }

    SortedMap<String, String> texts() throws BadScenario {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Yaml> entry : named().entrySet()) {
            texts.put(entry.getKey(), entry.getValue().text());
        }
        return texts;
    }

    int whole() throws BadScenario {
        if (!text().matches("\\d{1,9}")) {
            throw fault("'%s' is not a whole number from 0 on".formatted(text()));
        }
        return Integer.parseInt(text());
    }

    boolean yes() throws BadScenario {
        return oneOf(List.of("true", "false")).equals("true");
    }

    String oneOf(Collection<String> words) throws BadScenario {
        if (!words.contains(text())) {
            throw fault("'%s' is not one of %s".formatted(text(), listed(words)));
        }
        return text();
    }

    Instant instant() throws BadScenario {
        try {
            return Instant.parse(text());
        } catch (DateTimeParseException wrong) {
            throw fault("this is not an instant; write 2026-01-31T10:00:00Z");
        }
    }

    Duration duration() throws BadScenario {
        return duration(text())
                .orElseThrow(() -> fault("this is not a duration; write 30s, 2m or 1h30m"));
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                Duration.ofHours(number(matcher, 1))
                        .plusMinutes(number(matcher, 2))
                        .plusSeconds(number(matcher, 3))
                        .plusMillis(number(matcher, 4)));
    }

    private static long number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    static String listed(Collection<String> words) {
        return String.join(", ", words.stream().sorted().toList());
    }
}
