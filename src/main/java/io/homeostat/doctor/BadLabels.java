package io.homeostat.doctor;

import io.homeostat.fact.ServiceLabels;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// Finds labels of ours whose values cannot be read.
final class BadLabels implements ServiceCheck {
    @Override
    public Optional<Finding> of(DeployedService service) {
        SortedMap<String, String> bad = ServiceLabels.read(service.labels()).bad();
        if (bad.isEmpty()) {
            return Optional.empty();
        }
        String what =
                bad.entrySet().stream()
                        .map(label -> label.getKey() + ": " + label.getValue())
                        .collect(Collectors.joining("; "));
        StringBuilder lines = new StringBuilder("deploy:\n  labels:");
        bad.keySet().forEach(label -> lines.append("\n    ").append(label).append(": \"VALUE\""));
        return service.found(Ailment.BAD_LABEL, what, service.inStackFile(lines.toString()));
    }
}
