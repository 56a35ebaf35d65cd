package io.homeostat.simulation;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Place;
import io.homeostat.guard.Scope;
import io.homeostat.simulated.SimulatedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A cluster, the people and machines around it, and Homeostat, from one seed, on one thread, by a
/// clock that jumps to whatever happens next.
final class World implements AutoCloseable {
    static final Limits LIMITS =
            Limits.DEFAULT.reaching(Autonomy.AUTO, Scope.of(Scope.Kind.LABELLED), 12);

    static final SimulatedCluster.Pace PACE =
            new SimulatedCluster.Pace(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30));

    static final Place PLACE = new Place("homeostat", "node-1");

    /// The loop comes round at least so often.
    private static final Duration TICK = Duration.ofSeconds(10);

    final long seed;
    final Sabotage sabotage;
    final Chance chance;

    /// For weather that came later: drawn from a stream of its own, it leaves the draws of what was
    /// there before as they are.
    final Chance chanceApart;

    final Time time = new Time();
    final Agenda agenda = new Agenda();
    final Tally tally = new Tally();
    final Transitions transitions = new Transitions();
    final SimulatedCluster cluster = new SimulatedCluster(time::now, PACE);
    final WitnessedStore store;
    final Homeostat homeostat;
    final Mail mail;
    final Faults faults;
    final Seasons seasons;
    final People people;
    final Questions questions = new Questions();
    private final Views views;
    private final Trace trace = new Trace();
    private final Digest digest = new Digest();
    private final List<Invariant> invariants;
    private final SequencedMap<String, String> hindrances = new LinkedHashMap<>();
    private final SortedMap<Subject, Instant> removed = new TreeMap<>();
    private boolean outOfReach;
    private Instant stillUntil = Time.BEGINNING;
    private Instant lastTurn = Time.BEGINNING;
    private int steps;

    World(long seed, Sabotage sabotage, Supplier<List<Invariant>> invariants) {
        this.seed = seed;
        this.sabotage = sabotage;
        this.chance = new Chance(seed);
        this.chanceApart = Chance.apart(seed);
        this.invariants = invariants.get();
        this.store = new WitnessedStore(sabotage::recollect);
        Inhabitants.settle(cluster);
        sabotage.begin(this);
        this.homeostat = new Homeostat(this);
        this.mail = new Mail(this);
        this.views = new Views(this);
        this.faults = new Faults(this);
        this.people = new People(this);
        this.seasons = new Seasons(this);
    }

    // --- what there is ---

    boolean isRough() {
        return seasons.isRough();
    }

    /// The services as they are.
    SortedMap<String, Service> services() {
        SortedMap<String, Service> services = new TreeMap<>();
        cluster.services().forEach(service -> services.put(service.name(), service));
        return services;
    }

    SortedMap<String, Node> nodes() {
        SortedMap<String, Node> nodes = new TreeMap<>();
        cluster.nodes().forEach(node -> nodes.put(node.id(), node));
        return nodes;
    }

    List<Task> tasks() {
        return cluster.tasks();
    }

    SortedMap<String, String> hindrances() {
        return new TreeMap<>(hindrances);
    }

    void hinder(String code, String reason) {
        hindrances.put(code, reason);
    }

    void unhinder(String code) {
        hindrances.remove(code);
    }

    /// True while no message reaches people.
    boolean arePeopleOutOfReach() {
        return outOfReach;
    }

    void peopleAreOutOfReach(boolean are) {
        outOfReach = are;
    }

    static boolean stops(Freeze freeze, Undertaking undertaking) {
        return Stream.of(undertaking.rule().split(", ", -1))
                .anyMatch(rule ->
                        freeze.stops(
                                undertaking.action().kind(),
                                undertaking.subject().toString(),
                                rule));
    }

    void note(String what) {
        trace.add(time.now(), what);
    }

    int steps() {
        return steps;
    }

    // --- the run ---

    /// Homeostat's process stands still, alive.
    void standStill(Duration length) {
        stillUntil = time.now().plus(length);
    }

    void moveOn() {
        stillUntil = time.now();
    }

    /// One step: whatever happens until the next instant, then a turn, then the invariants.
    ///
    /// @throws Broken when one of them does not hold
    void step() {
        steps++;
        time.to(next());
        agenda.runTo(time.now());
        seasons.pass();
        people.read();
        faults.watch();
        List<Signal.Volatile> seen = new ArrayList<>(views.of(cluster.advance(time.now())));
        seen.addAll(mail.collect());
        boolean turns = homeostat.isUp() && !time.now().isBefore(stillUntil);
        if (turns) {
            lastTurn = time.now();
            take(seen);
        }
        Moment moment =
                new Moment(
                        store.takeNews(),
                        turns ? homeostat.picture() : null,
                        homeostat.takeSendings(),
                        homeostat.takeArrivals());
        moment.turns()
                .forEach(turn -> {
                    digest.add(turn);
                    transitions.seen(turn);
                    questions.seen(turn, store);
                    turn.lines()
                            .forEach(line ->
                                    note(
                                            "  "
                                                    + line.kind()
                                                    + " "
                                                    + line.subject()
                                                    + ": "
                                                    + line.text()));
                });
        check(moment);
    }

    /// Nothing that comes from outside may make a step fail.
    private void take(List<Signal.Volatile> seen) {
        try {
            homeostat.turn(seen);
        } catch (RuntimeException thrown) {
            Broken broken = new Broken(seed, steps, "NoStepFails", "" + thrown, trace.text());
            broken.initCause(thrown);
            throw broken;
        }
    }

    private void check(Moment moment) {
        for (Invariant invariant : invariants) {
            List<String> faults = invariant.broken(this, moment);
            if (!faults.isEmpty()) {
                throw new Broken(
                        seed,
                        steps,
                        invariant.getClass().getSimpleName(),
                        String.join("; ", faults),
                        trace.text());
            }
        }
    }

    private Instant next() {
        Instant next = lastTurn.plus(TICK);
        if (!next.isAfter(time.now())) {
            next = time.now().plus(TICK);
        }
        next = earlier(next, agenda.next());
        next = earlier(next, homeostat.wakeAt());
        next = earlier(next, cluster.nextEvent().orElse(null));
        Instant least = time.now().plusMillis(chance.happens(0.3) ? 1 : chance.between(200, 2_000));
        return next.isBefore(least) ? least : next;
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    /// Runs so many steps.
    ///
    /// @return the digest of what came of them
    String run(int most) {
        while (steps < most) {
            step();
        }
        return digest();
    }

    /// The digest of what came of it so far.
    String digest() {
        return digest.text();
    }

    @Override
    public void close() {
        homeostat.close();
    }

    /// Somebody has removed it. One of the same name may come again.
    void removed(Subject subject) {
        removed.put(subject, time.now());
    }

    /// True when it was removed not longer ago than this.
    boolean wasRemovedWithin(Subject subject, Duration span) {
        Instant at = removed.get(subject);
        return at != null && time.since(at).compareTo(span) <= 0;
    }
}
