package io.homeostat.crash;

import java.util.List;

/// One promise. Its name is the promise.
@FunctionalInterface
interface Invariant {
    /// What breaks it, each in a sentence; empty when it holds.
    List<String> broken(Evidence evidence);

    /// All of them.
    static List<Invariant> all(World world) {
        return List.of(
                new NoAcceptedAlertIsLost(),
                new EveryStandingWishIsDone(),
                new EachStepHasAConfirmationOfItsOwn(world.every()),
                new NothingIsSentTwice(),
                new EachAcceptedRequestRestartsOnce(),
                new EveryActionEnds(),
                new EveryAlertIsAccountedFor(),
                new NoDecisionIsRecordedTwice(),
                new PeopleAreToldOnce(),
                new TheRecordsFitTogether());
    }
}
