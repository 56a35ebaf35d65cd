package io.homeostat.scenario;

import io.homeostat.action.Notice;
import io.homeostat.action.Wish;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Service;
import io.homeostat.fact.Unsolved;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Objection;
import io.homeostat.rules.RuleNotes;
import io.homeostat.rules.RuleProbe;
import io.homeostat.scenario.Check.DecisionPattern;
import io.homeostat.scenario.Check.TextPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Says why something did not come, or why it came: the decisions that have to do with it, what the
/// guards have against them, the rules that fired, and those that nearly did.
final class Reasons {
    /// More decisions, or rules that nearly fired, than this would hide those that matter.
    private static final int NEAREST = 3;

    private static final int TEXT = 240;

    private final Stage stage;
    private final Chronicle chronicle;
    private final Examination examination;

    Reasons(Stage stage, Examination examination) {
        this.stage = stage;
        this.chronicle = stage.chronicle();
        this.examination = examination;
    }

    /// Why an expectation that failed now did so.
    List<String> of(Check check) {
        Focus focus = Focus.of(check, stage);
        return switch (check) {
            case Check.Actions(var texts) -> {
                List<String> reasons = new ArrayList<>(unexpected(texts));
                reasons.addAll(texts.isEmpty() ? List.of() : absent(focus, Optional.empty()));
                yield reasons;
            }
            case Check.Decisions(var patterns) -> absent(focus, patterns);
            case Check.Waits(var patterns) -> absent(focus, patterns);
            case Check.Nothing nothing -> {
                List<String> reasons = new ArrayList<>();
                chronicle.done().stream()
                        .filter(done -> nothing.covers(done.subject()))
                        .forEach(done -> reasons.addAll(cause(done)));
                chronicle.told().stream()
                        .filter(notice -> nothing.covers(notice.subject()))
                        .forEach(notice -> reasons.addAll(cause(notice)));
                yield reasons;
            }
            case Check.Escalations(var patterns) -> {
                List<String> reasons = new ArrayList<>();
                chronicle.told().stream()
                        .filter(notice ->
                                patterns.stream()
                                        .noneMatch(each -> examination.matches(each, notice)))
                        .forEach(notice -> reasons.addAll(cause(notice)));
                reasons.addAll(patterns.isEmpty() ? List.of() : absent(focus, Optional.empty()));
                yield reasons;
            }
            case Check.Replicas _, Check.Running _, Check.Accounts _, Check.Incidents _ ->
                    absent(focus, Optional.empty());
        };
    }

    /// Why there was what must never be.
    List<String> against(Check never) {
        return switch (never) {
            case Check.Actions(var texts) ->
                    chronicle.done().stream()
                            .filter(done -> texts.getFirst().matches(done.text()))
                            .limit(NEAREST)
                            .flatMap(done -> cause(done).stream())
                            .toList();
            case Check.Decisions(var patterns) ->
                    chronicle.decisions().stream()
                            .filter(each -> examination.matches(patterns.getFirst(), each))
                            .limit(NEAREST)
                            .flatMap(decision -> told(decision, Optional.empty()).stream())
                            .toList();
            case Check.Escalations(var patterns) ->
                    chronicle.told().stream()
                            .filter(notice -> examination.matches(patterns.getFirst(), notice))
                            .limit(NEAREST)
                            .flatMap(notice -> cause(notice).stream())
                            .toList();
            case Check.Replicas _,
                    Check.Running _,
                    Check.Accounts _,
                    Check.Incidents _,
                    Check.Waits _,
                    Check.Nothing _ ->
                    throw new IllegalArgumentException("this cannot be said with never: " + never);
        };
    }

    // --- what did not come ---

    private List<String> absent(Focus focus, List<DecisionPattern> patterns) {
        Optional<DecisionPattern> missed =
                patterns.stream()
                        .filter(pattern ->
                                chronicle.decisions().stream()
                                        .noneMatch(each -> examination.matches(pattern, each)))
                        .findFirst();
        return absent(focus, missed.or(() -> patterns.stream().findFirst()));
    }

