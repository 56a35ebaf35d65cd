package io.homeostat.rules;

import io.homeostat.fact.Sorted;
import io.homeostat.rules.Premise.Constraint;
import io.homeostat.rules.Premise.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AtomicExprDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.BindingDescr;
import org.drools.drl.ast.descr.ConstraintConnectiveDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RelationalExprDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlExprParser;
import org.drools.drl.parser.DrlExprParserFactory;

/// Takes the rules of a file apart with the rule engine's own parser, so that nothing is read here
/// in another way than there.
final class PremiseReader {
    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"");
    private static final Pattern BOUND = Pattern.compile("([A-Za-z_$][\\w$]*)\\s*:(?!:)");
    private static final Pattern WORD = Pattern.compile("(?<![\\w$.])[A-Za-z_$][\\w$]*");

    private final String text;

    private PremiseReader(String text) {
        this.text = text;
    }

    /// The conditions of each rule, by name; a rule that the parser does not read is not among
    /// them.
    ///
    /// @param text a file's text without comments and imports
    static SortedMap<String, List<Premise>> read(String text) {
        SortedMap<String, List<Premise>> rules = new TreeMap<>();
        PremiseReader reader = new PremiseReader(text);
        EngineParser.parse(text)
                .ifPresent(file -> {
                    for (RuleDescr rule : file.getRules()) {
                        rules.put(rule.getName(), reader.conditions(rule.getLhs()));
                    }
                });
        return rules;
    }

    private List<Premise> conditions(AndDescr when) {
        List<Premise> conditions = new ArrayList<>();
        SortedSet<String> bound = new TreeSet<>();
        for (BaseDescr each : when.getDescrs()) {
            Premise condition = condition(each, bound);
            bound.addAll(condition.binds());
            conditions.add(condition);
        }
        return conditions;
    }

    private Premise condition(BaseDescr descr, SortedSet<String> bound) {
        return switch (descr) {
            case PatternDescr pattern when pattern.getSource() == null ->
                    apart(Kind.PATTERN, descr, pattern, bound);
            case NotDescr not when only(not.getDescrs()) instanceof PatternDescr pattern ->
                    apart(Kind.NOT, descr, pattern, bound);
            case ExistsDescr exists when only(exists.getDescrs()) instanceof PatternDescr pattern ->
                    apart(Kind.EXISTS, descr, pattern, bound);
            case BaseDescr other -> whole(other, bound);
        };
    }

    /// The pattern within `not` or `exists`; what is more than one pattern is not taken apart.
    private static Object only(List<?> parts) {
        return parts.size() == 1
                        && parts.getFirst() instanceof PatternDescr pattern
                        && pattern.getSource() == null
                ? pattern
                : "";
    }

    private Premise apart(
            Kind kind, BaseDescr descr, PatternDescr pattern, SortedSet<String> bound) {
        List<Constraint> constraints = new ArrayList<>();
        for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
            boolean named =
                    constraint instanceof ExprConstraintDescr expression
                            && expression.getType() == ExprConstraintDescr.Type.NAMED;
            if (!named) {
                return whole(descr, bound);
            }
            constraints.add(constraint(((ExprConstraintDescr) constraint).getText().strip()));
        }
        String binding = pattern.getIdentifier() == null ? "" : pattern.getIdentifier();
        String written = written(descr);
        return new Premise(
                kind,
                written,
                binding,
                pattern.getObjectType(),
                constraints,
                kind == Kind.PATTERN ? binds(written) : new TreeSet<>(),
                uses(written, bound));
    }

    private Premise whole(BaseDescr descr, SortedSet<String> bound) {
        String written = written(descr);
        return new Premise(
                Kind.WHOLE, written, "", "", List.of(), binds(written), uses(written, bound));
    }

    private String written(BaseDescr descr) {
        int end = Math.min(text.length(), descr.getEndCharacter());
        return text.substring(descr.getStartCharacter(), end).strip();
    }

    private static Constraint constraint(String text) {
        DrlExprParser parser = DrlExprParserFactory.getDrlExprParser(EngineParser.LANGUAGE);
        ConstraintConnectiveDescr parsed = parser.parse(text);
        List<String> values = new ArrayList<>();
        if (parsed == null || parser.hasErrors()) {
            return new Constraint(text, true, values);
        }
        boolean binds =
                parsed.getDescrs().size() == 1
                        && parsed.getDescrs().getFirst() instanceof BindingDescr;
        collect(parsed, values);
        return new Constraint(text, !binds, values.stream().distinct().toList());
    }

    /// What a constraint looks at in its fact: not literals, constants or variables.
    private static void collect(Object expression, List<String> values) {
        switch (expression) {
            case ConstraintConnectiveDescr several ->
                    several.getDescrs().forEach(each -> collect(each, values));
            case RelationalExprDescr relation -> {
                collect(relation.getLeft(), values);
                collect(relation.getRight(), values);
            }
            case BindingDescr binding -> read(binding.getExpression(), values);
            case AtomicExprDescr atom when !atom.isLiteral() -> read(atom.getExpression(), values);
            case Object _ -> {}
        }
    }

    private static void read(String expression, List<String> values) {
        String bare = expression.strip().replaceFirst("^!\\s*", "");
        if (bare.matches("[a-z].*") && !bare.contains("$") && !bare.matches("(?s)this\\b.*")) {
            values.add(bare);
        }
    }

    private static SortedSet<String> binds(String text) {
        SortedSet<String> names = new TreeSet<>();
        Matcher bound = BOUND.matcher(STRING.matcher(text).replaceAll("\"\""));
        while (bound.find()) {
            names.add(bound.group(1));
        }
        return Sorted.copy(names);
    }

    private static SortedSet<String> uses(String text, SortedSet<String> bound) {
        SortedSet<String> names = new TreeSet<>();
        Matcher word = WORD.matcher(STRING.matcher(text).replaceAll("\"\""));
        while (word.find()) {
            if (bound.contains(word.group())) {
                names.add(word.group());
            }
        }
        return Sorted.copy(names);
    }
}
