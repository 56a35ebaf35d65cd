package io.homeostat.scenario;

import io.homeostat.alertmanager.WebhookBody;
import io.homeostat.fact.Node;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Freeze;
import io.homeostat.scenario.Scenario.Event;
import io.homeostat.scenario.Step.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads what happens in a scenario: times, and at each one or more steps.
final class StepReader {
    static final List<String> TIMES = List.of("at", "every", "until");
    static final List<String> STEPS =
            List.of(
                    "fires",
                    "resolves",
                    "body",
                    "silences",
                    "unsilences",
                    "freezes",
                    "thaws",
                    "requests",
                    "tells",
                    "takes-back",
                    "measures",
                    "scales",
                    "relabels",
                    "deploys",
                    "asks-to-deploy",
                    "removes",
                    "crashes",
                    "breaks-image",
                    "node-fails",
                    "node-returns",
                    "node-drains",
                    "node-pauses",
                    "node-activates",
                    "blinds",
                    "sees",
                    "next-write",
                    "restarts");

    /// What a person can request, and of what.
    private static final SortedMap<String, Subject.Kind> VERBS =
            Sorted.copy(
                    Map.of(
                            "scale", Subject.Kind.SERVICE,
                            "restart", Subject.Kind.SERVICE,
                            "rollback", Subject.Kind.SERVICE,
                            "drain", Subject.Kind.NODE,
                            "activate", Subject.Kind.NODE));

    private static final List<String> WATCHERS =
            List.of(Watcher.SERVICES, Watcher.TASKS, Watcher.NODES, Watcher.METRICS);

    /// More happenings than this are a slip of the pen, and would take for ever.
    private static final int REPEATS = 10_000;

    private final Path directory;

    private StepReader(Path directory) {
        this.directory = directory;
    }

    static List<Event> read(Yaml when, Path directory) throws BadScenario {
        StepReader reader = new StepReader(directory);
        List<Event> events = new ArrayList<>();
        for (Yaml item : when.items()) {
            reader.read(item, events);
        }
        events.sort(Comparator.comparing(Event::at));
        return events;
    }

    private void read(Yaml item, List<Event> events) throws BadScenario {
        List<String> known = new ArrayList<>(TIMES);
        known.addAll(STEPS);
        Map<String, Yaml> fields = item.fields(known);
        Yaml at = fields.get("at");
        Yaml every = fields.get("every");
        Yaml until = fields.get("until");
        if ((every == null) != (until == null)) {
            throw item.fault("'every' and 'until' belong together");
        }
        Duration first = at == null ? Duration.ZERO : at.duration();
        Duration last = until == null ? first : until.duration();
        Duration pause = every == null ? Duration.ofSeconds(1) : every.duration();
        if (pause.isZero() || last.minus(first).dividedBy(pause) > REPEATS) {
            throw item.fault("it would happen more than %d times".formatted(REPEATS));
        }
        int steps = 0;
        for (Map.Entry<String, Yaml> field : fields.entrySet()) {
            if (!TIMES.contains(field.getKey())) {
                steps++;
                Step step = step(field.getKey(), field.getValue());
                for (Duration time = first; time.compareTo(last) <= 0; time = time.plus(pause)) {
                    events.add(new Event(time, item.line(), step));
                }
            }
        }
        if (steps == 0) {
            throw item.fault("nothing happens here; what can, is " + Yaml.listed(STEPS));
        }
    }

    private Step step(String key, Yaml value) throws BadScenario {
        return switch (key) {
            case "fires" -> new Step.Fires(told(value));
            case "resolves" -> new Step.Resolves(value.texts());
            case "body" -> body(value);
            case "silences" -> new Step.Silences(value.texts());
            case "unsilences" -> all(value, new Step.Unsilences());
            case "freezes" -> freezes(value);
            case "thaws" -> all(value, new Step.Thaws());
            case "requests" -> requests(value);
            case "tells" -> FactSteps.tells(value);
            case "takes-back" -> FactSteps.takesBack(value);
            case "measures" -> MetricSteps.measures(value);
            case "scales" -> new Step.Scales(CheckReader.counts(value));
            case "relabels" -> relabels(value);
            case "deploys" -> deploys(value);
            case "asks-to-deploy" -> asksToDeploy(value);
            case "removes" -> new Step.Removes(value.text());
            case "crashes" -> new Step.Crashes(value.text());
            case "breaks-image" -> new Step.BreaksImage(value.text());
            case "node-fails" -> new Step.NodeFails(value.text());
            case "node-returns" -> new Step.NodeReturns(value.text());
            case "node-drains" -> new Step.NodeBecomes(value.text(), Node.Availability.DRAIN);
            case "node-pauses" -> new Step.NodeBecomes(value.text(), Node.Availability.PAUSE);
            case "node-activates" -> new Step.NodeBecomes(value.text(), Node.Availability.ACTIVE);
            case "blinds" -> new Step.Blinds(value.oneOf(WATCHERS));
            case "sees" -> new Step.Sees(value.oneOf(WATCHERS));
            case "next-write" ->
                    new Step.SpoilsNextWrite(
                            Step.Spoiling.valueOf(
                                    value.oneOf(
                                                    List.of(
                                                            "fails",
                                                            "conflicts",
                                                            "arrives-unanswered",
                                                            "vanishes"))
                                            .replace('-', '_')
                                            .toUpperCase(Locale.ROOT)));
            case "restarts" -> {
                value.oneOf(List.of("homeostat"));
                yield new Step.Restarts();
            }
            default -> throw value.fault("'%s' cannot happen".formatted(key));
        };
    }

