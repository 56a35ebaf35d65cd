package io.homeostat.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.CollectDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ForallDescr;
import org.drools.drl.ast.descr.FromDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.PatternSourceDescr;
import org.drools.drl.ast.descr.RuleDescr;

/// Reads rules with the rule engine's own parser, so that the check sees what will be run, and
/// refuses whatever that parser finds in them that is no condition of a rule.
final class TreeReader {
    private final FileShape file;
    private final RuleShape shape;
    private final List<RuleFault> faults = new ArrayList<>();

    private TreeReader(FileShape file, RuleShape shape) {
        this.file = file;
        this.shape = shape;
    }

    /// @param tree empty when the parser cannot read the rule; then the compiler says why
    record Result(Optional<RuleTree> tree, List<RuleFault> faults) {}

    static Result read(FileShape file, RuleShape shape) {
        TreeReader reader = new TreeReader(file, shape);
        String text = file.bare(Set.of()).substring(shape.begin(), shape.end());
        PackageDescr parsed = EngineParser.parse(text).orElse(null);
        if (parsed == null || parsed.getRules().size() != 1) {
            return new Result(Optional.empty(), List.of());
        }
        RuleDescr rule = parsed.getRules().getFirst();
        reader.attributes(parsed, rule);
        Condition condition = reader.condition(rule.getLhs());
        RuleTree tree = new RuleTree(file, shape, condition, Statements.of(shape.then()));
        return new Result(Optional.of(tree), reader.faults);
    }

    private void attributes(PackageDescr parsed, RuleDescr rule) {
        rule.getAttributes().keySet().stream().sorted().forEach(this::strange);
        Optional.ofNullable(rule.getParentName()).ifPresent(_ -> strange("extends"));
        rule.getNamedConsequences().keySet().stream().sorted().forEach(_ -> strange("then[ … ]"));
        if (rule.isQuery()) {
            strange("query");
        }
        boolean more =
                !parsed.getFunctions().isEmpty()
                        || !parsed.getGlobals().isEmpty()
                        || !parsed.getAttributes().isEmpty()
                        || !parsed.getClassAndEnumDeclarationDescrs().isEmpty()
                        || !parsed.getImports().isEmpty();
        if (more) {
            strange("what is no rule");
        }
    }

    private Condition condition(BaseDescr descr) {
        int begin = begin(descr);
        return switch (descr) {
            case AndDescr and -> new Condition.All(inner(and), begin);
            case OrDescr or -> new Condition.Any(inner(or), begin);
            case NotDescr not -> new Condition.Absent(together(not, begin), begin);
            case ExistsDescr exists -> new Condition.Present(together(exists, begin), begin);
            case ForallDescr forall ->
                    new Condition.Other(inner(forall), List.of(), List.of(), begin);
            case PatternDescr pattern -> pattern(pattern, begin);
            case BaseDescr _ -> {
                strange(wordOf(descr));
                yield new Condition.Other(List.of(), List.of(), List.of(), begin);
            }
        };
    }

    private List<Condition> inner(ConditionalElementDescr element) {
        List<Condition> conditions = new ArrayList<>();
        for (Object part : element.getDescrs()) {
            if (part instanceof BaseDescr descr) {
                conditions.add(condition(descr));
            }
        }
        return List.copyOf(conditions);
    }

    private Condition together(ConditionalElementDescr element, int begin) {
        List<Condition> inner = inner(element);
        return inner.size() == 1 ? inner.getFirst() : new Condition.All(inner, begin);
    }

    private Condition pattern(PatternDescr pattern, int begin) {
        if (!pattern.getBehaviors().isEmpty()) {
            strange("over");
        }
        List<Term> constraints = new ArrayList<>();
        for (BaseDescr each : pattern.getDescrs()) {
            List<Token> tokens = tokens(begin(each), end(each));
            if (!tokens.isEmpty()) {
                constraints.add(TermReader.read(tokens));
            }
        }
        String name = Objects.requireNonNullElse(pattern.getIdentifier(), "");
        List<Condition> source = source(pattern, begin);
        return new Condition.Pattern(
                pattern.getObjectType(), name, List.copyOf(constraints), source, begin);
    }

    private List<Condition> source(PatternDescr pattern, int begin) {
        PatternSourceDescr source = pattern.getSource();
        return switch (source) {
            case null -> List.of();
            case AccumulateDescr accumulate -> List.of(accumulate(accumulate));
            case CollectDescr collect ->
                    List.of(
                            new Condition.Other(
                                    inner(collect), List.of(), List.of(), begin(collect)));
            case FromDescr _ -> {
                List<Token> after = tokens(begin, end(pattern));
                int from = 0;
                while (from < after.size() && !after.get(from).is("from")) {
                    from++;
                }
                List<Term> terms =
                        from + 1 < after.size()
                                ? List.of(TermReader.read(after.subList(from + 1, after.size())))
                                : List.of();
                yield List.of(new Condition.Other(List.of(), List.of(), terms, begin));
            }
            case PatternSourceDescr _ -> {
                strange(wordOf(source));
                yield List.of(new Condition.Other(List.of(), List.of(), List.of(), begin));
            }
        };
    }

    private Condition accumulate(AccumulateDescr accumulate) {
        BaseDescr input = accumulate.getInput();
        List<String> names =
                accumulate.getFunctions().stream()
                        .map(AccumulateDescr.AccumulateFunctionCallDescr::getBind)
                        .filter(Objects::nonNull)
                        .toList();
        List<Token> rest = tokens(end(input), end(accumulate));
        List<Term> terms = new ArrayList<>();
        for (List<Token> piece : Statements.split(rest, ",;")) {
            boolean isClosing = piece.size() == 1 && piece.getFirst().is(")");
            if (!isClosing) {
                int last = piece.size() - (unbalanced(piece) ? 1 : 0);
                terms.add(TermReader.read(piece.subList(0, last)));
            }
        }
        return new Condition.Other(
                List.of(condition(input)), names, List.copyOf(terms), begin(accumulate));
    }

    private static boolean unbalanced(List<Token> tokens) {
        long open = tokens.stream().filter(token -> token.is("(")).count();
        return tokens.size() > 1 && tokens.stream().filter(token -> token.is(")")).count() > open;
    }

    private int begin(BaseDescr descr) {
        return shape.begin() + Math.max(0, descr.getStartCharacter());
    }

    private int end(BaseDescr descr) {
        return shape.begin() + descr.getEndCharacter() + 1;
    }

    private List<Token> tokens(int begin, int end) {
        return shape.when().stream()
                .filter(token -> token.begin() >= begin && token.end() <= end)
                .toList();
    }

    private static String wordOf(BaseDescr descr) {
        String type = descr.getClass().getSimpleName();
        return Arrays.stream(type.split("(?=[A-Z])"))
                .filter(part -> !part.equals("Descr"))
                .map(part -> part.toLowerCase(Locale.ROOT))
                .reduce((a, b) -> a + " " + b)
                .orElse(type);
    }

    private void strange(String what) {
        faults.add(
                RuleFault.error(
                        file.scan().file(),
                        file.scan().place(shape.name()),
                        "'%s' in rule \"%s\" is not for rules."
                                .formatted(what, shape.name().unquoted()),
                        Instead.of(what).orElse("Rules compare facts and wish.")));
    }
}
