package io.homeostat.scenario;

import io.homeostat.action.Action;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.AlertSubjects;
import io.homeostat.engine.Engine;
import io.homeostat.engine.Picture;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Request;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.GuardRail;
import io.homeostat.rules.Rulebook;
import io.homeostat.simulated.SimulatedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where a scenario is played: the real engine, a simulated cluster, an Alertmanager that says what
/// the scenario says, and a clock that jumps to the next thing that happens.
final class Stage implements AutoCloseable {
    /// The cluster has been there for a while when a scenario begins.
    private static final Duration BEFORE = Duration.ofMinutes(15);

    private static final Duration LOOK = Duration.ofSeconds(10);

    /// How long an answer to a write takes.
    private static final Duration ANSWER = Duration.ofMillis(5);

    /// More turns than this without an end are a loop.
    private static final int TURNS = 200_000;

    private static final SimulatedCluster.Pace PACE =
            new SimulatedCluster.Pace(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    LOOK,
                    LOOK.multipliedBy(3));

    private final Instant beginning;
    private final SimulatedCluster cluster;
    private final FiringAlerts alerts;
    private final MetricSteps metrics = new MetricSteps();
    private final Scenario.Plan plan;
    private final Rulebook rulebook;
    private final MemoryStore store = new MemoryStore();
    private Engine engine;
    private final Chronicle chronicle;
    private final Firings firings;
    private final SortedSet<String> freezes = new TreeSet<>();
    private final List<Signal> pending = new ArrayList<>();
    private Instant now;
    private Instant lookAt;
    private @Nullable Instant answerAt;
    private @Nullable Instant wakeAt;
    private long durable;
    private int turns;

    Stage(Scenario.Plan plan, Rulebook rulebook) {
        this.plan = plan;
        this.beginning = plan.begin();
        this.alerts = new FiringAlerts(beginning.minus(BEFORE));
        this.chronicle = new Chronicle(beginning);
        this.now = beginning.minus(BEFORE);
        this.lookAt = now;
        this.firings = new Firings(() -> now);
        this.rulebook = rulebook.observedBy(firings);
        this.cluster = new SimulatedCluster(() -> now, PACE);
        for (Scenario.GivenNode node : plan.nodes()) {
            cluster.addNode(node.id(), node.role(), node.labels());
        }
        for (Scenario.GivenService service : plan.services()) {
            Integer replicas =
                    service.mode() == Service.Mode.REPLICATED ? service.replicas() : null;
            cluster.addService(
                    service.name(), service.mode(), replicas, service.image(), service.labels());
        }
        this.engine = engine();
        turn(List.of(new Signal.PlaceFound(plan.place())));
        runTo(beginning);
        if (!plan.told().isEmpty()) {
            turn(plan.told().stream().map(fact -> FactSteps.told(fact, now)).toList());
        }
    }

    private Engine engine() {
        return new Engine(
                new Engine.Charter(
                        rulebook,
                        GuardRail.standard(),
                        plan.limits(),
                        AlertSubjects.DEFAULT,
                        Sorted.copy(List.of("info", "none")),
                        Sorted.copy(List.of("Watchdog")),
                        "scenario"),
                store.recover(),
                Collections.emptySortedMap());
    }

    Chronicle chronicle() {
        return chronicle;
    }

    Firings firings() {
        return firings;
    }

    Rulebook rulebook() {
        return rulebook;
    }

