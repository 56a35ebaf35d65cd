package io.homeostat.crash;

import java.util.ArrayList;
import java.util.List;

/// What was answered with 2xx is held to be open, or was ended by a later message, which the
/// timeline says.
final class NoAcceptedAlertIsLost implements Invariant {
    @Override
    public List<String> broken(Evidence evidence) {
        List<String> faults = new ArrayList<>();
        for (Alertmanager.Alert alert : evidence.load().alerts()) {
            if (!alert.isSaid()) {
                faults.add(alert.name() + " could not be told yet");
                continue;
            }
            Alertmanager.Attempt last = alert.attempts().getLast();
            boolean open = evidence.facts().containsKey(alert.fingerprint());
            if (!last.isTaken()) {
                faults.add("%s was refused for good: %s".formatted(alert.name(), last));
            } else if (last.firing() && !open) {
                faults.add(alert.name() + " was accepted and is not among the facts");
            } else if (!last.firing() && open) {
                faults.add(alert.name() + " was resolved and still counts as open");
            } else if (!last.firing() && !isToldOf(alert.name(), evidence)) {
                faults.add(alert.name() + " ended, and the timeline does not say so");
            }
        }
        return faults;
    }

    private static boolean isToldOf(String name, Evidence evidence) {
        return evidence.timeline().stream()
                .anyMatch(line ->
                        line.path("kind").asText().equals("alert")
                                && line.path("text").asText().contains(name + " is resolved"));
    }
}
