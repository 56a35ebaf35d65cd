package io.homeostat.simulation;

import java.util.List;

/// All promises that are held against every step.
final class Invariants {
    private Invariants() {}

    static List<Invariant> all() {
        return List.of(
                new NeverBelowMin(),
                new TheBudgetIsKept(),
                new QuorumIsKept(),
                new AStormIsWaitedOut(),
                new NothingWithoutADecision(),
                new NothingTwice(),
                new OneActionPerSubject(),
                new TheLeaderNeverRemovesItself(),
                new FrozenThingsRest(),
                new PacesSurviveRestarts(),
                new WhatIsAskedIsNotDoneWithoutAGrant(),
                new WhatWasRejectedIsNotDone(),
                new NoGrantIsUsedTwice(),
                new TheFirstAnswerCounts(),
                new AnExpiredQuestionEscalatesOnce(),
                new EveryAlertIsAccountedFor(),
                new NoFiringAlertIsForgotten(),
                new WhatEndedStaysEnded(),
                new NoWishStandsForAnHourWithoutAVisibleReason(),
                new WhatIsThereStaysKnown(),
                new UnknownIsNotDown(),
                new NoHarmByInaction());
    }
}
