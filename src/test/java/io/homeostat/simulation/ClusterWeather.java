package io.homeostat.simulation;

import io.homeostat.fact.Watcher;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// What befalls nodes, services and our view of them.
enum ClusterWeather implements Weather {
    NODE_IS_LOST(0.003, world -> lose(world, someNode(world), world.chance.seconds(10, 600), true)),
    NODE_IS_CUT_OFF(
            0.004, world -> lose(world, someNode(world), world.chance.seconds(8, 300), false)),
    NODE_FLAPS(0.001, ClusterWeather::flap),
    STORM(0.002, ClusterWeather::storm),
    LEADER_CHANGES(
            0.002,
            world -> {
                world.cluster.leaderChanges(world.chance.seconds(1, 30));
                world.note("another manager leads, and nodes are unknown for a while");
                return true;
            }),
    WATCHER_IS_BLIND(
            0.004,
            world -> {
                String watcher =
                        world.chance.oneOf(List.of(Watcher.SERVICES, Watcher.TASKS, Watcher.NODES));
                world.cluster.blind(watcher, "Docker does not answer");
                Duration length =
                        world.chance.happens(0.1)
                                ? world.chance.seconds(300, 1_500)
                                : world.chance.seconds(5, 120);
                world.agenda.at(world.time.now().plus(length), () -> world.cluster.see(watcher));
                return true;
            }),
    TASK_CRASHES(
            0.008,
            world -> {
                List<String> running =
                        world.tasks().stream()
                                .filter(task -> task.running())
                                .map(task -> task.service())
                                .toList();
                if (running.isEmpty()) {
                    return false;
                }
                world.cluster.crash(world.chance.oneOf(running));
                return true;
            }),
    IMAGE_IS_GONE(
            0.001,
            world -> {
                String service = PeopleWeather.someService(world);
                world.cluster.breakImage(service);
                if (world.tasks().stream()
                        .anyMatch(task -> task.service().equals(service) && task.running())) {
                    world.cluster.crash(service);
                }
                world.note("the image of %s cannot be pulled".formatted(service));
                return mendLater(world, service);
            }),
    TASKS_CRASH_AGAIN_AND_AGAIN(
            0.0015,
            world -> {
                String service = PeopleWeather.someService(world);
                world.cluster.crashLoop(service);
                world.note("the tasks of %s crash again and again".formatted(service));
                return mendLater(world, service);
            }),
    LOAD_CHANGES(
            0.02,
            world -> {
                String service =
                        world.chance.oneOf(
                                List.of("shop_web", "shop_api", "shop_cache", "homeostat"));
                world.cluster.load(service, world.chance.between(0, 7), 1);
                return true;
            }),
    SERVICE_HANGS(
            0.016,
            world ->
                    world.faults.hang(
                            PeopleWeather.someService(world),
                            world.chance.oneOf(List.of("restart", "restart", "at-once", "ask"))));

    private final double rate;

    // A lambda without state each.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<World> happening;

    ClusterWeather(double rate, Predicate<World> happening) {
        this.rate = rate;
        this.happening = happening;
    }

    @Override
    public double rate() {
        return rate;
    }

    @Override
    public boolean happen(World world) {
        return happening.test(world);
    }

    private static String someNode(World world) {
        return world.chance.oneOf(List.copyOf(world.nodes().keySet()));
    }

    /// @param rebooted false when what runs there goes on running all the while
    private static boolean lose(World world, String node, Duration length, boolean rebooted) {
        world.cluster.fail(node);
        world.note("%s is gone".formatted(node));
        world.agenda.at(
                world.time.now().plus(length),
                () -> {
                    world.note("%s is back".formatted(node));
                    if (rebooted) {
                        world.cluster.reboot(node);
                    } else {
                        world.cluster.restore(node);
                    }
                });
        return true;
    }

    private static boolean flap(World world) {
        String node = someNode(world);
        for (int i = 0; i < 6; i++) {
            world.agenda.at(
                    world.time.now().plusSeconds(i * 20L),
                    () -> lose(world, node, Duration.ofSeconds(10), false));
        }
        return true;
    }

    private static boolean storm(World world) {
        for (String node : world.nodes().keySet()) {
            if (world.chance.happens(0.5)) {
                lose(world, node, world.chance.seconds(90, 600), false);
            }
        }
        return true;
    }

    private static boolean mendLater(World world, String service) {
        world.agenda.at(
                world.time.now().plus(world.chance.seconds(30, 900)),
                () -> {
                    if (world.services().containsKey(service)) {
                        world.cluster.mend(service);
                    }
                });
        return true;
    }
}
