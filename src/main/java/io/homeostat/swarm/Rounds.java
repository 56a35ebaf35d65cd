package io.homeostat.swarm;

import io.homeostat.engine.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One kind of look, taken again and again for ever: nothing but an interrupt ends it.
final class Rounds implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    /// A look. It signals what it sees itself.
    @FunctionalInterface
    interface Look {
        /// @return how long to wait until the next
        Duration take() throws DockerException, InterruptedException;
    }

    private final String name;
    private final List<String> watchers;
    private final Look look;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Consumer<Signal.Volatile> sink;
    private final Semaphore wanted = new Semaphore(0);
    private boolean failing;

    /// @param watchers the watchers that are blind when this look fails
    Rounds(
            String name,
            List<String> watchers,
            Look look,
            SwarmSettings settings,
            InstantSource clock,
            Consumer<Signal.Volatile> sink) {
        this.name = name;
        this.watchers = watchers;
        this.look = look;
        this.backoff = new Backoff(settings.retryFirst(), settings.retryMost());
        this.clock = clock;
        this.sink = sink;
    }

    String name() {
        return name;
    }

    /// Asks for a look now.
    void soon() {
        wanted.release();
    }

    @Override
    public void run() {
        try {
            while (true) {
                Duration pause = attempt();
                wanted.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
                wanted.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration attempt() throws InterruptedException {
        try {
            Duration pause = look.take();
            backoff.succeeded();
            if (failing) {
                LOG.info("{}: Docker answers again", name);
                failing = false;
            }
            return pause;
        } catch (DockerException e) {
            failed(e.reason());
        } catch (RuntimeException e) {
            LOG.error("{}: a look failed in an unforeseen way", name, e);
            failed("an unforeseen failure, see the log: " + e);
        }
        return backoff.next();
    }

    private void failed(String reason) {
        if (!failing) {
            LOG.warn("{}: {}", name, reason);
            failing = true;
        }
        Instant at = clock.instant();
        for (String watcher : watchers) {
            sink.accept(new Signal.WatcherFailed(watcher, at, reason));
        }
    }
}
