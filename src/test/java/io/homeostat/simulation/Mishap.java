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
    };

    private final double rate;

    Mishap(double rate) {
        this.rate = rate;
    }

    abstract void befall(World world, Action.OnSwarm action);

    /// Lets one of them happen, or none.
    static void maybe(World world, Action.OnSwarm action) {
        if (!world.isRough()) {
            return;
        }
        for (Mishap mishap : values()) {
            if (world.chance.happens(mishap.rate)) {
                world.tally.count("WRITE " + mishap.name());
                mishap.befall(world, action);
                return;
            }
        }
    }
}
