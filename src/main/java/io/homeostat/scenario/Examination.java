package io.homeostat.scenario;

import io.homeostat.action.Notice;
import io.homeostat.engine.Picture;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Objection;
import io.homeostat.guard.Verdict;
import io.homeostat.incident.Incident;
import io.homeostat.scenario.Check.DecisionPattern;
import io.homeostat.scenario.Check.TellingPattern;
import io.homeostat.scenario.Check.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Compares what a scenario expects with what is so.
final class Examination {
    private static final String GONE = "gone";

    private final Chronicle chronicle;
    private final Stage stage;

    Examination(Stage stage) {
        this.stage = stage;
        this.chronicle = stage.chronicle();
    }

    /// What is not as expected, in a sentence; empty when all is.
    Optional<String> fault(Check check) {
        return switch (check) {
            case Check.Actions(var texts) -> actions(texts);
            case Check.Decisions(var patterns) -> decisions(patterns);
            case Check.Escalations(var patterns) -> escalations(patterns);
            case Check.Replicas(var counts) -> differing("replicas", counts, replicas());
            case Check.Running(var counts) -> differing("running tasks", counts, running());
            case Check.Accounts(var words) -> accounts(words);
            case Check.Incidents(var states) -> differing("incidents", states, incidents());
            case Check.Waits(var patterns) -> waits(patterns);
            case Check.Nothing nothing -> {
                Optional<String> acted = acted(nothing);
                yield acted.isPresent() ? acted : toldOf(nothing);
            }
        };
    }

    /// What should never have been, in a sentence; empty when it was not.
    Optional<String> trespass(Check never) {
        return switch (never) {
            case Check.Actions(var texts) ->
                    chronicle.done().stream()
                            .filter(done -> texts.getFirst().matches(done.text()))
                            .map(done ->
                                    "never expected, but done at %s: %s"
                                            .formatted(chronicle.clock(done.at()), done.text()))
                            .findFirst();
            case Check.Decisions(var patterns) ->
                    chronicle.decisions().stream()
                            .filter(decision -> matches(patterns.getFirst(), decision))
                            .map(decision ->
                                    "never expected, but decided at %s: %s %s"
                                            .formatted(
                                                    chronicle.clock(decision.at()),
                                                    decision.verdict().word(),
                                                    decision.wish().text()))
                            .findFirst();
            case Check.Escalations(var patterns) ->
                    chronicle.told().stream()
                            .filter(notice -> matches(patterns.getFirst(), notice))
                            .map(notice -> "never expected, but people were told: " + text(notice))
                            .findFirst();
            case Check.Replicas _,
                    Check.Running _,
                    Check.Accounts _,
                    Check.Incidents _,
                    Check.Waits _,
                    Check.Nothing _ ->
                    throw new IllegalArgumentException("this cannot be said with never: " + never);
        };
    }

    private Optional<String> actions(List<TextPattern> wanted) {
        List<String> done = chronicle.done().stream().map(Chronicle.Done::text).toList();
        boolean same = done.size() == wanted.size();
        for (int i = 0; same && i < done.size(); i++) {
            same = wanted.get(i).matches(done.get(i));
        }
        return same
                ? Optional.empty()
                : Optional.of(
                        "expected the actions: %s\n  but these were done: %s"
                                .formatted(
                                        listed(wanted.stream().map(TextPattern::text).toList()),
                                        listed(done)));
    }

    private Optional<String> decisions(List<DecisionPattern> wanted) {
        for (DecisionPattern pattern : wanted) {
            if (chronicle.decisions().stream().noneMatch(decision -> matches(pattern, decision))) {
                return Optional.of(
                        "expected a decision with %s, but none was taken"
                                .formatted(shown(pattern.values())));
            }
        }
        return Optional.empty();
    }

    private Optional<String> waits(List<DecisionPattern> wanted) {
        List<Decision> waiting =
                chronicle.standing().stream()
                        .filter(decision -> decision.verdict() == Verdict.WAIT)
                        .toList();
        if (wanted.isEmpty() && !waiting.isEmpty()) {
            return Optional.of(
                    "expected that nothing waits, but these do: "
                            + listed(waiting.stream().map(each -> each.wish().text()).toList()));
        }
        for (DecisionPattern pattern : wanted) {
            if (waiting.stream().noneMatch(decision -> matches(pattern, decision))) {
                return Optional.of(
                        "expected that a wish waits with %s, but none does"
                                .formatted(shown(pattern.values())));
            }
        }
        return Optional.empty();
    }

    private Optional<String> acted(Check.Nothing nothing) {
        List<String> done =
                chronicle.done().stream()
                        .filter(each -> nothing.covers(each.subject()))
                        .map(Chronicle.Done::text)
                        .toList();
        return done.isEmpty()
                ? Optional.empty()
                : Optional.of("expected no action, but these were done: " + listed(done));
    }

