package io.homeostat.crash;

import io.homeostat.standin.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// No service is scaled twice on the same evidence: each step goes one further, and its alert was
/// said to fire later than the step before had settled.
final class EachStepHasAConfirmationOfItsOwn implements Invariant {
    private final Duration every;

    /// @param every how long a step settles
    EachStepHasAConfirmationOfItsOwn(Duration every) {
        this.every = every;
    }

    @Override
    public List<String> broken(Evidence evidence) {
        List<String> faults = new ArrayList<>();
        check(evidence, evidence.load().steady(), evidence.load().once(), faults);
        check(evidence, evidence.load().growing(), evidence.load().again(), faults);
        return faults;
    }

    private void check(
            Evidence evidence, String service, Alertmanager.Alert alert, List<String> faults) {
        int replicas = Load.FIRST;
        Instant after = Instant.MIN;
        for (Write step : evidence.takenBy(service)) {
            int wanted = Evidence.replicas(step.body());
            if (wanted != replicas + 1) {
                faults.add(
                        "%s was scaled from %d to %d at %s"
                                .formatted(service, replicas, wanted, step.at()));
            }
            if (!isConfirmed(alert, after, step.at())) {
                faults.add(
                        "%s was scaled to %d at %s, and its alert was not confirmed after %s"
                                .formatted(service, wanted, step.at(), after));
            }
            replicas = wanted;
            after = step.at().plus(every);
        }
    }

    /// Unanswered messages may have been taken, so they count.
    private static boolean isConfirmed(Alertmanager.Alert alert, Instant after, Instant before) {
        return alert.attempts().stream()
                .anyMatch(attempt ->
                        attempt.firing()
                                && attempt.ended().isAfter(after)
                                && attempt.begun().isBefore(before));
    }
}
