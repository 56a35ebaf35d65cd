package io.homeostat.simulation;

import io.homeostat.action.Undertaking;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Whatever changed the cluster was an action of ours, recorded as started, that a recorded
/// decision had allowed, and exactly that action.
final class NothingWithoutADecision implements Invariant {
    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        for (Arrival arrival : moment.arrivals()) {
            Undertaking sent = arrival.undertaking();
            Undertaking recorded = sent == null ? null : world.store.action(sent.id());
            Decision decision = sent == null ? null : world.store.decision(sent.decision());
            if (recorded == null || recorded.startedAt() == null) {
                faults.add(arrival.action().text() + " was done, and no start is on record");
            } else if (decision == null
                    || decision.verdict() != Verdict.ALLOW
                    || !arrival.action().equals(decision.action())) {
                faults.add("%s was done, decided was: %s".formatted(arrival.action(), decision));
            }
        }
        return faults;
    }
}
