package io.homeostat.scenario;

import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Place;
import io.homeostat.scenario.Scenario.Event;
import io.homeostat.scenario.Scenario.GivenNode;
import io.homeostat.scenario.Scenario.GivenService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads what a scenario's file says: the keys of the whole, and what is given. A key that is not
/// known is refused, for a misspelt expectation would otherwise hold for ever.
final class ScenarioReader {
    static final List<String> KEYS = List.of("scenario", "given", "when", "then", "never", "for");
    static final List<String> GIVEN =
            List.of("begin", "settings", "place", "nodes", "services", "facts", "rules");
    static final List<String> SERVICE =
            List.of("replicas", "mode", "image", "labels", "min", "max", "up", "down", "autonomy");
    private static final Map<String, String> SHORT =
            Map.of(
                    "min", ServiceLabels.MIN,
                    "max", ServiceLabels.MAX,
                    "up", ServiceLabels.UP,
                    "down", ServiceLabels.DOWN,
                    "autonomy", ServiceLabels.AUTONOMY);

    /// How long a scenario goes on after the last thing that it names, unless it says for how long.
    private static final Duration AFTERMATH = Duration.ofMinutes(5);

    /// A Monday morning, unless it says otherwise.
    private static final Instant BEGIN = Instant.parse("2026-01-05T10:00:00Z");

    private ScenarioReader() {}

    /// The scenarios of a file; those of one file stand between lines of `---`.
    ///
    /// @param file as it is shown to people
    /// @param directory where the files that it names are
    static List<Scenario> read(String file, String text, Path directory) throws BadScenario {
        List<Scenario> scenarios = new ArrayList<>();
        for (Yaml document : Yaml.read(file, text)) {
            scenarios.add(new Scenario(plan(document, directory)));
        }
        return scenarios;
    }

    private static Scenario.Plan plan(Yaml document, Path directory) throws BadScenario {
        Map<String, Yaml> fields = document.fields(KEYS);
        for (String needed : List.of("scenario", "when")) {
            if (!fields.containsKey(needed)) {
                throw document.fault("the key '%s' is missing".formatted(needed));
            }
        }
        if (!fields.containsKey("then") && !fields.containsKey("never")) {
            throw document.fault("nothing is expected; say what, with the key 'then' or 'never'");
        }
        Yaml given = fields.get("given");
        Map<String, Yaml> givens = given == null ? Map.of() : given.fields(GIVEN);
        List<Event> events = StepReader.read(required(fields, "when"), directory);
        Duration last = Duration.ZERO;
        for (Event event : events) {
            last = longer(last, event.at());
        }
        Yaml then = fields.get("then");
        if (then != null) {
            for (Duration at : CheckReader.times(then)) {
                last = longer(last, at);
            }
        }
        Yaml length = fields.get("for");
        Duration end = length == null ? last.plus(AFTERMATH) : length.duration();
        if (length != null && end.compareTo(last) < 0) {
            throw length.fault("it would end before the last thing that it names");
        }
        Yaml never = fields.get("never");
        List<GivenNode> nodes = nodes(givens);
        List<GivenService> services = services(givens);
        SortedSet<String> subjects = new TreeSet<>();
        nodes.forEach(node -> subjects.add(Subject.node(node.id()).toString()));
        services.forEach(service -> subjects.add(Subject.service(service.name()).toString()));
        return new Scenario.Plan(
                required(fields, "scenario").text(),
                document.file(),
                document.line(),
                begin(givens),
                limits(givens),
                place(givens),
                nodes,
                services,
                told(givens),
                rules(givens, directory),
                events,
                then == null ? List.of() : CheckReader.wanted(then, end, subjects),
                never == null ? List.of() : CheckReader.never(never, end),
                end);
    }

