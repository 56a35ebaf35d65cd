package io.homeostat.simulation;

import java.time.Duration;
import java.util.function.Predicate;

/// What befalls Homeostat's own process beside the edges of its store: its clock, its lease, and
/// pauses.
enum ProcessWeather implements Weather {
    DIES(
            0.001,
            world -> {
                boolean up = world.homeostat.isUp();
                if (up) {
                    world.homeostat.die("between two turns");
                }
                return up;
            }),
    STANDS_STILL(
            0.0015,
            world -> {
                world.standStill(world.chance.seconds(5, 400));
                return true;
            }),
    CLOCK_IS_SET(
            0.002,
            world -> {
                world.time.skew(Duration.ofSeconds(world.chance.between(-120, 120)));
                world.note("Homeostat's clock is set to " + world.time.wall());
                return true;
            }),
    NOBODY_KNOWS_WHO_LEADS(
            0.002,
            world -> {
                doubtLease(world, world.chance.seconds(5, 120));
                return true;
            });

    private final double rate;

    // A lambda without state each.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<World> happening;

    ProcessWeather(double rate, Predicate<World> happening) {
        this.rate = rate;
        this.happening = happening;
    }

    static void doubtLease(World world, Duration length) {
        world.hinder("lease", "the lease could not be renewed in time");
        world.agenda.at(world.time.now().plus(length), () -> world.unhinder("lease"));
    }

    @Override
    public double rate() {
        return rate;
    }

    @Override
    public boolean happen(World world) {
        return happening.test(world);
    }
}
