package io.homeostat.simulation;

import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/// Rough weather, then a calm in which everything is put right and, when all has settled, two
/// things go wrong that Homeostat must heal; then rough weather again.
final class Seasons {
    static final String HANGS = "calm_hangs";
    static final String IS_BUSY = "calm_is_busy";

    private static final List<Weather> WEATHER = Weather.all();

    /// How long a calm lasts before something goes wrong: longer than anything that rough weather
    /// leaves behind, such as a pause between two actions or a storm's end.
    private static final Duration SETTLING = Duration.ofMinutes(12);

    private static final Duration CALM = Duration.ofMinutes(20);

    private final World world;
    private boolean rough = true;
    private int roughUntil = 600;
    private Instant calmSince = Time.BEGINNING;
    private boolean wrong;

    Seasons(World world) {
        this.world = world;
    }

    boolean isRough() {
        return rough;
    }

    /// When, in this calm, something went wrong; in rough weather never.
    boolean isWrong() {
        return !rough && wrong;
    }

    Instant wrongSince() {
        return calmSince.plus(SETTLING);
    }

    void pass() {
        if (rough) {
            for (Weather each : WEATHER) {
                if (each.chance(world).happens(each.rate()) && each.happen(world)) {
                    world.tally.count(each.name());
                }
            }
            if (world.steps() >= roughUntil) {
                calm();
            }
        } else if (!wrong && world.time.since(calmSince).compareTo(SETTLING) >= 0) {
            wrong = true;
            world.faults.hang(HANGS, "restart");
            world.cluster.load(IS_BUSY, 3.2, 1);
        } else if (world.time.since(calmSince).compareTo(CALM) >= 0) {
            world.cluster.removeService(HANGS);
            world.cluster.removeService(IS_BUSY);
            rough = true;
            roughUntil = world.steps() + world.chance.between(400, 700);
        }
    }

    private void calm() {
        rough = false;
        wrong = false;
        calmSince = world.time.now();
        world.tally.count("CALM");
        world.note("the weather is calm");
        world.time.skew(Duration.ZERO);
        world.moveOn();
        List.of("stopped", "lease").forEach(world::unhinder);
        world.peopleAreOutOfReach(false);
        List.of(Watcher.SERVICES, Watcher.TASKS, Watcher.NODES).forEach(world.cluster::see);
        world.faults.mend();
        for (String node : world.nodes().keySet()) {
            world.cluster.restore(node);
            world.cluster.availability(node, Node.Availability.ACTIVE);
        }
        SortedMap<String, Service> services = world.services();
        services.keySet().forEach(world.cluster::mend);
        for (Inhabitants.Meant meant : Inhabitants.SERVICES) {
            world.cluster.relabel(meant.name(), meant.labels());
            world.cluster.scaleByHand(meant.name(), meant.replicas());
            world.cluster.load(meant.name(), meant.replicas() * 0.5, 1);
        }
        thaw();
        probe(HANGS, 2, 5);
        probe(IS_BUSY, 1, 5);
    }

    private void thaw() {
        if (!world.homeostat.isUp()) {
            world.agenda.at(world.time.now().plusSeconds(5), this::thaw);
            return;
        }
        while (world.people.thaw()) {}
    }

    private void probe(String name, int min, int max) {
        world.cluster.addService(
                name,
                Service.Mode.REPLICATED,
                3,
                "registry/%s:1".formatted(name),
                Inhabitants.labels("auto", min, max));
    }
}
