package io.homeostat.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Checks rules without running them: shape, allowed words, and consequences that only wish.
///
/// It is a list of what is allowed, not of what is forbidden: every word of a rule must be known.
public final class RuleCheck {
    private final Scan scan;
    private final List<RuleFault> faults = new ArrayList<>();

    private RuleCheck(Scan scan) {
        this.scan = scan;
    }

    /// What is wrong with rule files, compiled as well; in order.
    ///
    /// @param sources file names, relative to the directory of rules, and their texts
    public static List<RuleFault> check(SortedMap<String, String> sources) {
        return Rulebook.compile(sources).faults();
    }

    /// What is wrong with a file, as far as can be told without compiling it.
    static List<RuleFault> read(Scan scan, FileShape shape) {
        RuleCheck check = new RuleCheck(scan);
        check.faults.addAll(scan.faults());
        check.faults.addAll(shape.faults());
        TreeMap<String, Token> names = new TreeMap<>();
        for (RuleShape rule : shape.rules()) {
            String name = rule.name().unquoted();
            if (names.putIfAbsent(name, rule.name()) != null) {
                check.faults.add(
                        RuleFault.error(
                                        scan.file(),
                                        scan.place(rule.name()),
                                        "A second rule \"" + name + "\" in this file.",
                                        "Rules are known by name; give each its own.")
                                .found(UsedTwice.NAME));
            }
            check.conditions(rule);
            check.consequence(rule);
            check.aboutWishes(rule);
            Annotations.check(scan, rule, check.faults);
            if (!scan.isTooDeep()) {
                check.tree(shape, rule);
            }
        }
        return check.faults;
    }

    /// What the rule engine's parser and the types say of a rule. Where they name a field that is
    /// not there, the word by itself is not said to be unknown as well.
    private void tree(FileShape shape, RuleShape rule) {
        TreeReader.Result read = TreeReader.read(shape, rule);
        faults.addAll(read.faults());
        faults.addAll(read.tree().map(UsedTwice::in).orElse(List.of()));
        for (RuleFault typed : read.tree().map(TypeCheck::of).orElse(List.of())) {
            faults.removeIf(fault -> isSamePlace(fault, typed) && isUnknownWord(fault));
            if (faults.stream().noneMatch(fault -> isSamePlace(fault, typed))) {
                faults.add(typed);
            }
        }
    }

    private static boolean isUnknownWord(RuleFault fault) {
        int end = fault.message().indexOf("' is not known to rules.");
        return end > 0 && Instead.of(fault.message().substring(1, end)).isEmpty();
    }

    private static boolean isSamePlace(RuleFault one, RuleFault other) {
        return one.line() == other.line() && one.column() == other.column();
    }

