package io.homeostat.guard;

import java.util.Optional;

/// One safety rule. Pure: it reads the proposal and the situation, and nothing else.
interface Guard {
    /// Its name as people and machines see it: `bounds`.
    String name();

    /// Its objection, or empty when it has none.
    Optional<Objection> judge(Proposal proposal, Situation situation);
}
