package io.homeostat.crash;

import static org.awaitility.Awaitility.await;

import io.homeostat.crash.Edge.Fate;
import io.homeostat.standin.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/// One death of the program and what comes after: load, the end at an edge, the next start, and
/// every promise held against what is found then.
final class Round {
    private static final Duration REACHES = Duration.ofSeconds(40);
    private static final Duration STARTS = Duration.ofSeconds(60);
    private static final Duration SETTLES = Duration.ofSeconds(30);
    private static final int LINGERS_MILLIS = 300;
    private static final int UNDER_LOAD_MILLIS = 3_000;
    private static final int OF_A_START_MILLIS = 4_000;

    private final World world;
    private final Edge edge;
    private final Random random;
    private final Load load;
    private final @Nullable Load before;
    private @Nullable Gate late;
    private int actions;

    /// @param before the load of the round before, held against its promises once more, for what
    ///   went wrong may show late; null when there was none
    Round(World world, int number, Edge edge, Random random, @Nullable Load before) {
        this.world = world;
        this.edge = edge;
        this.random = random;
        this.before = before;
        this.load = new Load(world.docker(), world.alertmanager(), world.api(), number, random);
    }

    Load load() {
        return load;
    }

    /// How many actions it brought about, messages to people not counted.
    int actions() {
        return actions;
    }

    /// @return what broke a promise, each in a sentence
    List<String> run() throws IOException, InterruptedException {
        load.createServices();
        awaitSight();
        die();
        world.victim().start();
        awaitReady();
        if (late != null) {
            late.pass();
        }
        List<String> broken = settle();
        load.end();
        if (before != null) {
            before.removeServices();
            before.close();
        }
        return broken;
    }

    // --- before ---

    void awaitReady() {
        until(
                "ready",
                STARTS,
                () -> {
                    if (!world.victim().isAlive()) {
                        throw new IllegalStateException(
                                "it ended while it started:\n" + world.victim().lastWords());
                    }
                    return world.api().isReady();
                });
    }

    private void awaitSight() {
        until(
                "its services seen",
                STARTS,
                () -> {
                    List<String> seen =
                            world.api().items("/api/v1/facts?type=Service").stream()
                                    .map(service -> service.path("name").asText())
                                    .toList();
                    return seen.containsAll(load.services());
                });
    }

    // --- the end of a life ---

    private void die() throws IOException, InterruptedException {
        switch (edge) {
            case Edge.Inside inside -> dieInside(inside);
            case Edge.Refused refused -> dieRefused(refused);
            case Edge.AtDocker(_, Fate fate) ->
                    dieAt(world.docker().gateAt("/services/", place(fate)), fate);
            case Edge.AtSlack(_, String method, Fate fate) ->
                    dieAt(world.slack().gateAt(method, place(fate)), fate);
            case Edge.WhileRecovering recovering -> {
                dieInside(recovering.first());
                for (Edge.Inside again : recovering.then()) {
                    world.victim().start(again.order());
                    until(again.sentence(), STARTS, world.victim()::isAtTheEdge);
                    world.victim().kill();
                }
            }
            case Edge.AnyInstant _ -> {
                load.begin();
                dieWithin(UNDER_LOAD_MILLIS);
            }
            case Edge.AnyInstantOfAStart _ -> {
                load.begin();
                dieWithin(UNDER_LOAD_MILLIS);
                world.victim().start();
                dieWithin(OF_A_START_MILLIS);
            }
        }
    }

    private void dieInside(Edge.Inside inside) throws IOException, InterruptedException {
        world.victim().order(inside.order());
        load.begin();
        until(inside.sentence(), REACHES, world.victim()::isAtTheEdge);
        dieWithin(LINGERS_MILLIS);
    }

    private void dieRefused(Edge.Refused refused) throws IOException, InterruptedException {
        world.victim().order(refused.order());
        load.begin();
        until(refused.sentence(), REACHES, world.victim()::isAtTheEdge);
        if (!refused.isKilledMeanwhile()) {
            until("let go again", REACHES, world.victim()::isLetGo);
        }
        dieWithin(UNDER_LOAD_MILLIS);
    }

    private void dieAt(Gate gate, Fate fate) throws InterruptedException {
        load.begin();
        until(edge.sentence(), REACHES, gate::isReached);
        dieWithin(LINGERS_MILLIS);
        switch (fate) {
            case NOT_TAKEN, TAKEN -> gate.drop();
            case TAKEN_LATE -> late = gate;
        }
    }

    private static Gate.Place place(Fate fate) {
        return switch (fate) {
            case NOT_TAKEN, TAKEN_LATE -> Gate.Place.BEFORE_IT_IS_TAKEN;
            case TAKEN -> Gate.Place.AFTER_IT_WAS_TAKEN;
        };
    }

    /// No condition is waited for here: any instant is right, and the seed says which.
    private void dieWithin(int millis) throws InterruptedException {
        new CountDownLatch(1).await(random.nextInt(millis), TimeUnit.MILLISECONDS);
        world.victim().kill();
    }

    // --- afterwards ---

    /// Waits until every promise is kept, of this round and of the one before.
    private List<String> settle() throws IOException {
        List<String> broken = settled(load);
        if (before != null) {
            broken.addAll(settled(before));
        }
        return broken;
    }

    private List<String> settled(Load each) throws IOException {
        try {
            await().atMost(SETTLES)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> each.isAnswered(world.docker()) && broken(each).isEmpty());
            return new ArrayList<>();
        } catch (ConditionTimeoutException unkept) {
            return broken(each);
        }
    }

    private List<String> broken(Load each) throws IOException {
        List<String> broken = new ArrayList<>();
        Evidence evidence = Evidence.of(each, world);
        if (each == load) {
            actions = evidence.allActionsOnServices();
        }
        for (Invariant invariant : Invariant.all(world)) {
            for (String fault : invariant.broken(evidence)) {
                broken.add(invariant.getClass().getSimpleName() + ": " + fault);
            }
        }
        return broken;
    }

    private static void until(String what, Duration most, Callable<Boolean> condition) {
        await(what)
                .atMost(most)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
