package io.homeostat.app;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.engine.Lease;

/// The cluster that is managed: what acts on it, and what looks at it once it is connected.
interface ClusterConnection extends AutoCloseable {
    /// What cluster this is, for people: `the Swarm at unix:///var/run/docker.sock`.
    String text();

    /// The right to act on it.
    Lease lease();

    Actuator<Action.OnSwarm> actuator();

    /// Begins to look at the cluster and to tell the engine.
    void connect();

    @Override
    void close();
}
