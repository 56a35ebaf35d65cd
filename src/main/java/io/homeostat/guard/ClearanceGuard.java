package io.homeostat.guard;

import java.util.Optional;

/// What could not be sent anyway is not planned: right before sending, an action needs the lease
/// and the absence of the file that stops everything. Planned without them, it would be planned
/// again in every turn.
final class ClearanceGuard implements Guard {
    static final String NAME = "clearance";

    /// We do not have the right to act on the cluster.
    static final String LEASE = "lease";

    /// A file stops everything.
    static final String STOPPED = "stopped";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        String stopped = situation.hindrances().get(STOPPED);
        if (stopped != null) {
            return waiting(STOPPED, stopped, "the file is removed");
        }
        String lease = situation.hindrances().get(LEASE);
        if (lease != null) {
            return waiting(LEASE, lease, "this process has the lease");
        }
        return Optional.empty();
    }

    private static Optional<Objection> waiting(String code, String reason, String change) {
        return Optional.of(Objection.of(NAME, Verdict.WAIT, code, reason, change));
    }
}
