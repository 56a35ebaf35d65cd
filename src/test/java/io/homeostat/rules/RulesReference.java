package io.homeostat.rules;

import io.homeostat.fact.Fact;
import io.homeostat.rules.RulesApi.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that a rule may use of ours, as a document: the types and verbs that the code has,
/// and what its comments say of them.
final class RulesReference {
    private static final String HEAD =
            """
            # Reference: facts and verbs

            Everything of ours that a rule may use, made from the code and its comments by `RulesReferenceTest`. How rules
            are written is said in [rules](rules.md).

            In conditions a member is read by its name, `Alert( name == "Slow" )`; in the consequence it is called,
            `$alert.name()`. A comparison with what is null holds in no direction; `== null` and `!= null` ask for it.
            """;

    private final SourceComments comments;
    private final List<String> unexplained = new ArrayList<>();
    private final StringBuilder text = new StringBuilder(HEAD);

    RulesReference(SourceComments comments) {
        this.comments = comments;
    }

    /// What no comment explains.
    List<String> unexplained() {
        return Collections.unmodifiableList(unexplained);
    }

    String text() {
        section("Facts", RulesApi.types().stream().filter(RulesReference::isFact).toList());
        section(
                "What facts and wishes consist of",
                RulesApi.types().stream().filter(type -> !isFact(type)).toList());
        verbs();
        return text.toString();
    }

    private static boolean isFact(Class<?> type) {
        return Fact.class.isAssignableFrom(type) && type != Fact.class;
    }

    private void section(String title, List<Class<?>> types) {
        text.append("\n## ").append(title).append('\n');
        for (Class<?> type : types) {
            text.append("\n### ").append(type.getSimpleName()).append("\n\n");
            text.append(said(type.getSimpleName())).append('\n');
            members(type);
            RulesApi.within(type).forEach(this::within);
        }
    }

    private void members(Class<?> type) {
        List<Member> members = RulesApi.members(type);
        if (type.isEnum()) {
            constants(type, members);
        }
        List<Member> others =
                members.stream().filter(member -> !isConstantOf(type, member)).toList();
        if (others.isEmpty()) {
            return;
        }
        text.append("\n| member | type | meaning |\n|---|---|---|\n");
        for (Member member : others) {
            text.append(
                    "| `%s` | `%s`%s | %s |\n"
                            .formatted(
                                    member.signature(),
                                    member.type(),
                                    member.nullable() ? " or null" : "",
                                    meaning(member)));
        }
    }

    private static boolean isConstantOf(Class<?> type, Member member) {
        return type.isEnum()
                && member.type().equals(member.owner())
                && member.name().equals(member.name().toUpperCase(Locale.ROOT));
    }

    private void within(Class<?> type) {
        String name = RulesApi.name(type);
        String said = comments.of(name);
        text.append("\n`").append(name).append('`');
        text.append(said == null ? "" : ": " + said).append('\n');
        members(type);
    }

    /// Constants explain themselves; where a comment says more, it is shown.
    private void constants(Class<?> type, List<Member> members) {
        text.append('\n');
        for (Object constant : type.getEnumConstants()) {
            String name = RulesApi.name(type) + "." + ((Enum<?>) constant).name();
            String said = comments.of(name);
            text.append("- `").append(name).append('`');
            text.append(said == null ? "" : ": " + said).append('\n');
        }
        members.stream()
                .filter(Member::deprecated)
                .forEach(member -> text.append("- deprecated: `%s`\n".formatted(member.name())));
    }

    private void verbs() {
        text.append("\n## Verbs\n\n| verb | what it wishes |\n|---|---|\n");
        SortedMap<String, List<Member>> byName = new TreeMap<>();
        RulesApi.verbs()
                .forEach(verb ->
                        byName.computeIfAbsent(verb.name(), _ -> new ArrayList<>()).add(verb));
        byName.forEach((name, overloads) -> {
            List<String> signatures =
                    overloads.stream().map(verb -> "`" + verb.signature() + "`").toList();
            text.append(
                    "| %s | %s |\n"
                            .formatted(String.join("<br>", signatures), said("Verbs." + name)));
        });
    }

    private String meaning(Member member) {
        String key = member.owner() + "." + member.method();
        if (member.method().equals("subject") && comments.of(key) == null) {
            return said("Fact.subject");
        }
        return (member.deprecated() ? "Deprecated. " : "") + said(key);
    }

    private String said(String name) {
        String said = comments.of(name);
        if (said == null) {
            unexplained.add(name);
            return "";
        }
        return Character.toUpperCase(said.charAt(0)) + said.substring(1);
    }
}
