package io.homeostat.simulation;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.Turn;
import java.util.ArrayList;
import java.util.List;

/// What a person rejected is not done in that incident because of rules, with whatever parameters.
final class WhatWasRejectedIsNotDone implements Invariant {
    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        for (Turn turn : moment.turns()) {
            for (Undertaking planned : Consent.planned(turn)) {
                Questions.About about = Consent.about(planned, world);
                if (about != null && world.questions.isRejected(about)) {
                    faults.add(
                            "%s (%s) is planned, and a person rejected it in incident %s"
                                    .formatted(
                                            planned.action().text(),
                                            planned.id(),
                                            planned.incident()));
                }
            }
        }
        return faults;
    }
}