    private void conditions(RuleShape rule) {
        List<Token> tokens = rule.when();
        Set<String> variables = variables(tokens);
        boolean hasPattern = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            marks(tokens, i);
            if (token.is("?")) {
                fault(token, "'?' has no place in a condition.", "Write two rules, or use 'or'.");
            }
            if (token.isWord() && !memberAt(tokens, i)) {
                boolean known =
                        Vocabulary.inConditions(token.text()) || variables.contains(token.text());
                if (!known) {
                    unknown(token, Vocabulary.VERBS.contains(token.text()));
                }
                hasPattern |= Character.isUpperCase(token.text().charAt(0)) && next(tokens, i, "(");
            }
        }
        if (!hasPattern) {
            fault(
                    rule.name(),
                    "A rule without a condition.",
                    "Say which fact it is about: $alert : Alert( firing, name == \"…\" ).");
        }
    }

    private void consequence(RuleShape rule) {
        List<Token> tokens = rule.then();
        Set<String> variables = variables(rule.when());
        variables.addAll(locals(tokens));
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            marks(tokens, i);
            if (token.isWord()
                    && !memberAt(tokens, i)
                    && !Vocabulary.inConsequence(token.text())
                    && !variables.contains(token.text())) {
                unknown(token, false);
            }
        }
        List<List<Token>> statements = statements(tokens);
        boolean wishes = false;
        for (List<Token> statement : statements) {
            if (statement.getFirst().is("insertLogical")) {
                wishes = true;
                wish(statement, locals(tokens));
            } else if (locals(statement).isEmpty()) {
                fault(
                        statement.getFirst(),
                        "A consequence that does not wish.",
                        "Write insertLogical( verb( $subject ).because( $alert ) );");
            }
        }
        if (!wishes) {
            fault(
                    rule.name(),
                    "A rule that wishes nothing.",
                    "Write insertLogical( verb( $subject ).because( $alert ) ); before 'end'.");
        }
    }

    /// A wish made because of a wish would hold itself up; so whoever looks at wishes only objects.
    private void aboutWishes(RuleShape rule) {
        boolean looksAtWishes = rule.when().stream().anyMatch(token -> token.is("Intent"));
        if (!looksAtWishes) {
            return;
        }
        for (Token token : rule.then()) {
            if (Vocabulary.VERBS.contains(token.text()) && !token.is(Vocabulary.OBJECTION)) {
                fault(
                        token,
                        "A rule about what others wish that wishes something itself.",
                        "Such a rule may only object: insertLogical( objection( $intent, \"why\" ) );");
            }
        }
    }

    private void wish(List<Token> statement, Set<String> locals) {
        boolean closed =
                statement.size() > 3 && statement.get(1).is("(") && statement.getLast().is(")");
        boolean ofVerb =
                closed
                        && Vocabulary.VERBS.contains(statement.get(2).text())
                        && statement.get(3).is("(");
        boolean ofLocal = closed && locals.contains(statement.get(2).text());
        if (!ofVerb && !ofLocal) {
            fault(
                    statement.getFirst(),
                    "insertLogical of something that is no wish.",
                    "Wishes are made by verbs: " + String.join(", ", Vocabulary.VERBS) + ".");
        }
    }

    /// Statements, without their semicolons.
    private static List<List<Token>> statements(List<Token> tokens) {
        List<List<Token>> statements = new ArrayList<>();
        List<Token> statement = new ArrayList<>();
        for (Token token : tokens) {
            if (!token.is(";")) {
                statement.add(token);
            } else if (!statement.isEmpty()) {
                statements.add(statement);
                statement = new ArrayList<>();
            }
        }
        if (!statement.isEmpty()) {
            statements.add(statement);
        }
        return statements;
    }

    /// The names that `Type name = …` and `var name = …` define.
    private static Set<String> locals(List<Token> tokens) {
        Set<String> locals = new HashSet<>();
        for (int i = 1; i + 1 < tokens.size(); i++) {
            Token before = tokens.get(i - 1);
            boolean ofType =
                    Vocabulary.isType(before.text())
                            || Set.of("var", "int", "long", "double", "boolean", "Intent", ">")
                                    .contains(before.text());
            if (tokens.get(i).isWord()
                    && ofType
                    && tokens.get(i + 1).is("=")
                    && isVariable(tokens.get(i).text())) {
                locals.add(tokens.get(i).text());
            }
        }
        return locals;
    }

    /// The names that `name : …` binds.
    private static Set<String> variables(List<Token> tokens) {
        Set<String> variables = new HashSet<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isWord()
                    && tokens.get(i + 1).is(":")
                    && isVariable(tokens.get(i).text())) {
                variables.add(tokens.get(i).text());
            }
        }
        return variables;
    }

    private static boolean isVariable(String word) {
        return word.startsWith("$")
                || (Character.isLowerCase(word.charAt(0))
                        && Instead.of(word).isEmpty()
                        && !Vocabulary.inConsequence(word));
    }

    /// True when the token stands after a dot; then it is checked here.
    private boolean memberAt(List<Token> tokens, int i) {
        boolean member = i > 0 && tokens.get(i - 1).is(".");
        if (member && !Vocabulary.asMember(tokens.get(i).text())) {
            unknown(tokens.get(i), false);
        }
        return member;
    }

    private void marks(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        boolean lambda = token.is("-") && next(tokens, i, ">") && adjacent(tokens, i);
        boolean reference = token.is(":") && next(tokens, i, ":") && adjacent(tokens, i);
        if (lambda || reference) {
            fault(token, "A function written in place.", "Rules compare and wish; leave it out.");
        } else if (token.is("@")) {
            fault(token, "An annotation has no place here.", "Annotate the rule, before 'when'.");
        } else if (token.is("[") && !(i > 0 && isMap(tokens.get(i - 1).text()))) {
            fault(
                    token,
                    "'[' after something that is not a map of labels.",
                    "Write labels[ \"key\" ], annotations[ \"key\" ], parameters[ \"key\" ] or"
                            + " values[ \"key\" ].");
        }
    }

    private static boolean isMap(String word) {
        return Set.of("labels", "annotations", "parameters", "badLabels", "values").contains(word);
    }

    private static boolean next(List<Token> tokens, int i, String text) {
        return i + 1 < tokens.size() && tokens.get(i + 1).is(text);
    }

    private static boolean adjacent(List<Token> tokens, int i) {
        return tokens.get(i).end() == tokens.get(i + 1).begin();
    }

    private void unknown(Token token, boolean verbAmongConditions) {
        String advice =
                verbAmongConditions
                        ? "Verbs belong after 'then'."
                        : Instead.of(token.text())
                                .or(() ->
                                        Vocabulary.like(token.text())
                                                .map(word -> "Did you mean " + word + "?"))
                                .orElse("Rules use facts, their properties, and verbs.");
        fault(token, "'" + token.text() + "' is not known to rules.", advice);
    }

    private void fault(Token token, String message, String advice) {
        faults.add(RuleFault.error(scan.file(), scan.place(token), message, advice));
    }
}
