package io.homeostat.app;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Images;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Lease;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.simulated.SimulatedAlertmanager;
import io.homeostat.simulated.SimulatedCluster;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A simulated cluster with an Alertmanager of its own, whose time is the real one.
final class SimulatedConnection implements ClusterConnection {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedConnection.class);
    private static final long BEAT_MILLIS = 200;

    private final SimulatedCluster cluster;
    private final SimulatedAlertmanager alertmanager;
    private final Supplier<EngineLoop> loop;
    private final Inbox inbox;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofVirtual().name("homeostat-simulated").unstarted(this::run);

    /// @param loop where looks are offered; asked only after [#connect]
    SimulatedConnection(
            SimulatedCluster cluster,
            SimulatedAlertmanager alertmanager,
            Supplier<EngineLoop> loop,
            Inbox inbox,
            InstantSource clock) {
        this.cluster = cluster;
        this.alertmanager = alertmanager;
        this.loop = loop;
        this.inbox = inbox;
        this.clock = clock;
    }

    @Override
    public String text() {
        return "a simulated cluster";
    }

    @Override
    public Actuator<Action.OnSwarm> actuator() {
        return cluster;
    }

    /// Whatever is named is there.
    @Override
    public Images images() {
        return Images.Found.Resolved::new;
    }

    /// Nobody else can reach what lives in this process.
    @Override
    public Lease lease() {
        return Lease.UNSHARED;
    }

    @Override
    public void connect() {
        thread.start();
    }

    @Override
    public void giveUpLease(Duration patience) {
        // It ends with this process.
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    SimulatedAlertmanager alertmanager() {
        return alertmanager;
    }

    private void run() {
        try {
            do {
                beat();
            } while (!closed.await(BEAT_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        cluster.advance(clock.instant()).forEach(loop.get()::offer);
        for (Signal signal : alertmanager.advance(clock.instant())) {
            switch (signal) {
                case Signal.Volatile look -> loop.get().offer(look);
                case Signal.Durable durable -> accept(durable);
            }
        }
    }

    private void accept(Signal.Durable signal) {
        try {
            inbox.accept(signal);
            loop.get().wake();
        } catch (StoreException full) {
            LOG.error("a simulated alert could not be stored: {}", full.getMessage());
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
