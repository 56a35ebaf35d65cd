package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.AlertSubjects;
import io.homeostat.engine.Engine;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Picture;
import io.homeostat.engine.Rebuilt;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Homeostat's process on one thread: what `EngineLoop` and `Effects` do, step by step, and it can
/// die between any two.
final class Homeostat implements AutoCloseable {
    private static final int BATCH = 500;

    /// It died in the middle of what it was doing.
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;

        Died() {
            super("the process died", null, false, false);
        }
    }

    private final World world;
    private final Engine.Charter charter;
    private final IdentityHashMap<Action, Undertaking> sent = new IdentityHashMap<>();
    private final List<Sending> sendings = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private List<Signal.Volatile> carried = new ArrayList<>();
    private TreeSet<String> inHand = new TreeSet<>();
    private SortedMap<String, String> noticed = Collections.emptySortedMap();
    private @Nullable Engine engine;
    private @Nullable Picture picture;
    private List<Freeze> shown = List.of();
    private @Nullable Instant wakeAt;
    private long life;
    private boolean up = true;

    Homeostat(World world) {
        this.world = world;
        this.charter =
                new Engine.Charter(
                        Rules.book(),
                        world.sabotage.rail(),
                        World.LIMITS,
                        AlertSubjects.DEFAULT,
                        Sorted.copy(List.of("info", "none")),
                        Sorted.copy(List.of("Watchdog")),
                        "simulation");
        world.cluster.onWrite(
                action -> arrivals.add(new Arrival(action, sent.get(action), world.time.now())));
    }

    boolean isUp() {
        return up;
    }

    /// What it holds to be true; null before its first turn since it was built.
    @Nullable Picture picture() {
        return picture;
    }

    /// When it wants to look again by itself; null when it does not.
    @Nullable Instant wakeAt() {
        return up && wakeAt != null ? world.time.real(wakeAt) : null;
    }

    List<Sending> takeSendings() {
        List<Sending> taken = List.copyOf(sendings);
        sendings.clear();
        return taken;
    }

    List<Arrival> takeArrivals() {
        List<Arrival> taken = List.copyOf(arrivals);
        arrivals.clear();
        return taken;
    }

    // --- living and dying ---

    void die(String how) {
        world.note("Homeostat dies " + how);
        world.tally.count("DIES " + how);
        abandon();
        life++;
        carried.clear();
        inHand.clear();
        shown = List.of();
        up = false;
        world.agenda.at(world.time.now().plus(world.chance.seconds(1, 60)), this::begin);
    }

    private void begin() {
        up = true;
        wakeAt = null;
        world.note("Homeostat starts");
    }

    private void abandon() {
        if (engine != null) {
            engine.close();
        }
        engine = null;
        picture = null;
    }

    @Override
    public void close() {
        abandon();
    }

    // --- turns ---

    void turn(List<Signal.Volatile> seen) {
        if (engine == null) {
            engine = Rebuilt.engine(charter, world.store.recover(), Sorted.copy(inHand));
            noticed = Collections.emptySortedMap();
            carried.addFirst(new Signal.PlaceFound(World.PLACE));
        }
        List<Signal.Volatile> passing = new ArrayList<>(carried);
        SortedMap<String, String> found = world.hindrances();
        if (!found.equals(noticed)) {
            noticed = found;
            passing.add(new Signal.HindrancesSeen(found));
        }
        passing.addAll(seen);
        carried = new ArrayList<>();
        List<Inbox.Received> batch = world.store.unread(BATCH);
        List<Signal> signals = new ArrayList<>();
        passing.forEach(signal -> signals.addAll(world.sabotage.hear(signal)));
        batch.forEach(each -> signals.addAll(world.sabotage.hear(each.signal())));
        Turn turn =
                engine.step(
                        batch.stream().map(Inbox.Received::id).toList(),
                        signals,
                        world.time.wall());
        commit(turn, passing, engine);
    }

    private void commit(Turn turn, List<Signal.Volatile> passing, Engine stepped) {
        Edge edge = turn.isEmpty() ? Edge.NONE : Edge.struck(world);
        if (edge == Edge.DIES_BEFORE_COMMIT) {
            die("before a commit");
            return;
        }
        try {
            if (edge == Edge.COMMIT_REFUSED) {
                throw new StoreException("the disk is full");
            }
            if (!turn.isEmpty()) {
                world.store.commit(turn);
            }
            if (edge == Edge.ANSWER_LOST) {
                throw new StoreException("the answer to the commit was lost");
            }
        } catch (StoreException failed) {
            world.note("memory is rebuilt: " + failed.getMessage());
            carried = new ArrayList<>(passing);
            abandon();
            return;
        }
        if (edge == Edge.DIES_AFTER_COMMIT) {
            die("after a commit");
            return;
        }
        wakeAt = turn.wakeAt();
        picture = stepped.picture(0);
        shown = picture.freezes();
        for (Undertaking effect : turn.effects()) {
            inHand.add(effect.id());
            long mine = life;
            Duration delay = world.chance.millis(1, 400);
            if (Edge.SENDER_SLEEPS.hits(world)) {
                delay = world.chanceApart.seconds(100, 240);
            }
            world.agenda.at(
                    world.time.now().plus(delay),
                    () -> {
                        if (mine == life) {
                            carryOut(effect);
                        }
                    });
        }
    }

    // --- effects ---

    private void carryOut(Undertaking undertaking) {
        Report report;
        try {
            report =
                    switch (undertaking.action()) {
                        case Action.OnSwarm action -> perform(undertaking, action);
                        case Action.PostNotice _ -> tell(undertaking);
                    };
        } catch (Died _) {
            return;
        }
        if (undertaking.action() instanceof Action.OnSwarm && Edge.DIES_BEFORE_REPORT.hits(world)) {
            die("after a write, before its report");
            return;
        }
        long mine = life;
        world.agenda.at(
                world.time.now().plus(world.chance.millis(1, 2_000)),
                () -> {
                    if (mine == life) {
                        report(undertaking, report);
                    }
                });
    }

    private Report perform(Undertaking undertaking, Action.OnSwarm action) {
        Clearance clearance =
                trace -> {
                    Optional<String> refusal = refusal(undertaking, trace);
                    if (refusal.isEmpty()) {
                        if (Edge.DIES_BEFORE_SENDING.hits(world)) {
                            die("after a start was recorded, before the write");
                            throw new Died();
                        }
                        sendings.add(new Sending(undertaking, world.time.wall()));
                        Mishap.maybe(world, action);
                    }
                    return refusal;
                };
        sent.put(action, undertaking);
        Mishap.beforeTheLook(world, action);
        try {
            Report report = world.sabotage.perform(world.cluster, action, clearance);
            world.note("%s %s: %s".formatted(undertaking.id(), action.text(), report));
            return report;
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("nobody interrupts a simulation", impossible);
        }
    }

    private Report tell(Undertaking undertaking) {
        Optional<String> refusal = refusal(undertaking, "");
        if (refusal.isPresent()) {
            return new Report.Withheld(refusal.get());
        }
        if (world.arePeopleOutOfReach()) {
            world.tally.count("NOTICE_REFUSED");
            return new Report.Failed("Slack answers channel_not_found");
        }
        if (world.isRough() && world.chance.happens(0.05)) {
            world.tally.count("NOTICE_LOST");
            return new Report.Lost("no answer from where people are told");
        }
        return new Report.Taken("message of " + undertaking.incident());
    }

    private Optional<String> refusal(Undertaking undertaking, String trace) {
        Optional<String> before = objection(undertaking);
        if (before.isPresent()) {
            return before;
        }
        try {
            if (Edge.START_REFUSED.hits(world)) {
                throw new StoreException("the disk is full");
            }
            world.store.started(undertaking.id(), world.time.wall(), trace);
            world.transitions.started(undertaking);
        } catch (StoreException full) {
            return Optional.of("its start could not be recorded: " + full.getMessage());
        }
        if (Edge.LEASE_LOST_AT_A_START.hits(world)) {
            ProcessWeather.doubtLease(world, world.chanceApart.seconds(2, 30));
        }
        if (Edge.CLOCK_SET_AT_A_START.hits(world)) {
            world.time.skew(Duration.ofSeconds(world.chanceApart.between(60, 120)));
        }
        return objection(undertaking);
    }

    private Optional<String> objection(Undertaking undertaking) {
        Instant wall = world.time.wall();
        if (wall.isAfter(undertaking.deadline())) {
            return Optional.of("its deadline passed at " + undertaking.deadline());
        }
        if (undertaking.action() instanceof Action.OnSwarm) {
            SortedMap<String, String> hindrances = world.hindrances();
            if (!hindrances.isEmpty()) {
                return Optional.of(String.join("; ", hindrances.values()));
            }
            for (Freeze freeze : shown) {
                if (wall.isBefore(freeze.until()) && World.stops(freeze, undertaking)) {
                    return Optional.of(freeze.text());
                }
            }
        }
        return Optional.empty();
    }

    private void report(Undertaking undertaking, Report report) {
        world.store.accept(new Signal.ActionReported(undertaking.id(), report, world.time.wall()));
        inHand.remove(undertaking.id());
        if (Edge.DIES_AFTER_REPORT.hits(world)) {
            die("after a report, before it was taken");
        }
    }
}
