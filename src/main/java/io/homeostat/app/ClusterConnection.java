package io.homeostat.app;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.engine.Images;
import io.homeostat.engine.Lease;
import java.time.Duration;

/// The cluster that is managed: what acts on it, and what looks at it once it is connected.
interface ClusterConnection extends AutoCloseable {
    /// What cluster this is, for people: `the Swarm at unix:///var/run/docker.sock`.
    String text();

    Actuator<Action.OnSwarm> actuator();

    /// The images that its services may run.
    Images images();

    /// The right to act on it.
    Lease lease();

    /// Begins to look at the cluster and to tell the engine.
    void connect();

    /// Lets another process act on it at once. Only when nothing that we sent is under way.
    void giveUpLease(Duration patience) throws InterruptedException;

    @Override
    void close();
}