    private Optional<String> toldOf(Check.Nothing nothing) {
        List<String> told =
                chronicle.told().stream()
                        .filter(notice -> nothing.covers(notice.subject()))
                        .map(Examination::text)
                        .toList();
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "expected that nobody is told of anything, but they were told: "
                                + listed(told));
    }

    private Optional<String> escalations(List<TellingPattern> wanted) {
        List<Notice> left = new ArrayList<>(chronicle.told());
        for (TellingPattern pattern : wanted) {
            Optional<Notice> found =
                    left.stream().filter(notice -> matches(pattern, notice)).findFirst();
            if (found.isEmpty()) {
                return Optional.of(
                        "expected that people are told of %s, but they were told: %s"
                                .formatted(shown(pattern.values()), told()));
            }
            left.remove(found.get());
        }
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "expected that people are told %d times, but they were told: %s"
                                .formatted(wanted.size(), told()));
    }

    private String told() {
        return listed(chronicle.told().stream().map(Examination::text).toList());
    }

    boolean matches(DecisionPattern pattern, Decision decision) {
        SortedMap<String, List<String>> values = values(decision);
        return pattern.values().entrySet().stream()
                .allMatch(wanted ->
                        values.getOrDefault(wanted.getKey(), List.of()).stream()
                                .anyMatch(wanted.getValue()::matches));
    }

    /// What a decision is compared by.
    SortedMap<String, List<String>> values(Decision decision) {
        SortedMap<String, List<String>> values = new TreeMap<>();
        List<Objection> objections = decision.objections();
        String action = decision.action() == null ? "" : decision.action().text();
        values.put("rule", List.of(decision.rule()));
        values.put("subject", List.of(decision.subject().toString(), decision.subject().name()));
        values.put("wish", List.of(decision.wish().text()));
        values.put("action", List.of(action));
        values.put("verdict", List.of(decision.verdict().word()));
        values.put("would-be", List.of(decision.shadowed().word()));
        values.put("guard", objections.stream().map(Objection::guard).toList());
        values.put("code", objections.stream().map(Objection::code).toList());
        values.put("reason", List.of(decision.reason()));
        values.put(
                "until",
                objections.stream()
                        .map(Objection::until)
                        .filter(Objects::nonNull)
                        .map(chronicle::clock)
                        .toList());
        return values;
    }

    boolean matches(TellingPattern pattern, Notice notice) {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("text", text(notice) + "\n" + String.join("\n", notice.lines()));
        values.put("channel", notice.channel());
        values.put("severity", notice.severity());
        values.put("subject", notice.subject().toString());
        values.put("phase", chronicle.latest(notice).phase().name().toLowerCase(Locale.ROOT));
        for (Map.Entry<String, TextPattern> wanted : pattern.values().entrySet()) {
            String found = values.getOrDefault(wanted.getKey(), "");
            boolean isThere =
                    wanted.getKey().equals("text")
                            ? wanted.getValue().isIn(found)
                            : wanted.getValue().matches(found);
            if (!isThere) {
                return false;
            }
        }
        return true;
    }

    private static String text(Notice notice) {
        return notice.title();
    }

    private SortedMap<String, Integer> replicas() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (Service service : stage.cluster().services()) {
            Integer replicas = service.replicas();
            if (replicas != null) {
                counts.put(service.name(), replicas);
            }
        }
        return counts;
    }

    private SortedMap<String, Integer> running() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (Service service : stage.cluster().services()) {
            counts.put(service.name(), 0);
        }
        for (Task task : stage.cluster().tasks()) {
            if (task.running()) {
                counts.merge(task.service(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /// How each open alert is accounted for, by the alert's name; several of a name are all named.
    private Optional<String> accounts(SortedMap<String, String> wanted) {
        Picture picture = stage.picture();
        for (Map.Entry<String, String> want : wanted.entrySet()) {
            List<String> found = new ArrayList<>();
            for (Fact fact : picture.facts()) {
                if (fact instanceof Alert alert && alert.name().equals(want.getKey())) {
                    found.add(picture.accounts().getOrDefault(alert.fingerprint(), "nowhere"));
                }
            }
            boolean same =
                    found.isEmpty()
                            ? want.getValue().equals(GONE)
                            : found.stream().allMatch(want.getValue()::equals);
            if (!same) {
                return Optional.of(
                        "expected the alert %s to be %s, but it is %s"
                                .formatted(
                                        want.getKey(),
                                        want.getValue(),
                                        found.isEmpty() ? GONE : String.join(", ", found)));
            }
        }
        return Optional.empty();
    }

    private SortedMap<String, String> incidents() {
        SortedMap<String, String> states = new TreeMap<>();
        for (Incident incident : stage.picture().incidents()) {
            states.put(
                    incident.subject().toString(),
                    incident.state().name().toLowerCase(Locale.ROOT));
        }
        return states;
    }

    private static <V> Optional<String> differing(
            String what, SortedMap<String, V> wanted, SortedMap<String, V> found) {
        for (Map.Entry<String, V> want : wanted.entrySet()) {
            V is = found.get(want.getKey());
            boolean gone = is == null && want.getValue().equals(GONE);
            if (!gone && !want.getValue().equals(is)) {
                return Optional.of(
                        "expected %s of %s: %s, but there is %s"
                                .formatted(
                                        what,
                                        want.getKey(),
                                        want.getValue(),
                                        is == null ? "none of that name" : is));
            }
        }
        return Optional.empty();
    }

    private static String shown(SortedMap<String, TextPattern> values) {
        List<String> shown = new ArrayList<>();
        values.forEach((key, value) -> shown.add("%s \"%s\"".formatted(key, value.text())));
        return String.join(", ", shown);
    }

    private static String listed(List<String> texts) {
        return texts.isEmpty() ? "none" : "\n    - " + String.join("\n    - ", texts);
    }
}
