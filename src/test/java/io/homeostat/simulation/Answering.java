package io.homeostat.simulation;

import io.homeostat.guard.Approval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What becomes of a question that people have read: each is given one of these, by chance.
enum Answering {
    APPROVES(34) {
        @Override
        void answer(World world, Approval asked) {
            say(world, asked, true, soon(world));
        }
    },
    REJECTS(10) {
        @Override
        void answer(World world, Approval asked) {
            say(world, asked, false, soon(world));
        }
    },
    APPROVES_TWICE(8) {
        @Override
        void answer(World world, Approval asked) {
            Duration first = soon(world);
            say(world, asked, true, first);
            say(world, asked, true, first.plus(world.chanceApart.millis(0, 40_000)));
        }
    },
    TWO_PEOPLE_DISAGREE(10) {
        @Override
        void answer(World world, Approval asked) {
            boolean first = world.chanceApart.happens(0.5);
            Duration when = soon(world);
            say(world, asked, first, when);
            say(world, asked, !first, when.plus(world.chanceApart.millis(0, 4_000)));
        }
    },
    ANSWERS_LATE(16) {
        @Override
        void answer(World world, Approval asked) {
            Duration left = Duration.between(world.time.wall(), asked.expires());
            say(
                    world,
                    asked,
                    world.chanceApart.happens(0.7),
                    left.plus(world.chanceApart.millis(-2_000, 30_000)));
        }
    },
    ANSWERS_WHEN_IT_IS_GONE(10) {
        @Override
        void answer(World world, Approval asked) {
            boolean isGone =
                    world.people.open().stream()
                            .noneMatch(each ->
                                    each.id().equals(asked.id()) && each.goneSince() == null);
            if (isGone) {
                say(world, asked, world.chanceApart.happens(0.8), Duration.ZERO);
            } else {
                world.agenda.at(world.time.now().plusSeconds(7), () -> answer(world, asked));
            }
        }
    },
    IS_SILENT(12) {
        @Override
        void answer(World world, Approval asked) {}
    };

    private final int weight;

    Answering(int weight) {
        this.weight = weight;
    }

    abstract void answer(World world, Approval asked);

    static Answering any(Chance chance) {
        int all = 0;
        for (Answering each : values()) {
            all += each.weight;
        }
        int drawn = chance.between(1, all);
        for (Answering each : values()) {
            drawn -= each.weight;
            if (drawn <= 0) {
                return each;
            }
        }
        throw new IllegalStateException("the weights are fewer than their sum");
    }

    private static Duration soon(World world) {
        return world.chanceApart.millis(500, 90_000);
    }

    /// They name the decision that asked first, or one that asked the same later.
    private static void say(World world, Approval asked, boolean granted, Duration after) {
        Instant when = world.time.now().plus(after.isNegative() ? Duration.ZERO : after);
        world.agenda.at(
                when,
                () -> {
                    List<String> repeats = world.people.repeats(asked);
                    boolean names = !repeats.isEmpty() && world.chanceApart.happens(0.3);
                    world.people.answer(
                            names ? world.chanceApart.oneOf(repeats) : asked.id(), granted);
                });
    }
}