    private static Step all(Yaml value, Step step) throws BadScenario {
        value.oneOf(List.of("all"));
        return step;
    }

    private static List<Told> told(Yaml value) throws BadScenario {
        List<Told> alerts = new ArrayList<>();
        for (Yaml item : value.items()) {
            SortedMap<String, String> labels = new TreeMap<>();
            SortedMap<String, String> annotations = Collections.emptySortedMap();
            for (Map.Entry<String, Yaml> field : item.named().entrySet()) {
                if (field.getKey().equals("annotations") && !field.getValue().isText()) {
                    annotations = field.getValue().texts();
                } else {
                    labels.put(field.getKey(), field.getValue().text());
                }
            }
            if (!labels.containsKey("alertname")) {
                throw item.fault("an alert needs the label 'alertname'");
            }
            alerts.add(new Told(labels, annotations));
        }
        return alerts;
    }

    private Step body(Yaml value) throws BadScenario {
        byte[] bytes = Beside.read(value, directory);
        WebhookBody.Reading reading =
                new WebhookBody(WebhookBody.Bounds.DEFAULT).read(bytes, Instant.EPOCH);
        return switch (reading) {
            case WebhookBody.Taken taken -> new Step.Body(taken.signal());
            case WebhookBody.BadBody bad ->
                    throw value.fault(
                            "%s is no webhook body: %s".formatted(value.text(), bad.detail()));
        };
    }

    private static Step freezes(Yaml value) throws BadScenario {
        Map<String, Yaml> fields =
                value.fields(List.of("everything", "kind", "subject", "rule", "for"));
        Yaml length = fields.get("for");
        Duration until = length == null ? Duration.ofHours(1) : length.duration();
        for (Freeze.Scope scope : Freeze.Scope.values()) {
            Yaml what = fields.get(scope.name().toLowerCase(Locale.ROOT));
            if (what != null) {
                String stopped = scope == Freeze.Scope.EVERYTHING ? "" : what.text();
                return new Step.Freezes(scope, stopped, until);
            }
        }
        throw value.fault("say what is frozen: { everything: true }, or a kind, subject or rule");
    }

    private static Step requests(Yaml value) throws BadScenario {
        List<String> keys = new ArrayList<>(VERBS.keySet());
        keys.addAll(List.of("replicas", "by"));
        Map<String, Yaml> fields = value.fields(keys);
        List<String> verbs = VERBS.keySet().stream().filter(fields::containsKey).toList();
        Yaml replicas = fields.get("replicas");
        Yaml by = fields.get("by");
        if (verbs.size() != 1 || verbs.contains("scale") == (replicas == null)) {
            throw value.fault(
                    "write { scale: SERVICE, replicas: 4 }, or { restart: SERVICE }, { rollback: SERVICE }, { drain: NODE } or { activate: NODE }");
        }
        String verb = verbs.getFirst();
        SortedMap<String, String> parameters = new TreeMap<>();
        if (replicas != null) {
            parameters.put("replicas", String.valueOf(replicas.whole()));
        }
        Subject target =
                new Subject(
                        Objects.requireNonNull(VERBS.get(verb)),
                        Objects.requireNonNull(fields.get(verb)).text());
        return new Step.Requests(verb, target, parameters, by == null ? "ann" : by.text());
    }

    private static Step deploys(Yaml value) throws BadScenario {
        Map<String, Yaml> fields =
                value.fields(List.of("service", "image", "crashes", "hangs", "rejected"));
        Yaml service = fields.get("service");
        Yaml image = fields.get("image");
        Yaml rejected = fields.get("rejected");
        boolean crashes = isTrue(fields.get("crashes"));
        boolean hangs = isTrue(fields.get("hangs"));
        int fates = (crashes ? 1 : 0) + (hangs ? 1 : 0) + (rejected == null ? 0 : 1);
        if (service == null || image == null || fates > 1) {
            throw value.fault(
                    "write { service: NAME, image: NAME }, and one of crashes: true, hangs: true and rejected: WORDS when its tasks do so");
        }
        Step.Fate fate =
                rejected != null
                        ? Step.Fate.ARE_REJECTED
                        : crashes ? Step.Fate.CRASH : hangs ? Step.Fate.HANG : Step.Fate.RUN;
        return new Step.Deploys(
                service.text(), image.text(), fate, rejected == null ? "" : rejected.text());
    }

    private static boolean isTrue(@Nullable Yaml yaml) throws BadScenario {
        return yaml != null && yaml.oneOf(List.of("true", "false")).equals("true");
    }

    private static Step asksToDeploy(Yaml value) throws BadScenario {
        Map<String, Yaml> fields = value.fields(List.of("service", "image", "forced"));
        Yaml service = fields.get("service");
        Yaml image = fields.get("image");
        Yaml forced = fields.get("forced");
        if (service == null || image == null) {
            throw value.fault(
                    "write { service: NAME, image: NAME }, and forced: true for one in quarantine");
        }
        boolean isForced = forced != null && forced.oneOf(List.of("true", "false")).equals("true");
        return new Step.AsksToDeploy(service.text(), image.text(), isForced);
    }

    private static Step relabels(Yaml value) throws BadScenario {
        Map<String, Yaml> fields = value.fields(List.of("service", "labels"));
        Yaml service = fields.get("service");
        Yaml labels = fields.get("labels");
        if (service == null || labels == null) {
            throw value.fault("write { service: NAME, labels: { … } }");
        }
        return new Step.Relabels(service.text(), labels.texts());
    }
}
