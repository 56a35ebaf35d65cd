package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.fact.Sorted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Not again and again: what did not heal several times in a row is for people.
final class AttemptsGuard implements Guard {
    static final String NAME = "attempts";

    /// As many actions of this kind as are allowed did not heal.
    static final String EXHAUSTED = "exhausted";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        Action action = proposal.action();
        if (action == null || proposal.isRequest()) {
            return Optional.empty();
        }
        int attempts = situation.attempts(action.kind(), action.subject());
        int most = situation.limits().attemptsMax();
        Instant last = situation.lastAttempt(action.kind(), action.subject());
        if (attempts < most || last == null) {
            return Optional.empty();
        }
        Instant forgotten = last.plus(situation.limits().attemptsWithin());
        if (!situation.now().isBefore(forgotten)) {
            return Optional.empty();
        }
        return Optional.of(
                new Objection(
                        NAME,
                        Verdict.DENY,
                        EXHAUSTED,
                        "%d actions of kind %s on %s in a row did not heal; at most %d may be tried"
                                .formatted(attempts, action.kind(), action.subject(), most),
                        "a person does it, or requests it, or %s comes"
                                .formatted(Wording.clock(forgotten)),
                        forgotten,
                        Sorted.copy(List.of(action.subject()))));
    }
}
