package io.homeostat.scenario;

import io.homeostat.incident.Account;
import io.homeostat.incident.IncidentState;
import io.homeostat.scenario.Check.DecisionPattern;
import io.homeostat.scenario.Check.TellingPattern;
import io.homeostat.scenario.Check.TextPattern;
import io.homeostat.scenario.Scenario.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads what must come of a scenario, and what must never.
final class CheckReader {
    private static final List<String> CHECKS =
            List.of(
                    "actions",
                    "decisions",
                    "escalations",
                    "replicas",
                    "running",
                    "alerts",
                    "incidents",
                    "nothing");
    private static final List<String> DECISION =
            List.of(
                    "rule",
                    "subject",
                    "wish",
                    "action",
                    "verdict",
                    "would-be",
                    "guard",
                    "code",
                    "reason");
    private static final List<String> TELLING =
            List.of("text", "channel", "severity", "subject", "phase");
    private static final String GONE = "gone";

    private CheckReader() {}

    /// The times that are named.
    static List<Duration> times(Yaml then) throws BadScenario {
        List<Duration> times = new ArrayList<>();
        for (Yaml item : then.items()) {
            Yaml at = item.named().get("at");
            if (at != null) {
                times.add(at.duration());
            }
        }
        return times;
    }

    /// @param end when to look where no time is named
    static List<Wanted> wanted(Yaml then, Duration end) throws BadScenario {
        List<String> known = new ArrayList<>(CHECKS);
        known.add("at");
        List<Wanted> wanted = new ArrayList<>();
        for (Yaml item : then.items()) {
            Map<String, Yaml> fields = item.fields(known);
            Yaml at = fields.get("at");
            Duration time = at == null ? end : at.duration();
            for (Map.Entry<String, Yaml> field : fields.entrySet()) {
                if (!field.getKey().equals("at")) {
                    Yaml value = field.getValue();
                    wanted.add(new Wanted(time, value.line(), check(field.getKey(), value)));
                }
            }
            if (fields.size() == (at == null ? 0 : 1)) {
                throw item.fault("nothing is expected here; what can be: " + Yaml.listed(CHECKS));
            }
        }
        return wanted;
    }

    /// Each holds what must not have been until the end, as if it were expected.
    static List<Wanted> never(Yaml never, Duration end) throws BadScenario {
        List<Wanted> unwanted = new ArrayList<>();
        for (Yaml item : never.items()) {
            for (Map.Entry<String, Yaml> field :
                    item.fields(List.of("action", "decision", "escalation")).entrySet()) {
                Yaml value = field.getValue();
                Check check =
                        switch (field.getKey()) {
                            case "action" -> new Check.Actions(List.of(text(value)));
                            case "decision" -> new Check.Decisions(List.of(decision(value)));
                            default -> new Check.Escalations(List.of(telling(value)));
                        };
                unwanted.add(new Wanted(end, value.line(), check));
            }
        }
        return unwanted;
    }

    private static Check check(String key, Yaml value) throws BadScenario {
        return switch (key) {
            case "actions" -> {
                List<TextPattern> texts = new ArrayList<>();
                for (Yaml item : value.items()) {
                    texts.add(text(item));
                }
                yield new Check.Actions(texts);
            }
            case "decisions" -> {
                List<DecisionPattern> patterns = new ArrayList<>();
                for (Yaml item : value.items()) {
                    patterns.add(decision(item));
                }
                yield new Check.Decisions(patterns);
            }
            case "escalations" -> {
                List<TellingPattern> patterns = new ArrayList<>();
                for (Yaml item : value.items()) {
                    patterns.add(telling(item));
                }
                yield new Check.Escalations(patterns);
            }
            case "replicas" -> new Check.Replicas(counts(value));
            case "running" -> new Check.Running(counts(value));
            case "alerts" -> new Check.Accounts(words(value, accounts()));
            case "incidents" -> new Check.Incidents(words(value, states()));
            default -> {
                value.oneOf(List.of("true"));
                yield new Check.Nothing();
            }
        };
    }

    static SortedMap<String, Integer> counts(Yaml value) throws BadScenario {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (Map.Entry<String, Yaml> entry : value.named().entrySet()) {
            counts.put(entry.getKey(), entry.getValue().whole());
        }
        return counts;
    }

    private static SortedMap<String, String> words(Yaml value, Collection<String> known)
            throws BadScenario {
        SortedMap<String, String> words = new TreeMap<>();
        for (Map.Entry<String, Yaml> entry : value.named().entrySet()) {
            words.put(entry.getKey(), entry.getValue().oneOf(known));
        }
        return words;
    }

    private static List<String> accounts() {
        List<String> words = new ArrayList<>(List.of(GONE));
        for (Account account : Account.values()) {
            words.add(account.word());
        }
        return words;
    }

    private static List<String> states() {
        List<String> words = new ArrayList<>(List.of(GONE));
        for (IncidentState state : IncidentState.values()) {
            words.add(state.name().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    private static TextPattern text(Yaml value) throws BadScenario {
        return new TextPattern(value.text());
    }

    private static DecisionPattern decision(Yaml value) throws BadScenario {
        return new DecisionPattern(patterns(value, DECISION));
    }

    private static TellingPattern telling(Yaml value) throws BadScenario {
        if (value.isText()) {
            SortedMap<String, TextPattern> text = new TreeMap<>();
            text.put("text", text(value));
            return new TellingPattern(text);
        }
        return new TellingPattern(patterns(value, TELLING));
    }

    private static SortedMap<String, TextPattern> patterns(Yaml value, List<String> known)
            throws BadScenario {
        SortedMap<String, TextPattern> patterns = new TreeMap<>();
        for (Map.Entry<String, Yaml> entry : value.fields(known).entrySet()) {
            patterns.put(entry.getKey(), text(entry.getValue()));
        }
        return patterns;
    }
}
