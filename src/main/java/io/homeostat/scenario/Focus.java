package io.homeostat.scenario;

import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.homeostat.scenario.Check.DecisionPattern;
import io.homeostat.scenario.Check.TextPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// What an expectation names, to find what has to do with it: subjects as `service/demo_web`, and
/// names of rules with `*` for anything.
final class Focus {
    private final Stage stage;
    private final SortedSet<String> subjects = new TreeSet<>();
    private final List<TextPattern> rules = new ArrayList<>();

    private Focus(Stage stage) {
        this.stage = stage;
    }

    static Focus of(Check check, Stage stage) {
        Focus focus = new Focus(stage);
        switch (check) {
            case Check.Actions(var texts) -> focus.words(texts);
            case Check.Decisions(var patterns) -> patterns.forEach(focus::decision);
            case Check.Waits(var patterns) -> patterns.forEach(focus::decision);
            case Check.Escalations(var patterns) ->
                    patterns.forEach(pattern -> focus.words(pattern.values().values()));
            case Check.Replicas(var counts) -> focus.services(counts);
            case Check.Running(var counts) -> focus.services(counts);
            case Check.Accounts(var words) -> words.keySet().forEach(focus::word);
            case Check.Incidents(var states) -> focus.subjects.addAll(states.keySet());
            case Check.Nothing(var subjects) -> focus.words(subjects);
        }
        return focus;
    }

    SortedSet<String> subjects() {
        return subjects;
    }

    List<TextPattern> rules() {
        return rules;
    }

    /// True when nothing is named, so that everything may have to do with it.
    boolean isWide() {
        return subjects.isEmpty() && rules.isEmpty();
    }

    boolean includes(Decision decision) {
        return includes(decision.subject())
                || decision.evidence().stream().anyMatch(this::includes)
                || rules.stream().anyMatch(rule -> rule.isIn(decision.rule()));
    }

    /// An alert is included when what it is about is.
    boolean includes(Subject subject) {
        Alert alert = stage.chronicle().alerts().get(subject);
        return subjects.contains(subject.toString())
                || (alert != null && subjects.contains(alert.about().toString()));
    }

    /// An alert is included also when its labels name what should have been its subject.
    boolean includes(Fact fact) {
        if (includes(fact.subject())) {
            return true;
        }
        return fact instanceof Alert alert
                && subjects.stream()
                        .map(subject -> subject.substring(subject.indexOf('/') + 1))
                        .anyMatch(name -> alert.labels().containsValue(name));
    }

    private void services(SortedMap<String, Integer> counts) {
        counts.forEach((name, _) -> subjects.add("service/" + name));
    }

    private void decision(DecisionPattern pattern) {
        TextPattern rule = pattern.values().get("rule");
        if (rule != null) {
            rules.add(rule);
        }
        for (String key : List.of("subject", "wish", "action", "reason")) {
            TextPattern text = pattern.values().get(key);
            if (text != null) {
                words(List.of(text));
            }
        }
    }

    private void words(Collection<TextPattern> texts) {
        for (TextPattern text : texts) {
            for (String word : text.text().split("[\\s*,:]+", -1)) {
                word(word);
            }
        }
    }

    /// A subject, or the name of a service, a node or an alert that there is.
    private void word(String word) {
        if (word.matches("(service|node|cluster)/.+")) {
            subjects.add(word);
        }
        for (Service service : stage.cluster().services()) {
            if (service.name().equals(word)) {
                subjects.add(service.subject().toString());
            }
        }
        for (Node node : stage.cluster().nodes()) {
            if (node.id().equals(word)) {
                subjects.add(node.subject().toString());
            }
        }
        for (Alert alert : stage.chronicle().alerts().values()) {
            if (alert.name().equals(word)) {
                subjects.add(alert.subject().toString());
                subjects.add(alert.about().toString());
            }
        }
    }
}
