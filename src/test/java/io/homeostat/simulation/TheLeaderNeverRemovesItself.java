package io.homeostat.simulation;

import io.homeostat.fact.Subject;
import java.util.List;

/// Nothing is done to the service and the node that Homeostat runs on.
final class TheLeaderNeverRemovesItself implements Invariant {
    private static final List<Subject> OURS =
            List.of(Subject.service("homeostat"), Subject.node("node-1"));

    @Override
    public List<String> broken(World world, Moment moment) {
        return moment.sendings().stream()
                .filter(sending -> OURS.contains(sending.undertaking().subject()))
                .map(sending -> sending.undertaking().action().text() + " was sent")
                .toList();
    }
}
