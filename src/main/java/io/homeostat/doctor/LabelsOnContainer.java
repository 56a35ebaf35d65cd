package io.homeostat.doctor;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds labels of ours that were given to the containers and not to the service: in a stack file,
/// `labels` instead of `deploy.labels`.
final class LabelsOnContainer implements ServiceCheck {
    @Override
    public Optional<Finding> of(DeployedService service) {
        SortedMap<String, String> lost = new TreeMap<>(service.containerLabels());
        lost.keySet().removeIf(label -> !label.startsWith("homeostat."));
        lost.keySet().removeAll(service.labels().keySet());
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder lines = new StringBuilder("deploy:\n  labels:");
        lost.forEach((label, value) ->
                lines.append("\n    ").append(label).append(": ").append(quoted(value)));
        return service.found(
                Ailment.LABELS_ON_CONTAINER,
                "its containers have %s, and the service has not"
                        .formatted(String.join(", ", lost.keySet())),
                service.inStackFile(lines.toString()));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
