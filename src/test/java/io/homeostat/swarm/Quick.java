package io.homeostat.swarm;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// Settings under which a test need not wait long.
final class Quick {
    private Quick() {}

    static SwarmSettings settings(Path socket) {
        return new SwarmSettings(
                URI.create("unix://" + socket),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(300),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                50,
                Duration.ofMillis(100),
                Duration.ofSeconds(60),
                Duration.ofMillis(20),
                Duration.ofMillis(100));
    }
}
