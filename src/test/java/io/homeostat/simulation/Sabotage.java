package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Signal;
import io.homeostat.guard.GuardRail;
import java.util.List;

/// Where a fault can be planted in Homeostat. Nothing is, unless a method says otherwise.
interface Sabotage {
    Sabotage NONE = new Sabotage() {};

    /// The world in which the fault will show begins.
    default void begin(World world) {}

    default GuardRail rail() {
        return GuardRail.standard();
    }

    /// What is left of memory after a restart.
    default List<Memo> recollect(List<Memo> memos) {
        return memos;
    }

    /// What is heard of a signal.
    default List<Signal> hear(Signal signal) {
        return List.of(signal);
    }

    default Report perform(
            Actuator<Action.OnSwarm> cluster, Action.OnSwarm action, Clearance clearance)
            throws InterruptedException {
        return cluster.perform(action, clearance);
    }
}
