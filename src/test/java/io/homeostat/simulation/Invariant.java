package io.homeostat.simulation;

import java.util.List;

/// One promise. Its name is the promise; it sees every step of one world and no other.
@FunctionalInterface
interface Invariant {
    /// What breaks it at this moment, each in a sentence; empty when it holds.
    List<String> broken(World world, Moment moment);
}
