package io.homeostat.guard;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Not too many actions over all subjects: whatever drives us, it is slowed down before it has gone
/// through the whole cluster.
final class RateGuard implements Guard {
    static final String NAME = "rate";

    /// As many actions as are allowed within a time were taken within it.
    static final String TOO_MANY = "too-many";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        if (proposal.action() == null) {
            return Optional.empty();
        }
        Limits.Safety safety = situation.limits().safety();
        List<Instant> recent = situation.actionsSince(situation.now().minus(safety.rateWithin()));
        if (recent.size() < safety.rateMax()) {
            return Optional.empty();
        }
        Instant until = recent.getFirst().plus(safety.rateWithin());
        return Optional.of(
                Objection.waiting(
                        NAME,
                        TOO_MANY,
                        "%d actions were taken within %s; at most %d may be"
                                .formatted(
                                        recent.size(),
                                        Wording.seconds(safety.rateWithin()),
                                        safety.rateMax()),
                        Wording.clock(until) + " comes",
                        until));
    }
}
