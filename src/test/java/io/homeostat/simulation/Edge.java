package io.homeostat.simulation;

/// The edges of the store, where Homeostat's process may die or the store may fail.
enum Edge {
    NONE(0),
    DIES_BEFORE_COMMIT(0.002),
    COMMIT_REFUSED(0.003),
    ANSWER_LOST(0.003),
    DIES_AFTER_COMMIT(0.002),
    START_REFUSED(0.03),
    DIES_BEFORE_SENDING(0.03),
    DIES_BEFORE_REPORT(0.03),
    DIES_AFTER_REPORT(0.01),
    /// Whoever is to carry out an action begins minutes later, when nobody counts on it any more.
    SENDER_SLEEPS(0.004) {
        @Override
        Chance chance(World world) {
            return world.chanceApart;
        }
    },
    /// The disk takes its time, and meanwhile the lease is in doubt.
    LEASE_LOST_AT_A_START(0.01) {
        @Override
        Chance chance(World world) {
            return world.chanceApart;
        }
    },
    /// The same, and meanwhile somebody sets the clock.
    CLOCK_SET_AT_A_START(0.002) {
        @Override
        Chance chance(World world) {
            return world.chanceApart;
        }
    };

    private final double rate;

    Edge(double rate) {
        this.rate = rate;
    }

    /// Which edge a commit meets.
    static Edge struck(World world) {
        for (Edge edge :
                new Edge[] {DIES_BEFORE_COMMIT, COMMIT_REFUSED, ANSWER_LOST, DIES_AFTER_COMMIT}) {
            if (edge.hits(world)) {
                return edge;
            }
        }
        return NONE;
    }

    /// The luck that it is left to.
    Chance chance(World world) {
        return world.chance;
    }

    boolean hits(World world) {
        boolean hit = world.isRough() && chance(world).happens(rate);
        if (hit) {
            world.tally.count("EDGE " + name());
        }
        return hit;
    }
}
