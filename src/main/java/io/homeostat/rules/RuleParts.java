package io.homeostat.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/// The conditions of a rule, taken apart: its patterns as Drools' own parser sees them, with the
/// text of each as it is written.
///
/// @param offset where it begins in the file
/// @param text as it can be written into another rule
/// @param constraints of a plain pattern; empty for all others
/// @param inverted what holds exactly when it does not, for `not` and `exists`
record RuleParts(int offset, String text, List<Constraint> constraints, Optional<String> inverted) {
    /// `$name : what is asked`.
    private static final Pattern BOUND =
            Pattern.compile("(\\$?\\w+)\\s*:(?!:)\\s*(.*)", Pattern.DOTALL);

    /// Something of a fact, with nothing asked of it.
    private static final Pattern PATH =
            Pattern.compile("[\\w$]+(?:\\.[\\w$]+|\\[[^\\]]*]|\\([^()]*\\))*");

    /// What must be there for the rest to be asked at all.
    private static final Pattern NEEDED =
            Pattern.compile("([\\w$]+)(?:\\(\\)|\\[[^\\]]*])?\\s*!=\\s*null\\b");

    /// One of the things that a pattern asks, between commas.
    ///
    /// @param offset where it begins in the file
    record Constraint(int offset, String text) {
        /// What is asked, without a name for it.
        String asked() {
            Matcher bound = BOUND.matcher(text);
            return bound.matches() ? bound.group(2) : text;
        }

        boolean onlyBinds() {
            return !asked().equals(text) && PATH.matcher(asked()).matches();
        }

        /// The opposite. It binds the same names, for what comes after.
        String inverted() {
            Matcher bound = BOUND.matcher(text);
            Matcher path = PATH.matcher(asked());
            String binding =
                    bound.matches() && path.lookingAt()
                            ? bound.group(1) + " : " + path.group() + ", "
                            : "";
            return binding + "!( " + asked() + " )";
        }

        /// May it be asked when that other one does not hold? Where that says that something is not
        /// null, asking more of it would throw.
        boolean bears(Constraint other) {
            return other.guarded().stream()
                    .noneMatch(word ->
                            text.matches(
                                    "(?s).*(?<![\\w$])" + Pattern.quote(word) + "(?![\\w$]).*"));
        }

        private List<String> guarded() {
            List<String> words = new ArrayList<>();
            Matcher needed = NEEDED.matcher(asked());
            while (needed.find()) {
                words.add(needed.group(1));
            }
            Matcher bound = BOUND.matcher(text);
            if (!words.isEmpty() && bound.matches()) {
                words.add(bound.group(1));
            }
            return words;
        }
    }

    RuleParts {
        constraints = List.copyOf(constraints);
    }

    /// The parts of a rule; empty when Drools' parser takes it apart otherwise than we do.
    static List<RuleParts> of(FileShape shape, String rule) {
        String text = shape.bare(Set.of());
        PackageDescr file = EngineParser.parse(text).orElse(null);
        if (file == null) {
            return List.of();
        }
        List<RuleParts> parts = new ArrayList<>();
        for (RuleDescr read : file.getRules()) {
            if (read.getName().equals(rule)) {
                for (BaseDescr part : read.getLhs().getDescrs()) {
                    parts.add(part(part, text));
                }
            }
        }
        return parts;
    }

    private static RuleParts part(BaseDescr part, String text) {
        String written = text.substring(part.getStartCharacter(), part.getEndCharacter());
        List<Constraint> constraints = new ArrayList<>();
        if (part instanceof PatternDescr pattern && pattern.getSource() == null) {
            for (BaseDescr each : pattern.getConstraint().getDescrs()) {
                if (each instanceof ExprConstraintDescr) {
                    int begin = each.getStartCharacter();
                    constraints.add(
                            new Constraint(
                                    begin, text.substring(begin, each.getEndCharacter() + 1)));
                }
            }
        }
        Optional<String> inverted = Optional.empty();
        if (part instanceof NotDescr && written.startsWith("not")) {
            inverted = Optional.of("exists" + written.substring("not".length()));
        } else if (part instanceof ExistsDescr && written.startsWith("exists")) {
            inverted = Optional.of("not" + written.substring("exists".length()));
        }
        boolean open = part instanceof OrDescr || part instanceof AndDescr;
        return new RuleParts(
                part.getStartCharacter(),
                open ? "( " + written + " )" : written,
                constraints,
                inverted);
    }

    /// It with one constraint inverted, and without those that cannot be asked then.
    String without(Constraint missing) {
        return rewritten(
                constraints.stream()
                        .filter(each ->
                                each.equals(missing)
                                        || each.offset() < missing.offset()
                                        || each.bears(missing))
                        .map(each -> each.equals(missing) ? each.inverted() : each.text())
                        .toList());
    }

    /// It as it can stand after a pattern in which that constraint does not hold.
    Optional<String> after(Constraint missing) {
        if (constraints.isEmpty()) {
            return new Constraint(offset, text).bears(missing)
                    ? Optional.of(text)
                    : Optional.empty();
        }
        return Optional.of(
                rewritten(
                        constraints.stream()
                                .filter(each -> each.bears(missing))
                                .map(Constraint::text)
                                .toList()));
    }

    /// The pattern with these constraints instead of its own.
    private String rewritten(List<String> instead) {
        String head = text.substring(0, constraints.getFirst().offset() - offset);
        return head + String.join(", ", instead) + " )";
    }

    /// It in one line, for people.
    static String inOneLine(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" "));
    }
}
