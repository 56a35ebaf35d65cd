package io.homeostat.simulation;

import io.homeostat.action.Action;
import java.time.Duration;

/// What may befall a write between clearance and answer.
enum Mishap {
    REFUSED_BY_DOCKER(0.06) {
        @Override
        void befall(World world, Action.OnSwarm action) {
            world.cluster.failNext("Docker answers 500");
        }
    },
    ARRIVES_UNANSWERED(0.06) {
        @Override
        void befall(World world, Action.OnSwarm action) {
            world.cluster.loseNext("no answer", true);
        }
    },
    ARRIVES_LATE(0.04) {
        @Override
        void befall(World world, Action.OnSwarm action) {
            int most = (int) World.LIMITS.arrivesBy().toMillis() - 2_500;
            world.cluster.delayNext("no answer", Duration.ofMillis(world.chance.between(1, most)));
        }
    },
    VANISHES(0.06) {
        @Override
        void befall(World world, Action.OnSwarm action) {
            world.cluster.loseNext("no answer", false);
        }
    },
    SOMEBODY_IS_FASTER(0.10) {
        @Override
        void befall(World world, Action.OnSwarm action) {
            String service = action.subject().name();
            PeopleWeather.writeTo(world, service);
        }
    },
    GOES_WITH_ITS_SERVICE(0.15) {
        @Override
        Chance chance(World world) {
            return world.chanceApart;
        }

        @Override
        boolean canBefall(Action.OnSwarm action) {
            return action.subject().name().equals(Inhabitants.PASSING);
        }

        @Override
        void befall(World world, Action.OnSwarm action) {
            world.cluster.loseNext("no answer", world.chanceApart.happens(0.5));
            world.agenda.at(
                    world.time.now().plusMillis(1), () -> PeopleWeather.removePassing(world));
        }
    };

    private final double rate;

    Mishap(double rate) {
        this.rate = rate;
    }

    /// The luck that it is left to.
    Chance chance(World world) {
        return world.chance;
    }

    boolean canBefall(Action.OnSwarm action) {
        return true;
    }

    abstract void befall(World world, Action.OnSwarm action);

    /// A person may have changed or removed the same before we look, so that nothing is sent.
    static void beforeTheLook(World world, Action.OnSwarm action) {
        if (world.isRough()
                && action.subject().name().equals(Inhabitants.PASSING)
                && world.chanceApart.happens(0.2)) {
            world.tally.count("WRITE SERVICE_WAS_GONE");
            PeopleWeather.removePassing(world);
        }
        if (world.isRough()
                && action instanceof Action.ScaleService scale
                && world.services().containsKey(scale.service())
                && world.chanceApart.happens(0.03)) {
            world.tally.count("WRITE SOMEBODY_WAS_FASTER");
            world.cluster.scaleByHand(scale.service(), world.chanceApart.between(1, 7));
        }
    }

    /// Lets one of them happen, or none.
    static void maybe(World world, Action.OnSwarm action) {
        if (!world.isRough()) {
            return;
        }
        for (Mishap mishap : values()) {
            if (mishap.canBefall(action) && mishap.chance(world).happens(mishap.rate)) {
                world.tally.count("WRITE " + mishap.name());
                mishap.befall(world, action);
                return;
            }
        }
    }
}
