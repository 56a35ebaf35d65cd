package io.homeostat.simulation;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.Turn;
import java.util.ArrayList;
import java.util.List;

/// What needs a person's consent is planned only when a person approved exactly that, in that
/// incident, and what was approved has not expired.
final class WhatIsAskedIsNotDoneWithoutAGrant implements Invariant {
    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        for (Turn turn : moment.turns()) {
            for (Undertaking planned : Consent.planned(turn)) {
                if (Consent.isNeeded(planned, world) && !Consent.isGiven(planned, turn, world)) {
                    faults.add(
                            "%s (%s) is planned for \"%s\", and no answer of a person binds"
                                    .formatted(
                                            planned.action().text(), planned.id(), planned.rule()));
                }
            }
        }
        return faults;
    }
}
