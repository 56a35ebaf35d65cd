package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Node;
import io.homeostat.fact.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Full looks at services and nodes. They count as seeing only while events arrive as well, for
/// between two looks it is the events that tell.
final class ObjectLooks {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectLooks.class);

    private final Docker docker;
    private final Sightings sightings;
    private final Duration resync;
    private final InstantSource clock;
    private final Consumer<Signal.Volatile> sink;
    private final BooleanSupplier eventsArrive;
    private final Emptiness noServices;

    ObjectLooks(
            Docker docker,
            Sightings sightings,
            Duration resync,
            InstantSource clock,
            Consumer<Signal.Volatile> sink,
            BooleanSupplier eventsArrive) {
        this.docker = docker;
        this.sightings = sightings;
        this.resync = resync;
        this.clock = clock;
        this.sink = sink;
        this.eventsArrive = eventsArrive;
        this.noServices = new Emptiness(docker, "services");
    }

    Duration services() throws DockerException, InterruptedException {
        Instant began = clock.instant();
        List<JsonNode> services = new ArrayList<>();
        noServices.checked(docker.get("/services")).forEach(services::add);
        sightings.all(began, services);
        looked(Watcher.SERVICES, began);
        return resync;
    }

    Duration nodes() throws DockerException, InterruptedException {
        Instant began = clock.instant();
        List<Node> nodes = new ArrayList<>();
        JsonNode list = docker.get("/nodes");
        if (!list.isArray() || list.isEmpty()) {
            throw DockerException.answered(
                    0,
                    "Docker answered no nodes, which cannot be: the manager that answers is one");
        }
        for (JsonNode node : list) {
            try {
                nodes.add(NodeReading.read(node));
            } catch (IllegalArgumentException e) {
                LOG.warn("node {} cannot be read: {}", node.path("ID").asText(""), e.toString());
            }
        }
        sink.accept(new Signal.NodesSeen(began, nodes));
        looked(Watcher.NODES, began);
        return resync;
    }

    private void looked(String watcher, Instant began) {
        if (eventsArrive.getAsBoolean()) {
            sink.accept(new Signal.WatcherLooked(watcher, began, resync.multipliedBy(3)));
        }
    }
}
