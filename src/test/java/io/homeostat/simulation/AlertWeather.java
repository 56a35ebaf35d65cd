package io.homeostat.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Alerts that come and go by themselves, silences, and an Alertmanager that is started again.
enum AlertWeather implements Weather {
    ALERT_WITHOUT_A_RULE(
            0.004, world -> fire(world, "Odd", service(world, Map.of("severity", "warning")))),
    ALERT_NOBODY_ASKED_FOR(
            0.002, world -> fire(world, "Curious", service(world, Map.of("severity", "info")))),
    ALERT_ABOUT_A_NODE(
            0.002,
            world ->
                    fire(
                            world,
                            "DiskFull",
                            Map.of(
                                    "node",
                                    "node-" + world.chance.between(1, Inhabitants.NODES),
                                    "severity",
                                    "critical"))),
    ALERT_ASKS_FOR_A_DRAIN(
            0.005,
            world ->
                    fire(
                            world,
                            "NodeSick",
                            Map.of(
                                    "node",
                                    "node-" + world.chance.between(1, 5),
                                    "heal",
                                    "drain",
                                    "severity",
                                    "critical"))),
    ALERT_ABOUT_NOTHING_KNOWN(
            0.002,
            world -> fire(world, "Ghost", Map.of("service", "ghost", "severity", "warning"))),
    ALERT_ASKS_FOR_FOUR(
            0.004,
            world ->
                    fire(
                            world,
                            "NeedsFour",
                            service(world, Map.of("replicas", "4", "severity", "warning")))),
    ALERT_ASKS_FOR_ONE(
            0.003,
            world ->
                    fire(
                            world,
                            "NeedsOne",
                            service(world, Map.of("replicas", "1", "severity", "warning")))),
    ALERT_FLAPS(
            0.002,
            world -> {
                Map<String, String> labels =
                        service(world, Map.of("heal", "restart", "severity", "warning"));
                for (int i = 0; i < 8; i++) {
                    world.agenda.at(
                            world.time.now().plusSeconds(i * 45L),
                            () -> fire(world, "Flaps", labels, Duration.ofSeconds(25)));
                }
                return true;
            }),
    HEARTBEAT(0.002, world -> fire(world, "Watchdog", Map.of("severity", "none"))),
    SILENCE(
            0.003,
            world -> {
                String id = "silence-" + world.steps();
                world.mail.manager.silence(id, Map.of("service", PeopleWeather.someService(world)));
                world.agenda.at(
                        world.time.now().plus(world.chance.seconds(30, 900)),
                        () -> world.mail.manager.unsilence(id));
                return true;
            }),
    ALERTMANAGER_RESTARTS(
            0.001,
            world -> {
                world.mail.restart();
                return true;
            });

    private final double rate;

    // A lambda without state each.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<World> happening;

    AlertWeather(double rate, Predicate<World> happening) {
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

    private static Map<String, String> service(World world, Map<String, String> labels) {
        SortedMap<String, String> all = new TreeMap<>(labels);
        all.put("service", PeopleWeather.someService(world));
        return all;
    }

    private static boolean fire(World world, String name, Map<String, String> labels) {
        return fire(world, name, labels, world.chance.seconds(10, 1_500));
    }

    static boolean fire(World world, String name, Map<String, String> labels, Duration length) {
        world.mail.manager.fire(name, labels, Map.of(), world.time.now());
        world.agenda.at(
                world.time.now().plus(length),
                () -> world.mail.manager.resolve(name, labels, world.time.now()));
        return true;
    }
}
