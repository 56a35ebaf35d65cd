package io.homeostat.doctor;

import io.homeostat.engine.AlertSubjects;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Finds alerts that are about nothing that rules could act on. One finding for each name of
/// alerts, however many there are.
///
/// @param services the names of all services
/// @param subjects the labels by which alerts name what they are about
record AlertNames(SortedSet<String> services, AlertSubjects subjects) {
    /// People's words for what nobody needs to act on.
    private static final Set<String> OBSERVED = Set.of("info", "none");

    private static final String TEMPLATE = "{{";

    List<Finding> of(List<SeenAlert> firing, List<AlertRule> rules) {
        SortedMap<String, Finding> found = new TreeMap<>();
        for (SeenAlert alert : firing) {
            ofAlert(alert).ifPresent(finding -> found.putIfAbsent(alert.name(), finding));
        }
        for (AlertRule rule : rules) {
            ofRule(rule).ifPresent(finding -> found.putIfAbsent(rule.name(), finding));
        }
        return List.copyOf(found.values());
    }

    private Optional<Finding> ofAlert(SeenAlert alert) {
        if (isOnlyObserved(alert.labels())) {
            return Optional.empty();
        }
        if (names(alert.labels())) {
            return unknown(alert.name(), alert.labels());
        }
        return Optional.of(
                nameless(
                        alert.name(),
                        "it fires, and none of its labels names a service or a node: %s"
                                .formatted(String.join(", ", alert.labels().keySet())),
                        true));
    }

    private Optional<Finding> ofRule(AlertRule rule) {
        if (isOnlyObserved(rule.labels())) {
            return Optional.empty();
        }
        if (names(rule.labels())) {
            return unknown(rule.name(), rule.labels());
        }
        if (!rule.firing().isEmpty()) {
            return rule.firing().stream().map(this::ofAlert).flatMap(Optional::stream).findFirst();
        }
        if (all().anyMatch(rule::mentions)) {
            return Optional.empty();
        }
        boolean mayPass = rule.passesLabelsOn();
        return Optional.of(
                nameless(
                        rule.name(),
                        "its rule adds no label that names a service or a node"
                                + (mayPass
                                        ? ", and whether its series have one cannot be seen"
                                        : ", and its expression keeps none"),
                        !mayPass));
    }

    /// An alert that names several is about the first that is known.
    private Optional<Finding> unknown(String alert, SortedMap<String, String> labels) {
        List<String> named = new ArrayList<>();
        for (String label : subjects.serviceLabels()) {
            String name = labels.getOrDefault(label, "");
            if (name.contains(TEMPLATE) || services.contains(name)) {
                return Optional.empty();
            }
            if (!name.isEmpty()) {
                named.add(name);
            }
        }
        if (named.isEmpty() || !Collections.disjoint(subjects.nodeLabels(), labels.keySet())) {
            return Optional.empty();
        }
        String name = named.getFirst();
        String meant =
                services.stream()
                        .filter(service -> service.endsWith("_" + name))
                        .findFirst()
                        .orElse("STACK_SERVICE");
        return Optional.of(
                new Finding(
                        Ailment.ALERT_ABOUT_UNKNOWN_SERVICE,
                        new About(About.Kind.ALERT, alert),
                        "it is about the service %s, and there is none of that name"
                                .formatted(name),
                        rule(alert, meant),
                        true));
    }

    private Finding nameless(String alert, String what, boolean certain) {
        return new Finding(
                Ailment.ALERT_WITHOUT_SERVICE,
                new About(About.Kind.ALERT, alert),
                what,
                rule(alert, "STACK_SERVICE"),
                certain);
    }

    private static String rule(String alert, String service) {
        return """
        # in the rule of Prometheus; or keep the label in its expression: sum by (service) (...)
        - alert: %s
          labels:
            service: %s\
        """
                .formatted(alert, service);
    }

    private boolean names(SortedMap<String, String> labels) {
        return all().anyMatch(label -> !labels.getOrDefault(label, "").isEmpty());
    }

    private Stream<String> all() {
        return Stream.concat(subjects.serviceLabels().stream(), subjects.nodeLabels().stream());
    }

    private static boolean isOnlyObserved(SortedMap<String, String> labels) {
        return OBSERVED.contains(labels.getOrDefault("severity", ""));
    }
}
