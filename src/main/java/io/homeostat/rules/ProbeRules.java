package io.homeostat.rules;

import io.homeostat.fact.Sorted;
import io.homeostat.rules.Premise.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Writes the rules that ask for parts of another rule: a condition with its first constraints
/// only, or the conditions up to one.
///
/// Where a condition of the rule is asked about, it reads from a place of its own (an entry point);
/// so does each earlier pattern that it uses, and there are only facts put that were found to match
/// it. So a probe never joins all facts with all facts.
final class ProbeRules {
    /// The fact that a probe is about.
    static final String PROBED = "$probed";

    private static final String VALUE = "$probedValue";

    private final int rule;
    private final List<Premise> conditions;
    private final boolean withValues;

    /// @param rule its number among the rules that are compiled together
    /// @param withValues whether probes also read what the constraint after them looks at
    ProbeRules(int rule, List<Premise> conditions, boolean withValues) {
        this.rule = rule;
        this.conditions = conditions;
        this.withValues = withValues;
    }

    /// The same without reading what constraints look at.
    ProbeRules withoutValues() {
        return new ProbeRules(rule, conditions, false);
    }

    /// The probe of a condition with its first constraints.
    String first(int condition, int constraints) {
        return "r%d c%d first %d".formatted(rule, condition, constraints);
    }

    /// The probe of a condition as a whole, with the earlier ones that it uses.
    String alone(int condition) {
        return "r%d c%d alone".formatted(rule, condition);
    }

    /// The probe of all conditions up to one.
    String upTo(int condition) {
        return "r%d c%d all".formatted(rule, condition);
    }

    /// Where the facts are put that match a pattern.
    String chosen(int pattern) {
        return "r%d p%d".formatted(rule, pattern);
    }

    /// Where all facts are put that `not` and `exists` look at.
    String everything() {
        return "r%d all".formatted(rule);
    }

    /// The variable that holds the fact of a pattern in a probe.
    String variable(int pattern) {
        String own = conditions.get(pattern).binding();
        return own.isEmpty() ? PROBED + pattern : own;
    }

    /// The variable that holds what the constraint after a probe looks at.
    static String value(int index) {
        return VALUE + index;
    }

    /// All of them, for the rule engine.
    String text() {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < conditions.size(); at++) {
            Premise condition = conditions.get(at);
            if (condition.kind() != Kind.WHOLE) {
                int from = condition.kind() == Kind.NOT ? condition.constraints().size() : 0;
                for (int count = from; count <= condition.constraints().size(); count++) {
                    probe(text, first(at, count), with(needs(at), probed(at, count)));
                }
            }
            if (!condition.isPattern()) {
                probe(text, alone(at), with(needs(at), earlier(at)));
            }
            if (at > 0) {
                SortedSet<Integer> all = new TreeSet<>();
                for (int each = 0; each < at; each++) {
                    all.add(each);
                }
                probe(text, upTo(at), with(all, earlier(at)));
            }
        }
        return text.toString();
    }

    /// The earlier conditions whose variables a condition uses, and those that these use.
    SortedSet<Integer> needs(int condition) {
        SortedSet<Integer> needed = new TreeSet<>();
        for (int at = 0; at < condition; at++) {
            for (String variable : conditions.get(condition).uses()) {
                if (conditions.get(at).binds().contains(variable)) {
                    needed.add(at);
                    needed.addAll(needs(at));
                }
            }
        }
        return Sorted.copy(needed);
    }

    private static void probe(StringBuilder text, String name, String when) {
        text.append("rule \"%s\"\nwhen\n%s\nthen\nend\n".formatted(name, when));
    }

    private String with(SortedSet<Integer> needed, String last) {
        StringBuilder when = new StringBuilder();
        needed.forEach(at -> when.append(earlier(at)).append('\n'));
        return when.append(last).toString();
    }

    /// A condition as other probes rest on it.
    private String earlier(int at) {
        Premise condition = conditions.get(at);
        List<String> constraints = condition.first(condition.constraints().size());
        String inside = pattern(condition.binding(), condition, constraints) + from(everything());
        return switch (condition.kind()) {
            case PATTERN -> pattern(variable(at), condition, constraints) + from(chosen(at));
            case NOT -> "not ( " + inside + " )";
            case EXISTS -> "exists ( " + inside + " )";
            case WHOLE -> condition.text();
        };
    }

    private String probed(int at, int count) {
        Premise condition = conditions.get(at);
        List<String> constraints = new ArrayList<>(condition.first(count));
        if (withValues && count < condition.constraints().size()) {
            List<String> values = condition.constraints().get(count).values();
            for (int i = 0; i < values.size(); i++) {
                constraints.add(value(i) + " : " + values.get(i));
            }
        }
        return pattern(variable(at), condition, constraints) + from(first(at, count));
    }

    private static String pattern(String variable, Premise condition, List<String> constraints) {
        String bound = variable.isEmpty() ? "" : variable + " : ";
        return "%s%s( %s )".formatted(bound, condition.type(), String.join(", ", constraints));
    }

    private static String from(String place) {
        return " from entry-point \"" + place + "\"";
    }
}
