package io.homeostat.crash;

import java.util.ArrayList;
import java.util.List;

/// What alerts asked for was done: a step for an alert that was said once, all steps for one that
/// was confirmed again and again. That there is no step too many is
/// [EachStepHasAConfirmationOfItsOwn]'s: Alertmanager sends a message again whose answer was lost,
/// and after a settled step that is a confirmation like any other.
final class EveryStandingWishIsDone implements Invariant {
    @Override
    public List<String> broken(Evidence evidence) {
        List<String> faults = new ArrayList<>();
        expect(evidence, evidence.load().steady(), Load.FIRST + 1, faults);
        expect(evidence, evidence.load().growing(), Load.MOST, faults);
        return faults;
    }

    private static void expect(
            Evidence evidence, String service, int replicas, List<String> faults) {
        int found = evidence.replicasOf(service);
        if (found < replicas) {
            faults.add("%s has %d replicas, fewer than %d".formatted(service, found, replicas));
        }
    }
}