    private static Yaml required(Map<String, Yaml> fields, String key) {
        Yaml value = fields.get(key);
        if (value == null) {
            throw new IllegalStateException(key + " was checked to be there");
        }
        return value;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Instant begin(Map<String, Yaml> given) throws BadScenario {
        Yaml begin = given.get("begin");
        return begin == null ? BEGIN : begin.instant();
    }

    private static Limits limits(Map<String, Yaml> given) throws BadScenario {
        Yaml settings = given.get("settings");
        return settings == null ? SettingReader.BASE : SettingReader.limits(settings);
    }

    private static Place place(Map<String, Yaml> given) throws BadScenario {
        Yaml place = given.get("place");
        if (place == null) {
            return Place.OUTSIDE;
        }
        Map<String, Yaml> fields = place.fields(List.of("service", "node"));
        Yaml service = fields.get("service");
        Yaml node = fields.get("node");
        return new Place(
                service == null ? null : service.text(), node == null ? null : node.text());
    }

    private static List<GivenNode> nodes(Map<String, Yaml> given) throws BadScenario {
        Yaml nodes = given.get("nodes");
        if (nodes == null) {
            return List.of(
                    new GivenNode("node-1", Node.Role.MANAGER, Collections.emptySortedMap()));
        }
        List<GivenNode> read = new ArrayList<>();
        for (Map.Entry<String, Yaml> entry : nodes.named().entrySet()) {
            Map<String, Yaml> fields = entry.getValue().fields(List.of("role", "labels"));
            Yaml role = fields.get("role");
            Yaml labels = fields.get("labels");
            read.add(
                    new GivenNode(
                            entry.getKey(),
                            role != null
                                            && role.oneOf(List.of("manager", "worker"))
                                                    .equals("worker")
                                    ? Node.Role.WORKER
                                    : Node.Role.MANAGER,
                            labels == null ? Collections.emptySortedMap() : labels.texts()));
        }
        return read;
    }

    private static List<GivenService> services(Map<String, Yaml> given) throws BadScenario {
        Yaml services = given.get("services");
        List<GivenService> read = new ArrayList<>();
        if (services != null) {
            for (Map.Entry<String, Yaml> entry : services.named().entrySet()) {
                read.add(service(entry.getKey(), entry.getValue()));
            }
        }
        return read;
    }

    private static List<Step.Tells> told(Map<String, Yaml> given) throws BadScenario {
        Yaml facts = given.get("facts");
        return facts == null ? List.of() : FactSteps.given(facts);
    }

    private static GivenService service(String name, Yaml yaml) throws BadScenario {
        Map<String, Yaml> fields = yaml.fields(SERVICE);
        SortedMap<String, String> labels = new TreeMap<>();
        Yaml given = fields.get("labels");
        if (given != null) {
            labels.putAll(given.texts());
        }
        for (Map.Entry<String, Yaml> field : fields.entrySet()) {
            String label = SHORT.get(field.getKey());
            if (label != null) {
                labels.put(label, field.getValue().text());
            }
        }
        Yaml mode = fields.get("mode");
        Yaml replicas = fields.get("replicas");
        Yaml image = fields.get("image");
        return new GivenService(
                name,
                mode == null ? Service.Mode.REPLICATED : mode(mode),
                replicas == null ? 1 : replicas.whole(),
                image == null ? "example/" + name + ":1" : image.text(),
                labels);
    }

    /// Their names begin so that no file of the rules under test is called the same.
    private static SortedMap<String, String> rules(Map<String, Yaml> given, Path directory)
            throws BadScenario {
        SortedMap<String, String> rules = new TreeMap<>();
        Yaml files = given.get("rules");
        if (files != null) {
            for (Yaml file : files.items()) {
                byte[] text = Beside.read(file, directory);
                rules.put("beside/" + file.text(), new String(text, StandardCharsets.UTF_8));
            }
        }
        return rules;
    }

    private static Service.Mode mode(Yaml yaml) throws BadScenario {
        Set<String> words = Set.of("replicated", "global", "replicated-job", "global-job");
        return Service.Mode.valueOf(yaml.oneOf(words).replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
