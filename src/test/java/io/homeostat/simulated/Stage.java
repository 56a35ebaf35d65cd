package io.homeostat.simulated;

import io.homeostat.engine.Signal;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A cluster of three nodes with the service `demo_web`, and a clock that the test moves.
final class Stage {
    static final String WEB = "demo_web";
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now = START;
    final SimulatedCluster cluster = new SimulatedCluster(() -> now, SimulatedCluster.Pace.DEFAULT);

    Stage(int replicas) {
        cluster.addNode("node-1", Node.Role.MANAGER, Map.of());
        cluster.addNode("node-2", Node.Role.WORKER, Map.of());
        cluster.addNode("node-3", Node.Role.WORKER, Map.of());
        cluster.addService(
                WEB,
                Service.Mode.REPLICATED,
                replicas,
                "web:1",
                Map.of("homeostat.scale.min", "2", "homeostat.scale.max", "5"));
        pass(10);
    }

    Instant now() {
        return now;
    }

    /// Moves the clock in one stride, and looks.
    List<Signal.Volatile> pass(long seconds) {
        now = now.plusSeconds(seconds);
        return cluster.advance(now);
    }

    List<Signal.Volatile> passMillis(long millis) {
        now = now.plus(Duration.ofMillis(millis));
        return cluster.advance(now);
    }

    Service web() {
        return cluster.services().stream()
                .filter(service -> service.name().equals(WEB))
                .findFirst()
                .orElseThrow();
    }

    List<Task> running() {
        return cluster.tasks().stream()
                .filter(task -> task.service().equals(WEB) && task.running())
                .toList();
    }

    long inState(Task.State state) {
        return cluster.tasks().stream().filter(task -> task.state() == state).count();
    }
}
