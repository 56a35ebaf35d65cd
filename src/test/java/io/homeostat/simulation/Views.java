package io.homeostat.simulation;

import io.homeostat.engine.Signal;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What our edge to the Swarm makes of what it is answered: views that are whole, partial, late,
/// given twice, or empty. It stands where package `swarm` stands, so an empty answer ends here, as
/// it does there: it is no view but a failed look.
final class Views {
    private final World world;
    private final List<Signal.Volatile> late = new ArrayList<>();

    Views(World world) {
        this.world = world;
    }

    List<Signal.Volatile> of(List<Signal.Volatile> answers) {
        List<Signal.Volatile> seen = new ArrayList<>(late);
        late.clear();
        for (Signal.Volatile answer : answers) {
            switch (answer) {
                case Signal.ServicesSeen view -> take(Watcher.SERVICES, view, seen);
                case Signal.NodesSeen view -> take(Watcher.NODES, view, seen);
                case Signal.TasksSeen view -> take(Watcher.TASKS, view, seen);
                // It comes with its view.
                case Signal.WatcherLooked _ -> {}
                default -> seen.add(answer);
            }
        }
        return seen;
    }

    private void take(String watcher, Signal.Volatile view, List<Signal.Volatile> seen) {
        Signal.Volatile dated = dated(view);
        if (!world.isRough()) {
            give(watcher, dated, seen);
        } else if (hits("VIEW_EMPTY", 0.01)) {
            seen.add(
                    new Signal.WatcherFailed(
                            watcher,
                            world.time.wall(),
                            "the list of %s is empty".formatted(watcher)));
        } else if (hits("VIEW_LATE", 0.02)) {
            world.agenda.at(
                    world.time.now().plus(world.chance.seconds(1, 25)),
                    () -> give(watcher, dated, late));
        } else if (hits("VIEW_PARTIAL", 0.03)) {
            seen.addAll(parts(dated));
        } else if (hits("VIEW_TWICE", 0.02)) {
            give(watcher, dated, seen);
            give(watcher, dated, late);
        } else {
            give(watcher, dated, seen);
        }
    }

    private boolean hits(String name, double rate) {
        boolean hit = world.chance.happens(rate);
        if (hit) {
            world.tally.count(name);
        }
        return hit;
    }

    private static void give(String watcher, Signal.Volatile view, List<Signal.Volatile> to) {
        to.add(view);
        to.add(new Signal.WatcherLooked(watcher, began(view), World.PACE.goodFor()));
    }

    /// The same view, begun by Homeostat's clock.
    private Signal.Volatile dated(Signal.Volatile view) {
        return switch (view) {
            case Signal.ServicesSeen(var began, var whole, var services, var gone) ->
                    new Signal.ServicesSeen(world.time.wall(began), whole, services, gone);
            case Signal.NodesSeen(var began, var nodes) ->
                    new Signal.NodesSeen(world.time.wall(began), nodes);
            case Signal.TasksSeen(var began, var service, var tasks) ->
                    new Signal.TasksSeen(world.time.wall(began), service, tasks);
            default -> view;
        };
    }

    private static Instant began(Signal.Volatile view) {
        return switch (view) {
            case Signal.ServicesSeen services -> services.began();
            case Signal.NodesSeen nodes -> nodes.began();
            case Signal.TasksSeen tasks -> tasks.began();
            default -> throw new IllegalArgumentException("no view: " + view);
        };
    }

    /// What events and looks at single services give: something, and nothing of what is not in it.
    private List<Signal.Volatile> parts(Signal.Volatile view) {
        return switch (view) {
            case Signal.ServicesSeen(var began, var _, var services, var _) -> {
                List<Service> some =
                        services.stream().filter(_ -> world.chance.happens(0.5)).toList();
                yield List.of(new Signal.ServicesSeen(began, false, some, List.of()));
            }
            case Signal.TasksSeen(var began, var _, var tasks) -> {
                List<Signal.Volatile> parts = new ArrayList<>();
                for (String service : tasks.stream().map(Task::service).distinct().toList()) {
                    if (world.chance.happens(0.5)) {
                        parts.add(
                                new Signal.TasksSeen(
                                        began,
                                        service,
                                        tasks.stream()
                                                .filter(task -> task.service().equals(service))
                                                .toList()));
                    }
                }
                yield parts;
            }
            default -> List.of(view);
        };
    }
}
