package io.homeostat.guard;

import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How far a wish may go by itself: the least of the ceiling, the rules, the subject's label and
/// the scope. A person's request has a person behind it and passes.
final class AutonomyGuard implements Guard {
    static final String NAME = "autonomy";

    /// The ceiling over everything.
    static final String CEILING = "ceiling";

    /// What the rules say of themselves.
    static final String RULE = "rule";

    /// The subject's label.
    static final String LABEL = "label";

    /// The subject's label cannot be read.
    static final String BAD_LABEL = "bad-label";

    /// The subject is not among those that may be acted on.
    static final String SCOPE = "scope";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        List<Bound> bounds = bounds(proposal, situation);
        if (proposal.isRequest() || bounds.isEmpty()) {
            return Optional.empty();
        }
        Autonomy least =
                bounds.stream().map(Bound::autonomy).reduce(Autonomy.AUTO, Autonomy::least);
        List<Bound> binding = bounds.stream().filter(b -> b.autonomy() == least).toList();
        return verdict(least)
                .map(verdict ->
                        Objection.of(
                                NAME,
                                verdict,
                                binding.getFirst().code(),
                                joined(binding.stream().map(Bound::reason), "; "),
                                joined(binding.stream().map(Bound::change), ", and "),
                                proposal.subject()));
    }

    private static Optional<Verdict> verdict(Autonomy autonomy) {
        return switch (autonomy) {
            case SHADOW -> Optional.of(Verdict.SHADOW);
            case ASK -> Optional.of(Verdict.ASK);
            case AUTO -> Optional.empty();
        };
    }

    private static List<Bound> bounds(Proposal proposal, Situation situation) {
        List<Bound> bounds = new ArrayList<>();
        scope(proposal.subject(), situation).ifPresent(bounds::add);
        label(proposal.subject(), situation).ifPresent(bounds::add);
        Autonomy rules = rules(proposal);
        if (rules != Autonomy.AUTO) {
            bounds.add(
                    new Bound(
                            RULE,
                            rules,
                            "no rule that wishes it may go further than %s (%s)"
                                    .formatted(rules.word(), proposal.rules()),
                            "@autonomy( \"auto\" ) is written on one of the rules"));
        }
        Autonomy ceiling = situation.limits().ceiling();
        if (ceiling != Autonomy.AUTO) {
            bounds.add(
                    new Bound(
                            CEILING,
                            ceiling,
                            "the ceiling is " + ceiling.word(),
                            "the setting homeostat.autonomy is raised"));
        }
        return bounds;
    }

    /// One rule that may go further is enough: alone it would.
    private static Autonomy rules(Proposal proposal) {
        return proposal.wishers().values().stream()
                .map(Proposal.Wisher::autonomy)
                .max(Comparator.naturalOrder())
                .orElse(Autonomy.SHADOW);
    }

    private static Optional<Bound> scope(Subject subject, Situation situation) {
        Scope scope = situation.limits().scope();
        if (isInScope(subject, scope, situation)) {
            return Optional.empty();
        }
        String change =
                switch (scope.kind()) {
                    case LABELLED ->
                            "the label %s=auto is added to %s"
                                    .formatted(Scope.AUTONOMY_LABEL, subject);
                    case STACKS ->
                            subject.kind() == Subject.Kind.NODE
                                    ? "the setting homeostat.scope is all, since a node is of no stack"
                                    : "its stack is added to the setting homeostat.scope";
                    case ALL -> throw new IllegalStateException("scope all left out " + subject);
                };
        return Optional.of(
                new Bound(
                        SCOPE,
                        Autonomy.SHADOW,
                        "%s is outside the scope %s".formatted(subject, scope),
                        change));
    }

    /// What is not known is judged by others.
    private static boolean isInScope(Subject subject, Scope scope, Situation situation) {
        return switch (subject.kind()) {
            case SERVICE -> {
                Service service = situation.service(subject.name());
                yield service == null || scope.includes(service);
            }
            case NODE -> {
                Node node = situation.node(subject.name());
                yield node == null || scope.includes(node);
            }
            case TASK, ALERT, WATCHER, REQUEST, CUSTOM, TRACKING, CLUSTER, RULE, DEPLOYMENT -> true;
        };
    }

    private static Optional<Bound> label(Subject subject, Situation situation) {
        String text = labelOf(subject, situation);
        if (text == null) {
            return Optional.empty();
        }
        Optional<Autonomy> autonomy = Autonomy.named(text);
        String label = "the label %s of %s".formatted(Scope.AUTONOMY_LABEL, subject);
        if (autonomy.isEmpty()) {
            return Optional.of(
                    new Bound(
                            BAD_LABEL,
                            Autonomy.SHADOW,
                            "%s is '%s', which cannot be read and counts as shadow"
                                    .formatted(label, text),
                            label + " is set to shadow, ask or auto"));
        }
        return autonomy.filter(named -> named != Autonomy.AUTO)
                .map(named ->
                        new Bound(
                                LABEL,
                                named,
                                "%s is %s".formatted(label, named.word()),
                                label + " is raised"));
    }

    private static @Nullable String labelOf(Subject subject, Situation situation) {
        return switch (subject.kind()) {
            case SERVICE -> {
                Service service = situation.service(subject.name());
                yield service == null ? null : service.label(Scope.AUTONOMY_LABEL);
            }
            case NODE -> {
                Node node = situation.node(subject.name());
                yield node == null ? null : node.label(Scope.AUTONOMY_LABEL);
            }
            case TASK, ALERT, WATCHER, REQUEST, CUSTOM, TRACKING, CLUSTER, RULE, DEPLOYMENT -> null;
        };
    }

    private static String joined(Stream<String> parts, String between) {
        return parts.collect(Collectors.joining(between));
    }

    /// One of the things that bound the autonomy of a wish.
    private record Bound(String code, Autonomy autonomy, String reason, String change) {}
}
