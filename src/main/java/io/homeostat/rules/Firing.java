package io.homeostat.rules;

import io.homeostat.action.Verbs;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.rule.ConsequenceException;

/// Knows which rule fires, how often each did, and whose fault it is when one throws.
final class Firing extends DefaultAgendaEventListener implements Verbs.FiringRule {
    /// Drools names the rules of a condition only in its message: `in [Rule "a", "b" in file.drl]`.
    private static final Pattern RULES_OF_CONDITION =
            Pattern.compile("in \\[Rule (.*)]", Pattern.DOTALL);

    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");

    private final Map<String, Integer> times = new TreeMap<>();
    private String name = "";

    void begin() {
        times.clear();
        name = "";
    }

    /// How often each rule fired since it began.
    SortedMap<String, Integer> times() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(times));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void beforeMatchFired(BeforeMatchFiredEvent event) {
        name = event.getMatch().getRule().getName();
        times.merge(name, 1, Integer::sum);
    }

    /// What to throw when Drools threw.
    RuntimeException blame(RuntimeException thrown) {
        if (thrown instanceof ConsequenceException consequence) {
            Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
            String rule = consequence.getMatch().getRule().getName();
            return new RuleThrew(
                    new TreeSet<>(Set.of(rule)),
                    "Rule \"%s\" threw in its consequence: %s".formatted(rule, cause),
                    cause);
        }
        SortedSet<String> rules = rulesNamedIn(thrown);
        if (rules.isEmpty()) {
            return thrown;
        }
        return new RuleThrew(
                rules,
                "A condition of rule %s threw: %s. When a property may be null, ask for that first: service != null, service.name == …"
                        .formatted(rules, thrown.getMessage()),
                thrown);
    }

    RuleThrew endless(int limit) {
        String most = "";
        for (Map.Entry<String, Integer> entry : times.entrySet()) {
            if (most.isEmpty() || entry.getValue() > times.getOrDefault(most, 0)) {
                most = entry.getKey();
            }
        }
        String message =
                "Rules fired %d times without coming to an end; rule \"%s\" most often, %d times."
                        .formatted(limit, most, times.getOrDefault(most, 0));
        return new RuleThrew(
                new TreeSet<>(Set.of(most)), message, new IllegalStateException(message));
    }

    private static SortedSet<String> rulesNamedIn(RuntimeException thrown) {
        SortedSet<String> rules = new TreeSet<>();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            Matcher list = RULES_OF_CONDITION.matcher(String.valueOf(at.getMessage()));
            if (rules.isEmpty() && list.find()) {
                Matcher name = NAME.matcher(list.group(1));
                while (name.find()) {
                    rules.add(name.group(1));
                }
            }
        }
        return rules;
    }
}