    private List<String> absent(Focus focus, Optional<DecisionPattern> pattern) {
        List<String> reasons = new ArrayList<>();
        List<Decision> near =
                chronicle.decisions().stream()
                        .filter(each -> !(each.wish() instanceof Wish.Escalate))
                        .filter(each -> focus.isWide() || focus.includes(each))
                        .toList();
        nearest(near, pattern).forEach(each -> reasons.addAll(told(each, pattern)));
        for (String subject : focus.subjects()) {
            boolean isNamed =
                    near.stream().anyMatch(each -> each.subject().toString().equals(subject));
            if (!isNamed && !subject.startsWith("alert/")) {
                reasons.add("no rule wished anything about " + subject);
            }
        }
        focus.rules().forEach(rule -> reasons.addAll(about(rule)));
        reasons.addAll(nearlyFired(focus));
        SortedMap<String, Integer> times = stage.firings().times();
        List<String> fired = new ArrayList<>();
        times.forEach((rule, count) ->
                fired.add("\"%s\" (%s)".formatted(rule, count == 1 ? "once" : count + " times")));
        reasons.add(
                fired.isEmpty()
                        ? "no rule fired at all"
                        : "rules that fired: " + String.join(", ", fired));
        return reasons;
    }

    /// Those that agree in most of what is expected, the latest first; one of each kind.
    private List<Decision> nearest(List<Decision> near, Optional<DecisionPattern> pattern) {
        List<Decision> sorted = new ArrayList<>(near.reversed());
        pattern.ifPresent(wanted ->
                sorted.sort(Comparator.comparingInt(each -> differences(each, wanted).size())));
        List<Decision> nearest = new ArrayList<>();
        for (Decision each : sorted) {
            boolean isNew = nearest.stream().noneMatch(other -> alike(each, other));
            if (isNew && nearest.size() < NEAREST) {
                nearest.add(each);
            }
        }
        return nearest;
    }

    private static boolean alike(Decision one, Decision other) {
        return one.wish().text().equals(other.wish().text()) && one.verdict() == other.verdict();
    }

    private List<String> differences(Decision decision, DecisionPattern wanted) {
        List<String> differences = new ArrayList<>();
        SortedMap<String, List<String>> values = examination.values(decision);
        for (Map.Entry<String, TextPattern> want : wanted.values().entrySet()) {
            List<String> found = values.getOrDefault(want.getKey(), List.of());
            if (found.stream().noneMatch(want.getValue()::matches)) {
                differences.add(
                        "its %s is %s, not \"%s\""
                                .formatted(
                                        want.getKey(),
                                        found.isEmpty()
                                                ? "nothing"
                                                : "\"" + String.join("\" or \"", found) + "\"",
                                        want.getValue().text()));
            }
        }
        return differences;
    }

    /// Whether the rule that is named is there, and whether it fired.
    private List<String> about(TextPattern name) {
        List<RuleNotes> found =
                stage.rulebook().rules().values().stream()
                        .filter(rule -> name.matches(rule.name()))
                        .toList();
        if (found.isEmpty() && !name.text().startsWith("request of")) {
            return List.of(
                    "no rule is called \"%s\"; there are: \"%s\""
                            .formatted(
                                    name.text(),
                                    String.join("\", \"", stage.rulebook().rules().keySet())));
        }
        return found.stream()
                .filter(rule -> !stage.firings().times().containsKey(rule.name()))
                .map(rule -> "rule %s never fired".formatted(written(rule.name())))
                .toList();
    }

    /// Rules of which only one condition did not hold, nearest to what is expected first.
    private List<String> nearlyFired(Focus focus) {
        List<Firings.Near> all = stage.firings().near();
        List<Firings.Near> near =
                all.stream()
                        .filter(each ->
                                each.facts().stream().anyMatch(focus::includes)
                                        || focus.rules().stream()
                                                .anyMatch(
                                                        rule -> rule.matches(each.probe().rule())))
                        .toList();
        return (near.isEmpty() ? all : near)
                .stream()
                        .sorted(Comparator.comparing(Reasons::isOfAlert).reversed())
                        .limit(NEAREST)
                        .map(each -> {
                            RuleProbe probe = each.probe();
                            return "rule \"%s\" was kept back only by %s (%s:%d), at %s with %s"
                                    .formatted(
                                            probe.rule(),
                                            probe.text(),
                                            probe.file(),
                                            probe.line(),
                                            chronicle.clock(each.at()),
                                            told(each.facts()));
                        })
                        .toList();
    }

