package io.homeostat.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// The packaged program is killed with SIGKILL, again and again: at every edge, and at any instant.
/// It comes back each time, and no promise is broken.
///
/// `-Dcrash.rounds=1000` lives through more, `-Dcrash.seed=` replays a run, and with
/// `-Dcrash.first=` it begins at a later round. `deploy/bench/crash-rounds` says it shorter.
@Tag("crash")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 52);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final int FIRST = Integer.getInteger("crash.first", 1);

    private final Summary summary = new Summary();
    private final World world;
    private final Path folder;
    private @Nullable Load before;

    CrashIT() throws IOException {
        folder = World.folder();
        world = new World(folder);
    }

    @BeforeAll
    void begin() throws IOException {
        System.out.printf("crash rounds with -Dcrash.seed=%d in %s%n", SEED, folder);
        world.victim().start();
    }

    @AfterAll
    void end() throws IOException, InterruptedException {
        world.end();
        System.out.printf(
                "%n%s%nseed %d, %d starts%n", summary.text(), SEED, world.victim().lives());
    }

    @TestFactory
    Stream<DynamicTest> survivesBeingKilled() {
        List<Edge> edges = edges();
        return IntStream.rangeClosed(FIRST, ROUNDS)
                .mapToObj(number -> {
                    Edge edge = edges.get(number - 1);
                    return DynamicTest.dynamicTest(
                            "round %d: %s (seed %d)".formatted(number, edge.sentence(), SEED),
                            () -> live(number, edge));
                });
    }

    /// Every edge once in each course of them, in another order each time.
    private static List<Edge> edges() {
        Random random = new Random(SEED);
        List<Edge> edges = new ArrayList<>();
        while (edges.size() < ROUNDS) {
            List<Edge> course = new ArrayList<>(Edges.ALL);
            Collections.shuffle(course, random);
            edges.addAll(course);
        }
        return edges;
    }

    private void live(int number, Edge edge) throws IOException, InterruptedException {
        Round round = new Round(world, number, edge, new Random(SEED + number), before);
        before = null; // after a failure the next round begins afresh
        if (!world.victim().isAlive()) {
            world.victim().start();
        }
        List<String> broken = outcome(round);
        summary.add(number, edge, round.load(), round.actions(), broken);
        assertThat(broken)
                .as("promises broken; replay with -Dcrash.seed=%d -Dcrash.first=%d", SEED, number)
                .isEmpty();
        before = round.load();
    }

    /// What broke a promise, or kept the round from its end.
    private static List<String> outcome(Round round) throws IOException, InterruptedException {
        try {
            round.awaitReady();
            return round.run();
        } catch (ConditionTimeoutException | IllegalStateException stuck) {
            round.load().close();
            return List.of("the round came to no end: " + stuck.getMessage());
        }
    }
}
