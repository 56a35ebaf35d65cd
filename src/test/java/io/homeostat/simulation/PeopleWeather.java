package io.homeostat.simulation;

import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Freeze;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What people do, and their pipeline.
enum PeopleWeather implements Weather {
    SCALES_BY_HAND(0.006, world -> scale(world, replicated(world))),
    CHANGES_LABELS(0.003, world -> relabel(world, someService(world))),
    WRITES_THE_SAME_AGAIN(0.003, world -> rewrite(world, someService(world))),
    REQUESTS_REPLICAS(
            0.004,
            world ->
                    world.people.request(
                            "scale",
                            Subject.service(someService(world)),
                            parameters(world.chance.between(0, 9)))),
    REQUESTS_A_RESTART(
            0.004,
            world ->
                    world.people.request(
                            "restart", Subject.service(someService(world)), new TreeMap<>())),
    FREEZES_EVERYTHING(0.001, world -> freeze(world, Freeze.Scope.EVERYTHING, "")),
    FREEZES_A_KIND(
            0.0015,
            world ->
                    freeze(
                            world,
                            Freeze.Scope.KIND,
                            world.chance.oneOf(List.of("scale", "restart")))),
    FREEZES_A_SUBJECT(
            0.003, world -> freeze(world, Freeze.Scope.SUBJECT, "service/" + someService(world))),
    FREEZES_A_RULE(
            0.002,
            world ->
                    freeze(
                            world,
                            Freeze.Scope.RULE,
                            world.chance.oneOf(List.copyOf(Rules.book().rules().keySet())))),
    THAWS(0.006, world -> world.people.thaw()),
    DRAINS_OR_PAUSES_A_NODE(0.002, PeopleWeather::drain),
    STOPS_EVERYTHING_BY_FILE(
            0.001,
            world -> {
                world.hinder("stopped", "the file FREEZE is there");
                world.agenda.at(
                        world.time.now().plus(world.chance.seconds(5, 300)),
                        () -> world.unhinder("stopped"));
                return true;
            }),
    DEPLOYS_A_SERVICE(
            0.002,
            world -> {
                if (world.services().containsKey(Inhabitants.PASSING)) {
                    return false;
                }
                world.cluster.addService(
                        Inhabitants.PASSING,
                        Service.Mode.REPLICATED,
                        2,
                        "registry/batch:1",
                        Inhabitants.labels("auto", 1, 3));
                return true;
            }),
    DEPLOYS_AN_IMAGE(
            0.003,
            world -> {
                String service = someService(world);
                world.cluster.deploy(service, "registry/%s:%d".formatted(service, world.steps()));
                world.note("a pipeline deploys " + service);
                return true;
            }),
    DEPLOYS_A_BAD_IMAGE(
            0.0015,
            world -> {
                String service = someService(world);
                world.cluster.deployCrashing(
                        service, "registry/%s:bad-%d".formatted(service, world.steps()));
                world.note("a pipeline deploys %s, whose tasks crash".formatted(service));
                return AlertWeather.fire(
                        world,
                        "AllCrash",
                        Map.of("service", service, "heal", "rollback", "severity", "critical"),
                        world.chance.seconds(60, 900));
            }),
    REMOVES_A_SERVICE(
            0.003,
            world -> {
                boolean there = world.services().containsKey(Inhabitants.PASSING);
                removePassing(world);
                return there;
            });

    private final double rate;

    // A lambda without state each.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<World> happening;

    PeopleWeather(double rate, Predicate<World> happening) {
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

    /// Somebody else writes to the service.
    static void writeTo(World world, String service) {
        Service there = world.services().get(service);
        if (there == null) {
            return;
        }
        if (there.replicas() != null && world.chance.happens(0.5)) {
            scale(world, there);
        } else {
            rewrite(world, service);
        }
    }

    static void removePassing(World world) {
        if (world.services().containsKey(Inhabitants.PASSING)) {
            world.cluster.removeService(Inhabitants.PASSING);
            world.removed(Subject.service(Inhabitants.PASSING));
        }
    }

    static String someService(World world) {
        return world.chance.oneOf(List.copyOf(world.services().keySet()));
    }

    private static Service replicated(World world) {
        return world.chance.oneOf(
                world.services().values().stream()
                        .filter(service -> service.replicas() != null)
                        .toList());
    }

    private static boolean scale(World world, Service service) {
        int to = world.chance.happens(0.1) ? 0 : world.chance.between(1, 7);
        world.cluster.scaleByHand(service.name(), to);
        world.note("a person scales %s to %d".formatted(service.name(), to));
        return true;
    }

    private static boolean relabel(World world, String service) {
        SortedMap<String, String> labels = new TreeMap<>(labelsOf(world, service));
        int min = world.chance.between(1, 3);
        labels.put("homeostat.scale.min", "" + min);
        labels.put("homeostat.scale.max", "" + world.chance.between(min, 8));
        if (world.chance.happens(0.2)) {
            labels.put("homeostat.scale.up", world.chance.oneOf(List.of("1", "2", "many")));
        }
        world.cluster.relabel(service, labels);
        world.note("a person labels %s %s".formatted(service, labels));
        return true;
    }

    private static boolean rewrite(World world, String service) {
        world.cluster.relabel(service, labelsOf(world, service));
        return true;
    }

    private static SortedMap<String, String> labelsOf(World world, String service) {
        return Objects.requireNonNull(world.services().get(service)).labels();
    }

    private static SortedMap<String, String> parameters(int replicas) {
        SortedMap<String, String> parameters = new TreeMap<>();
        parameters.put("replicas", "" + replicas);
        return parameters;
    }

    private static boolean freeze(World world, Freeze.Scope scope, String value) {
        return world.people.freeze(scope, value, world.chance.seconds(20, 900));
    }

    private static boolean drain(World world) {
        String node = world.chance.oneOf(List.copyOf(world.nodes().keySet()));
        world.cluster.availability(
                node,
                world.chance.oneOf(List.of(Node.Availability.DRAIN, Node.Availability.PAUSE)));
        world.note("a person drains or pauses " + node);
        world.agenda.at(
                world.time.now().plus(world.chance.seconds(20, 600)),
                () -> world.cluster.availability(node, Node.Availability.ACTIVE));
        return true;
    }
}