    /// Mostly it is alerts that should have led to something.
    private static boolean isOfAlert(Firings.Near near) {
        return near.facts().stream().anyMatch(Alert.class::isInstance);
    }

    // --- what came ---

    private List<String> unexpected(List<TextPattern> wanted) {
        return chronicle.done().stream()
                .filter(done -> wanted.stream().noneMatch(each -> each.matches(done.text())))
                .limit(NEAREST)
                .flatMap(done -> cause(done).stream())
                .toList();
    }

    private List<String> cause(Chronicle.Done done) {
        List<Decision> of =
                chronicle.decisions().stream()
                        .filter(each ->
                                each.action() != null
                                        && each.action().text().equals(done.text())
                                        && !each.at().isAfter(done.at()))
                        .toList();
        List<String> lines = new ArrayList<>();
        lines.add("%s was done at %s:".formatted(done.text(), chronicle.clock(done.at())));
        if (!of.isEmpty()) {
            told(of.getLast(), Optional.empty()).forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    private List<String> cause(Notice notice) {
        List<String> lines = new ArrayList<>();
        lines.add("people were told: " + notice.title());
        for (Firings.Fired fired : stage.firings().all()) {
            for (Fact fact : fired.facts()) {
                if (fact instanceof Unsolved unsolved
                        && unsolved.alert().about().equals(notice.subject())) {
                    lines.add(
                            "  by rule %s, because of %s"
                                    .formatted(written(fired.rule()), told(fact)));
                }
            }
        }
        return lines;
    }

    // --- one decision ---

    private List<String> told(Decision decision, Optional<DecisionPattern> pattern) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "at %s %s: %s, by rule %s"
                        .formatted(
                                chronicle.clock(decision.at()),
                                decision.verdict().word(),
                                decision.wish().text(),
                                written(decision.rule())));
        pattern.ifPresent(
                wanted -> differences(decision, wanted).forEach(each -> lines.add("  " + each)));
        stage.firings()
                .because(decision.rule(), decision.evidence())
                .ifPresent(fired -> lines.add("  it fired because of " + told(fired.facts())));
        for (Objection objection : decision.objections()) {
            lines.add(
                    "  guard %s says %s (%s)%s: %s"
                            .formatted(
                                    objection.guard(),
                                    objection.verdict().word(),
                                    objection.code(),
                                    objection.until() == null
                                            ? ""
                                            : " until " + chronicle.clock(objection.until()),
                                    objection.reason()));
            if (!objection.change().isEmpty()) {
                lines.add("    what would have to change: " + objection.change());
            }
        }
        return lines;
    }

    private String written(String rule) {
        RuleNotes notes = stage.rulebook().rules().get(rule);
        return notes == null
                ? "\"%s\"".formatted(rule)
                : "\"%s\" (%s:%d)".formatted(rule, notes.file(), notes.line());
    }

    private static String told(List<Fact> facts) {
        return facts.isEmpty()
                ? "no fact"
                : String.join(" and ", facts.stream().map(Reasons::told).toList());
    }

    private static String told(Fact fact) {
        String text = fact.toString();
        if (fact instanceof Alert alert) {
            text = "alert %s %s".formatted(alert.name(), alert.labels());
        } else if (fact instanceof Unsolved unsolved) {
            text = "%s, that %s".formatted(told(unsolved.alert()), unsolved.detail());
        } else if (fact instanceof Service service) {
            text = "%s %s".formatted(service.subject(), service.labels());
        }
        return text.length() > TEXT ? text.substring(0, TEXT) + "…" : text;
    }
}
