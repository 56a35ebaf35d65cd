package io.homeostat.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a rule file consists of: imports, and rules of the shape `rule "name" @notes when … then …
/// end`. Anything else is a fault.
final class FileShape {
    private static final String SHAPE =
            "Write rule \"name\" @autonomy( \"ask\" ) when … then … end.";

    private final Scan scan;
    private final List<Token> tokens;
    private final List<RuleFault> faults = new ArrayList<>();
    private final List<RuleShape> rules = new ArrayList<>();
    private int at;

    /// The character after the last import or package statement.
    private int preamble;

    private FileShape(Scan scan) {
        this.scan = scan;
        this.tokens = scan.tokens();
    }

    static FileShape of(Scan scan) {
        FileShape shape = new FileShape(scan);
        shape.read();
        return shape;
    }

    Scan scan() {
        return scan;
    }

    List<RuleShape> rules() {
        return rules;
    }

    List<RuleFault> faults() {
        return faults;
    }

    /// The text without comments, without package and imports, and without the rules put aside;
    /// every other character stands where it stood.
    String bare(Set<String> putAside) {
        char[] bare = scan.bare();
        blank(bare, 0, preamble);
        for (RuleShape rule : rules) {
            if (putAside.contains(rule.name().unquoted())) {
                blank(bare, rule.begin(), rule.end());
            }
        }
        return new String(bare);
    }

    /// Where a word stands first, from a line on.
    Optional<Place> find(String word, int line) {
        return tokens.stream()
                .filter(token -> token.is(word))
                .map(scan::place)
                .filter(place -> place.line() >= line)
                .findFirst();
    }

    /// The rules in which there are faults.
    Set<String> broken(Collection<RuleFault> found) {
        Set<String> broken = new TreeSet<>();
        for (RuleShape rule : rules) {
            int first = Place.of(scan.text(), rule.begin()).line();
            int last = Place.of(scan.text(), rule.end() - 1).line();
            boolean isBroken =
                    found.stream()
                            .filter(fault -> fault.file().equals(scan.file()))
                            .anyMatch(fault -> fault.line() >= first && fault.line() <= last);
            if (isBroken) {
                broken.add(rule.name().unquoted());
            }
        }
        return broken;
    }

    private static void blank(char[] text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (text[i] != '\n' && text[i] != '\r') {
                text[i] = ' ';
            }
        }
    }

    private void read() {
        if (here("package")) {
            at++;
            dotted();
            endOfPreamble();
        }
        while (here("import")) {
            importStatement();
            endOfPreamble();
        }
        while (at < tokens.size()) {
            if (here("rule")) {
                rule();
            } else {
                stranger(tokens.get(at));
                skipTo("rule");
            }
        }
    }

    private void endOfPreamble() {
        if (here(";")) {
            at++;
        }
        preamble = tokens.get(at - 1).end();
    }

    private void importStatement() {
        Token first = tokens.get(at++);
        boolean ofFunctions = here("static") || here("function");
        if (ofFunctions) {
            at++;
        }
        String name = dotted();
        if (!Vocabulary.mayImport(name, ofFunctions)) {
            fault(
                    first,
                    "'" + name + "' may not be imported.",
                    "Leave imports out: facts, verbs, Duration and Instant are given.");
        }
    }

    private String dotted() {
        StringBuilder name = new StringBuilder();
        boolean wantsPart = true;
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            boolean part = token.isWord() || token.is("*");
            if (wantsPart ? !part : !token.is(".")) {
                break;
            }
            name.append(token.text());
            wantsPart = !wantsPart;
            at++;
        }
        return name.toString();
    }

    private void rule() {
        Token first = tokens.get(at++);
        Token name = name(first);
        List<RuleShape.Note> notes = new ArrayList<>();
        while (here("@")) {
            note(notes);
        }
        int header = at;
        List<Token> attributes = until("when");
        if (!here("when")) {
            fault(first, "A rule without 'when'.", SHAPE + " A wish needs a reason.");
            at = header;
            skipTo("rule");
            return;
        }
        if (!attributes.isEmpty()) {
            stranger(attributes.getFirst());
        }
        at++;
        List<Token> when = until("then");
        at++;
        List<Token> then = until("end");
        if (!here("end")) {
            fault(first, "A rule that does not end.", SHAPE);
            return;
        }
        int end = tokens.get(at++).end();
        if (here(";")) {
            at++;
        }
        if (name != null) {
            rules.add(new RuleShape(name, notes, when, then, first.begin(), end));
        }
    }

    private @Nullable Token name(Token rule) {
        if (at < tokens.size() && tokens.get(at).kind() == Token.Kind.STRING) {
            Token name = tokens.get(at++);
            if (name.unquoted().isBlank() || name.unquoted().matches(".*[\\\\\"'].*")) {
                fault(name, "A rule's name is empty or has quotes in it.", "Use plain words.");
            }
            return name;
        }
        fault(rule, "A rule without a name in quotes.", SHAPE);
        return null;
    }

    private void note(List<RuleShape.Note> notes) {
        Token mark = tokens.get(at++);
        boolean whole =
                at + 3 < tokens.size()
                        && tokens.get(at).isWord()
                        && tokens.get(at + 1).is("(")
                        && tokens.get(at + 2).kind() == Token.Kind.STRING
                        && tokens.get(at + 3).is(")");
        if (whole) {
            notes.add(new RuleShape.Note(tokens.get(at), tokens.get(at + 2)));
            at += 4;
        } else {
            fault(
                    mark,
                    "An annotation that is not @word( \"value\" ).",
                    "Known are @autonomy( \"auto\" ), @cooldown( \"2m\" ), @owner( \"name\" ).");
        }
    }

    /// The tokens up to a word that is no member of anything; stands at that word afterwards.
    private List<Token> until(String word) {
        int begin = Math.min(at, tokens.size());
        at = begin;
        while (at < tokens.size()
                && !(tokens.get(at).isWord()
                        && tokens.get(at).is(word)
                        && !(at > 0 && tokens.get(at - 1).is(".")))) {
            at++;
        }
        return List.copyOf(tokens.subList(begin, at));
    }

    private void skipTo(String word) {
        at++;
        while (at < tokens.size() && !here(word)) {
            at++;
        }
    }

    private void stranger(Token token) {
        fault(
                token,
                "'" + token.text() + "' has no place here.",
                Instead.of(token.text()).orElse(SHAPE));
    }

    private boolean here(String text) {
        return at < tokens.size() && tokens.get(at).is(text);
    }

    private void fault(Token token, String message, String advice) {
        faults.add(RuleFault.error(scan.file(), scan.place(token), message, advice));
    }
}
