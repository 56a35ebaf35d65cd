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
import java.util.SortedSet;
import java.util.TreeMap;

/// Reads what must come of a scenario, and what must never.
final class CheckReader {
    private static final String UNTIL = "until";

    static final List<String> CHECKS =
            List.of(
                    "actions",
                    "decisions",
                    "waits",
                    "escalations",
                    "replicas",
                    "running",
                    "alerts",
                    "incidents",
                    "nothing");
    static final List<String> DECISION =
            List.of(
                    "rule",
                    "subject",
                    "wish",
                    "action",
                    "verdict",
                    "would-be",
                    "guard",
                    "code",
                    "reason",
                    UNTIL);

    /// A wish that waits has one verdict.
    static final List<String> WAIT =
            DECISION.stream().filter(key -> !List.of("verdict", "would-be").contains(key)).toList();

    static final List<String> NEVER = List.of("action", "decision", "escalation");
    static final List<String> TELLING = List.of("text", "channel", "severity", "subject", "phase");
    private static final String AT = "at";
    private static final String GONE = "gone";

    private CheckReader() {}

    /// The times that are named.
    static List<Duration> times(Yaml then) throws BadScenario {
        List<Duration> times = new ArrayList<>();
        for (Yaml item : then.items()) {
            Yaml at = item.named().get(AT);
            if (at != null) {
                times.addAll(instants(at));
            }
        }
        return times;
    }

    /// @param end when to look where no time is named
    ///
    /// @param given the services and nodes that there are
    static List<Wanted> wanted(Yaml then, Duration end, SortedSet<String> given)
            throws BadScenario {
        List<String> known = new ArrayList<>(CHECKS);
        known.add(AT);
        List<Wanted> wanted = new ArrayList<>();
        for (Yaml item : then.items()) {
            Map<String, Yaml> fields = item.fields(known);
            Yaml at = fields.get(AT);
            for (Duration time : at == null ? List.of(end) : instants(at)) {
                for (Map.Entry<String, Yaml> field : fields.entrySet()) {
                    if (!field.getKey().equals(AT)) {
                        Yaml value = field.getValue();
                        wanted.add(
                                new Wanted(
                                        time, value.line(), check(field.getKey(), value, given)));
                    }
                }
            }
            if (fields.size() == (at == null ? 0 : 1)) {
                throw item.fault("nothing is expected here; what can be: " + Yaml.listed(CHECKS));
            }
        }
        return wanted;
    }

    /// One time, or a list of times at each of which the same must be.
    private static List<Duration> instants(Yaml at) throws BadScenario {
        if (at.items().isEmpty()) {
            throw at.fault("no time is named; write at: 2m, or at: [ 2m, 5m ]");
        }
        List<Duration> instants = new ArrayList<>();
        for (Yaml each : at.items()) {
            instants.add(each.duration());
        }
        return instants;
    }

    /// Each holds what must not have been until the end, as if it were expected.
    static List<Wanted> never(Yaml never, Duration end) throws BadScenario {
        List<Wanted> unwanted = new ArrayList<>();
        for (Yaml item : never.items()) {
            for (Map.Entry<String, Yaml> field : item.fields(NEVER).entrySet()) {
                Yaml value = field.getValue();
                Check check =
                        switch (field.getKey()) {
                            case "action" -> new Check.Actions(List.of(text(value)));
                            case "decision" ->
                                    new Check.Decisions(List.of(decision(value, DECISION)));
                            default -> new Check.Escalations(List.of(telling(value)));
                        };
                unwanted.add(new Wanted(end, value.line(), check));
            }
        }
        return unwanted;
    }

    private static Check check(String key, Yaml value, SortedSet<String> given) throws BadScenario {
        return switch (key) {
            case "actions" -> {
                List<TextPattern> texts = new ArrayList<>();
                for (Yaml item : value.items()) {
                    texts.add(text(item));
                }
                yield new Check.Actions(texts);
            }
            case "decisions" -> {
                if (value.items().isEmpty()) {
                    throw value.fault(
                            "no decision is named here, so it would always hold; name under 'never' which must not be taken");
                }
                yield new Check.Decisions(decisions(value, DECISION));
            }
            case "waits" -> new Check.Waits(decisions(value, WAIT));
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
            default -> nothing(value, given);
        };
    }

    /// `true`, or the subjects about which nothing is done or told.
    private static Check.Nothing nothing(Yaml value, SortedSet<String> given) throws BadScenario {
        if (value.isText() && value.text().equals("true")) {
            return new Check.Nothing(List.of());
        }
        List<TextPattern> subjects = new ArrayList<>();
        for (Yaml item : value.items()) {
            String subject = item.text();
            if (!subject.contains("/")) {
                throw item.fault(
                        "write nothing: true, or about what: service/NAME, node/ID or cluster/NAME");
            }
            boolean isGiven = subject.matches("(service|node)/[^*]*");
            if (isGiven && !given.contains(subject)) {
                throw item.fault(
                        "'%s' is not given, so nothing could ever happen to it; given are %s"
                                .formatted(subject, Yaml.listed(given)));
            }
            subjects.add(text(item));
        }
        if (subjects.isEmpty()) {
            throw value.fault("it is not said about what nothing happens; write nothing: true");
        }
        return new Check.Nothing(subjects);
    }

    private static List<DecisionPattern> decisions(Yaml value, List<String> known)
            throws BadScenario {
        List<DecisionPattern> patterns = new ArrayList<>();
        for (Yaml item : value.items()) {
            patterns.add(decision(item, known));
        }
        return patterns;
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

    /// @param known the keys that make sense
    private static DecisionPattern decision(Yaml value, List<String> known) throws BadScenario {
        SortedMap<String, TextPattern> patterns = patterns(value, known);
        Yaml until = value.fields(known).get(UNTIL);
        if (until != null) {
            patterns.put(UNTIL, new TextPattern(Chronicle.clock(until.duration())));
        }
        return new DecisionPattern(patterns);
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
