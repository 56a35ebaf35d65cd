package io.homeostat.simulation;

import io.homeostat.engine.Signal;
import io.homeostat.fact.Request;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What people tell Homeostat: freezes and requests.
final class People {
    private final World world;
    private final SortedMap<String, Freeze> freezes = new TreeMap<>();
    private int said;

    People(World world) {
        this.world = world;
    }

    /// The freezes that were set and not lifted, over or not.
    List<Freeze> freezes() {
        return List.copyOf(freezes.values());
    }

    /// @return false when Homeostat cannot be told, because it is down
    boolean freeze(Freeze.Scope scope, String value, Duration length) {
        if (!world.homeostat.isUp()) {
            return false;
        }
        Instant wall = world.time.wall();
        Freeze freeze =
                new Freeze(
                        "f" + ++said, scope, value, "ann", "maintenance", wall, wall.plus(length));
        freezes.put(freeze.id(), freeze);
        world.store.accept(new Signal.FreezeSet(freeze));
        world.note(freeze.text());
        return true;
    }

    /// Ends the oldest freeze.
    ///
    /// @return false when there is none, or Homeostat cannot be told
    boolean thaw() {
        if (freezes.isEmpty() || !world.homeostat.isUp()) {
            return false;
        }
        Freeze freeze = freezes.pollFirstEntry().getValue();
        world.store.accept(
                new Signal.FreezeLifted(freeze.id(), "ann", "it is done", world.time.wall()));
        world.note("freeze %s is lifted".formatted(freeze.id()));
        return true;
    }

    /// @return false when Homeostat cannot be told, because it is down
    boolean request(String verb, Subject target, SortedMap<String, String> parameters) {
        if (!world.homeostat.isUp()) {
            return false;
        }
        Instant wall = world.time.wall();
        Request request =
                new Request(
                        "r" + ++said,
                        verb,
                        target,
                        Sorted.copy(parameters),
                        "ann",
                        "it is needed",
                        wall,
                        wall.plus(World.LIMITS.requestFor()));
        world.store.accept(new Signal.RequestMade(request));
        world.note("ann requests: %s %s %s".formatted(verb, target, parameters));
        return true;
    }
}
