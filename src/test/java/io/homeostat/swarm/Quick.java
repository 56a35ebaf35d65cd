package io.homeostat.swarm;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Settings under which a test need not wait long.
final class Quick {
    private Quick() {}

    static final Duration LEASE = Duration.ofMillis(600);
    static final Duration ANSWER = Duration.ofSeconds(2);

    /// With one Docker, and an identity beside its socket.
    static SwarmSettings settings(Path socket) {
        return settings(List.of(socket), socket.resolveSibling("data"));
    }

    /// @param data where the process keeps its identity
    static SwarmSettings settings(List<Path> sockets, Path data) {
        return settings(sockets, data, ANSWER);
    }

    static SwarmSettings settings(List<Path> sockets, Path data, Duration answer) {
        return new SwarmSettings(
                sockets.stream().map(socket -> URI.create("unix://" + socket)).toList(),
                Duration.ofSeconds(1),
                answer,
                Duration.ofMillis(300),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                50,
                Duration.ofMillis(100),
                Duration.ofSeconds(60),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(800),
                null,
                new SwarmSettings.Lease("test", LEASE, data));
    }
}
