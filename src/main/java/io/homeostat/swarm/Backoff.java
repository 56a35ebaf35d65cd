package io.homeostat.swarm;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Waits that double up to a bound, each shortened by chance by up to half, so that many who lost
/// the same Docker do not come back at the same instant.
final class Backoff {
    private final Duration first;
    private final Duration most;
    private Duration next;

    Backoff(Duration first, Duration most) {
        this.first = first;
        this.most = most;
        this.next = first;
    }

    Duration next() {
        long nanos = next.toNanos();
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(most) > 0 ? most : doubled;
        return Duration.ofNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
    }

    void succeeded() {
        next = first;
    }
}
