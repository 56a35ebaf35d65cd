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
    DIES_AFTER_REPORT(0.01);

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

    boolean hits(World world) {
        boolean hit = world.isRough() && world.chance.happens(rate);
        if (hit) {
            world.tally.count("EDGE " + name());
        }
        return hit;
    }
}
