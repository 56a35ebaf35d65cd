package io.homeostat.scenario;

import io.homeostat.engine.Signal;
import io.homeostat.fact.CustomFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Custom facts in a scenario: those that are given, those that are told, and those taken back.
final class FactSteps {
    /// The name that says how long a fact holds, among those of its values.
    static final String FOR = "for";

    /// How long a fact holds that does not say for how long.
    private static final Duration LENGTH = Duration.ofHours(1);

    private static final String BY = "ann";
    private static final String WHY = "the scenario says so";

    private FactSteps() {}

    /// The facts that there are in the beginning: `{ queue/orders: { depth: 120 } }`.
    static List<Step.Tells> given(Yaml facts) throws BadScenario {
        List<Step.Tells> told = new ArrayList<>();
        for (Map.Entry<String, Yaml> fact : facts.named().entrySet()) {
            told.add(told(facts, fact.getKey(), fact.getValue()));
        }
        return told;
    }

    /// A step that tells one: `{ queue/orders: { depth: 120, for: 10m } }`.
    static Step.Tells tells(Yaml value) throws BadScenario {
        List<Step.Tells> told = given(value);
        if (told.size() != 1) {
            throw value.fault(
                    "tell one fact at a time, as in { queue/orders: { depth: 120, for: 10m } }");
        }
        return told.getFirst();
    }

    static Step.TakesBack takesBack(Yaml value) throws BadScenario {
        String[] name = name(value, value.text());
        return new Step.TakesBack(name[0], name[1]);
    }

    private static Step.Tells told(Yaml facts, String name, Yaml yaml) throws BadScenario {
        String[] parts = name(facts, name);
        SortedMap<String, String> values = new TreeMap<>();
        Duration length = LENGTH;
        for (Map.Entry<String, Yaml> value : yaml.named().entrySet()) {
            if (value.getKey().equals(FOR)) {
                length = value.getValue().duration();
            } else {
                values.put(value.getKey(), value.getValue().text());
            }
        }
        if (values.isEmpty()) {
            throw yaml.fault("nothing is told of %s; write { depth: 120 }".formatted(name));
        }
        return new Step.Tells(parts[0], parts[1], values, length);
    }

    private static String[] name(Yaml where, String name) throws BadScenario {
        String[] parts = name.split("/", 2);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw where.fault(
                    "'%s' is no kind/key of a custom fact; write queue/orders".formatted(name));
        }
        return parts;
    }

    static Signal told(Step.Tells told, Instant now) {
        return new Signal.FactPut(
                new CustomFact(
                        told.kind(),
                        told.key(),
                        told.values(),
                        now,
                        now,
                        now.plus(told.length()),
                        BY,
                        WHY));
    }

    static Signal takenBack(Step.TakesBack taken, Instant now) {
        return new Signal.FactRemoved(taken.kind(), taken.key(), BY, WHY, now);
    }
}
