package io.homeostat.simulation;

import java.util.List;
import java.util.function.Supplier;

/// All promises that are held against every step.
final class Invariants {
    /// Promises whose guards are not on the rail yet. When one is, its promise moves to [#all()],
    /// and its fault in [PlantedFault] gets a seed.
    static final List<Supplier<Invariant>> AWAITED =
            List.of(QuorumIsKept::new, AStormIsWaitedOut::new);

    private Invariants() {}

    static List<Invariant> all() {
        return List.of(
                new NeverBelowMin(),
                new TheBudgetIsKept(),
                new NothingWithoutADecision(),
                new NothingTwice(),
                new OneActionPerSubject(),
                new TheLeaderNeverRemovesItself(),
                new FrozenThingsRest(),
                new PacesSurviveRestarts(),
                new EveryAlertIsAccountedFor(),
                new NoFiringAlertIsForgotten(),
                new WhatEndedStaysEnded(),
                new NoWishStandsForAnHourWithoutAVisibleReason(),
                new WhatIsThereStaysKnown(),
                new UnknownIsNotDown(),
                new NoHarmByInaction());
    }
}
