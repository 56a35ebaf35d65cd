package io.homeostat.simulation;

import java.util.Map;
import java.util.function.Predicate;

/// What hardly ever comes about by itself, and leads to a step of a state machine that little else
/// leads to.
enum RareWeather implements Weather {
    PEOPLE_CANNOT_BE_TOLD(
            0.002,
            world -> {
                world.peopleAreOutOfReach(true);
                world.agenda.at(
                        world.time.now().plus(world.chanceApart.seconds(5, 240)),
                        () -> world.peopleAreOutOfReach(false));
                return true;
            }),
    /// People are asked about it for longer than they have to answer.
    ALERT_ASKS_PEOPLE_FOR_LONG(
            0.004,
            world ->
                    AlertWeather.fire(
                            world,
                            "Leaks",
                            Map.of(
                                    "service",
                                    "shop_mail",
                                    "heal",
                                    "restart",
                                    "severity",
                                    "warning"),
                            world.chanceApart.seconds(2_000, 5_000))),
    /// It asks for more than may be, and before it comes to people its wish goes with its service.
    MINOR_ALERT_OUTLIVES_ITS_SERVICE(
            0.006,
            world -> {
                if (!world.services().containsKey(Inhabitants.PASSING)) {
                    return false;
                }
                world.agenda.at(
                        world.time.now().plus(world.chanceApart.seconds(10, 40)),
                        () -> PeopleWeather.removePassing(world));
                return AlertWeather.fire(
                        world,
                        "NeedsFour",
                        Map.of("service", Inhabitants.PASSING, "replicas", "4", "severity", "info"),
                        world.chanceApart.seconds(60, 300));
            });

    private final double rate;

    // A lambda without state each.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<World> happening;

    RareWeather(double rate, Predicate<World> happening) {
        this.rate = rate;
        this.happening = happening;
    }

    @Override
    public double rate() {
        return rate;
    }

    @Override
    public Chance chance(World world) {
        return world.chanceApart;
    }

    @Override
    public boolean happen(World world) {
        return happening.test(world);
    }
}