    Instant now() {
        return now;
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    Picture picture() {
        return engine.picture(0);
    }

    /// Lets everything happen that happens by itself until that time after the beginning.
    void runTo(Duration time) {
        runTo(beginning.plus(time));
    }

    private void runTo(Instant end) {
        while (true) {
            Instant next = next();
            if (next.isAfter(end)) {
                break;
            }
            now = next.isAfter(now) ? next : now.plusMillis(1);
            turn(List.of());
        }
        now = end.isAfter(now) ? end : now;
    }

    private Instant next() {
        Instant next = lookAt;
        for (@Nullable Instant other :
                List.of(
                                Optional.ofNullable(answerAt),
                                Optional.ofNullable(wakeAt),
                                metrics.nextLook(),
                                cluster.nextEvent())
                        .stream()
                        .map(instant -> instant.orElse(null))
                        .toList()) {
            if (other != null && other.isBefore(next)) {
                next = other;
            }
        }
        return next;
    }

    private void turn(List<Signal> told) {
        if (++turns > TURNS) {
            throw new IllegalStateException(
                    "the scenario does not come to rest: more than %d turns".formatted(TURNS));
        }
        List<Signal> signals = new ArrayList<>(cluster.advance(now));
        if (!now.isBefore(lookAt)) {
            lookAt = now.plus(LOOK);
        }
        if (answerAt != null && !now.isBefore(answerAt)) {
            signals.addAll(pending);
            pending.clear();
            answerAt = null;
        }
        signals.addAll(metrics.look(this::picture, now));
        signals.addAll(told);
        List<Long> taken = new ArrayList<>();
        for (Signal signal : signals) {
            if (signal instanceof Signal.Durable kept) {
                durable++;
                taken.add(store.accept(kept));
            }
        }
        Turn turn = engine.step(taken, signals, now);
        commit(turn);
        wakeAt = turn.wakeAt();
        chronicle.turned(turn);
        for (Undertaking effect : turn.effects()) {
            carryOut(effect);
        }
    }

    private void commit(Turn turn) {
        try {
            if (!turn.isEmpty()) {
                store.commit(turn);
            }
        } catch (StoreException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private void carryOut(Undertaking undertaking) {
        Clearance clearance =
                trace -> {
                    try {
                        store.started(undertaking.id(), now, trace);
                        return Optional.empty();
                    } catch (StoreException refused) {
                        return Optional.of(String.valueOf(refused.getMessage()));
                    }
                };
        Report report =
                switch (undertaking.action()) {
                    case Action.OnSwarm action -> {
                        long before = cluster.writes();
                        Report answer = cluster.perform(action, clearance);
                        if (cluster.writes() > before) {
                            chronicle.done(action, now);
                        }
                        yield answer;
                    }
                    case Action.PostNotice(var notice) -> {
                        clearance.request("");
                        yield new Report.Taken(chronicle.told(notice));
                    }
                };
        answerAt = now.plus(ANSWER);
        pending.add(new Signal.ActionReported(undertaking.id(), report, answerAt));
    }

    /// Lets a step happen now.
    void happen(Step step) {
        switch (step) {
            case Step.Fires(var told) -> turn(alerts.fire(told, now));
            case Step.Resolves(var labels) -> turn(alerts.resolve(labels, now));
            case Step.Body(var body) -> turn(List.of(received(body)));
            case Step.Silences(var labels) -> turn(alerts.silence(labels, now));
            case Step.Unsilences() -> turn(alerts.unsilence(now));
            case Step.Freezes freeze -> turn(List.of(frozen(freeze)));
            case Step.Thaws() -> thaw();
            case Step.Requests request -> turn(List.of(requested(request)));
            case Step.Tells tells -> turn(List.of(FactSteps.told(tells, now)));
            case Step.TakesBack taken -> turn(List.of(FactSteps.takenBack(taken, now)));
            case Step.Measures measures -> metrics.take(measures, now);
            case Step.Scales(var replicas) -> replicas.forEach(cluster::scaleByHand);
            case Step.Relabels(var service, var labels) -> cluster.relabel(service, labels);
            case Step.Deploys deploy -> deploy(deploy);
            case Step.AsksToDeploy ask -> turn(List.of(asked(ask)));
            case Step.Removes(var service) -> cluster.removeService(service);
            case Step.Crashes(var service) -> cluster.crash(service);
            case Step.BreaksImage(var service) -> cluster.breakImage(service);
            case Step.NodeFails(var node) -> cluster.fail(node);
            case Step.NodeReturns(var node) -> cluster.restore(node);
            case Step.NodeBecomes(var node, var how) -> cluster.availability(node, how);
            case Step.Blinds(var watcher) -> blind(watcher);
            case Step.Sees(var watcher) -> see(watcher);
            case Step.SpoilsNextWrite(var how) -> spoil(how);
            case Step.Restarts() -> restart();
        }
        turn(List.of());
    }

    private void blind(String watcher) {
        if (watcher.equals(Watcher.METRICS)) {
            metrics.blind(true);
        } else {
            cluster.blind(watcher, "the scenario says so");
        }
    }

    private void see(String watcher) {
        if (watcher.equals(Watcher.METRICS)) {
            metrics.blind(false);
        } else {
            cluster.see(watcher);
        }
    }

    private void deploy(Step.Deploys deploy) {
        switch (deploy.fate()) {
            case RUN -> cluster.deploy(deploy.service(), deploy.image());
            case CRASH -> cluster.deployCrashing(deploy.service(), deploy.image());
            case HANG, ARE_REJECTED ->
                    cluster.deployUnstartable(deploy.service(), deploy.image(), deploy.words());
        }
    }

    private void restart() {
        engine.close();
        engine = engine();
        turn(List.of(new Signal.PlaceFound(plan.place())));
    }

    private Signal received(Signal.AlertsReceived body) {
        return new Signal.AlertsReceived(
                now, body.receiver(), body.alerts(), body.truncated(), body.unsound(), body.raw());
    }

    private Signal frozen(Step.Freezes freeze) {
        String id = "f" + (freezes.size() + 1);
        freezes.add(id);
        return new Signal.FreezeSet(
                new Freeze(
                        id,
                        freeze.scope(),
                        freeze.value(),
                        "ann",
                        "the scenario says so",
                        now,
                        now.plus(freeze.length())));
    }

    private void thaw() {
        for (String freeze : freezes) {
            turn(List.of(new Signal.FreezeLifted(freeze, "ann", "the scenario thaws it", now)));
        }
        freezes.clear();
    }

    private Signal asked(Step.AsksToDeploy ask) {
        return new Signal.DeploymentAsked(
                new Deployment(
                        "d" + (durable + 1),
                        ask.service(),
                        ask.image(),
                        "ann",
                        "the scenario says so",
                        ask.forced(),
                        now,
                        Deployment.State.ACCEPTED,
                        now,
                        null,
                        ""));
    }

    private Signal requested(Step.Requests request) {
        return new Signal.RequestMade(
                new Request(
                        "r" + (durable + 1),
                        request.verb(),
                        request.target(),
                        request.parameters(),
                        request.by(),
                        "the scenario says so",
                        now,
                        now.plus(Duration.ofMinutes(10))));
    }

    private void spoil(Step.Spoiling how) {
        switch (how) {
            case FAILS -> cluster.failNext("the scenario says so");
            case CONFLICTS -> cluster.conflictNext("the scenario says so");
            case ARRIVES_UNANSWERED -> cluster.loseNext("the scenario says so", true);
            case VANISHES -> cluster.loseNext("the scenario says so", false);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
