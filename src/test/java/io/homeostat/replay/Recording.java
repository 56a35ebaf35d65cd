package io.homeostat.replay;

import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.AlertSubjects;
import io.homeostat.engine.Engine;
import io.homeostat.engine.Past;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.Decision;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Scope;
import io.homeostat.rules.Rulebook;
import io.homeostat.simulated.SimulatedCluster;
import io.homeostat.store.SqlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A history as it is really made: the engine on a simulated cluster, with every turn committed to
/// a store, and a clock that the test moves.
final class Recording implements AutoCloseable {
    static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration LOOK = Duration.ofSeconds(10);

    final SqlStore store;
    final List<Decision> decisions = new ArrayList<>();
    final List<String> done = new ArrayList<>();
    Instant now = BEGIN;
    private final SimulatedCluster cluster;
    private final Past.Terms terms;
    private final Rulebook rulebook;
    private final SortedMap<String, Signal.ReportedAlert> firing = new TreeMap<>();
    private final List<Signal> answers = new ArrayList<>();
    private Engine engine;
    private Instant lookAt = BEGIN;
    private Instant answerAt = Instant.MAX;
    private Instant wakeAt = BEGIN;

    Recording(String rules) throws StoreException {
        this(rules, 1);
    }

    Recording(String rules, int services) throws StoreException {
        this.store = SqlStore.inMemory("test");
        this.rulebook = Rulebook.compile(rules(rules));
        this.terms =
                new Past.Terms(
                        Limits.DEFAULT.reaching(Autonomy.AUTO, Scope.of(Scope.Kind.ALL), 100),
                        AlertSubjects.DEFAULT,
                        Sorted.copy(List.of("info", "none")),
                        Sorted.copy(List.of("Watchdog")));
        store.keepTerms(terms, now);
        this.cluster =
                new SimulatedCluster(
                        () -> now,
                        new SimulatedCluster.Pace(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                LOOK,
                                LOOK.multipliedBy(3)));
        for (String node : List.of("node-1", "node-2", "node-3")) {
            cluster.addNode(node, Node.Role.MANAGER, Map.of());
        }
        for (int i = 0; i < services; i++) {
            cluster.addService(
                    services == 1 ? "shop_api" : "shop_api" + i,
                    Service.Mode.REPLICATED,
                    3,
                    "shop:1",
                    Map.of(
                            "homeostat.autonomy", "auto",
                            "homeostat.scale.min", "2",
                            "homeostat.scale.max", "6"));
        }
        this.engine = engine();
    }

    static SortedMap<String, String> rules(String rules) {
        return new TreeMap<>(Map.of("test.drl", rules));
    }

    private Engine engine() throws StoreException {
        return new Engine(
                new Engine.Charter(
                        rulebook,
                        GuardRail.standard(),
                        terms.limits(),
                        terms.subjects(),
                        terms.observedSeverities(),
                        terms.observedNames(),
                        "test"),
                store.recover(),
                Collections.emptySortedMap());
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    /// Homeostat stops, and starts again from what its store remembers.
    void restart() throws StoreException {
        engine.close();
        engine = engine();
        wakeAt = now;
        lookAt = now;
    }

    void pass(Duration time) throws StoreException {
        Instant end = now.plus(time);
        for (Instant next = next(); !next.isAfter(end); next = next()) {
            now = next.isAfter(now) ? next : now.plusMillis(1);
            turn(List.of());
        }
        now = end;
    }

    private Instant next() {
        Instant next = lookAt;
        for (Instant other : List.of(answerAt, wakeAt, cluster.nextEvent().orElse(Instant.MAX))) {
            next = other.isBefore(next) ? other : next;
        }
        return next;
    }

    Signal.ReportedAlert alert(String name, String service, Map<String, String> labels) {
        SortedMap<String, String> all = new TreeMap<>(labels);
        all.put("alertname", name);
        all.put("service", service);
        return new Signal.ReportedAlert(
                name + "-" + service,
                true,
                now,
                null,
                all,
                Sorted.copy(new TreeMap<String, String>()));
    }

    void fires(String name, String service, Map<String, String> labels) throws StoreException {
        Signal.ReportedAlert alert = alert(name, service, labels);
        firing.putIfAbsent(alert.fingerprint(), alert);
        turn(List.of(received(firing.get(alert.fingerprint()))));
    }

    void resolves(String name, String service) throws StoreException {
        Signal.ReportedAlert was = Objects.requireNonNull(firing.remove(name + "-" + service));
        turn(
                List.of(
                        received(
                                new Signal.ReportedAlert(
                                        was.fingerprint(),
                                        false,
                                        was.startsAt(),
                                        now,
                                        was.labels(),
                                        was.annotations()))));
    }

    /// Alertmanager's own list is looked at.
    void listed(String... silenced) throws StoreException {
        List<Signal.ListedAlert> listed = new ArrayList<>();
        for (Signal.ReportedAlert alert : firing.values()) {
            boolean isSilenced = List.of(silenced).contains(alert.labels().get("alertname"));
            listed.add(new Signal.ListedAlert(alert, isSilenced ? List.of("silence") : List.of()));
        }
        turn(
                List.of(
                        new Signal.AlertsListed(
                                now.minusMillis(20), now.minus(Duration.ofDays(3)), listed)));
    }

    /// It fires no more, and nobody is told so.
    void forgets(String name, String service) {
        firing.remove(name + "-" + service);
    }

    Signal.AlertsReceived received(Signal.ReportedAlert... alerts) {
        return new Signal.AlertsReceived(now, "homeostat", List.of(alerts), 0, 0, "");
    }

    Turn turn(List<? extends Signal> told) throws StoreException {
        List<Signal> signals = new ArrayList<>(cluster.advance(now));
        if (!now.isBefore(lookAt)) {
            lookAt = now.plus(LOOK);
        }
        if (!now.isBefore(answerAt)) {
            signals.addAll(answers);
            answers.clear();
            answerAt = Instant.MAX;
        }
        signals.addAll(told);
        List<Long> taken = new ArrayList<>();
        for (Signal signal : signals) {
            if (signal instanceof Signal.Durable durable) {
                taken.add(store.accept(durable));
            }
        }
        Turn turn = engine.step(taken, signals, now);
        if (!turn.isEmpty()) {
            store.commit(turn);
        }
        // A process wakes a moment late.
        wakeAt = turn.wakeAt() == null ? Instant.MAX : turn.wakeAt().plusMillis(3);
        decisions.addAll(turn.decisions());
        for (Undertaking effect : turn.effects()) {
            carryOut(effect);
        }
        return turn;
    }

    private void carryOut(Undertaking undertaking) throws StoreException {
        Report report =
                switch (undertaking.action()) {
                    case Action.OnSwarm action -> {
                        done.add(action.text());
                        store.started(undertaking.id(), now, "");
                        yield cluster.perform(action, _ -> Optional.empty());
                    }
                    case Action.PostNotice _ -> new Report.Taken("message");
                };
        answerAt = now.plusMillis(5);
        answers.add(new Signal.ActionReported(undertaking.id(), report, answerAt));
    }

    /// What these rules would have decided on it.
    ReplayReport replay(String rules) throws StoreException, ReplayFault {
        return replay(BEGIN, rules);
    }

    ReplayReport replay(Instant since, String rules) throws StoreException, ReplayFault {
        return Replay.of(store.past(), rules(rules)).run(since, (_, _) -> true);
    }

    @Override
    public void close() throws StoreException {
        engine.close();
        store.close();
    }
}
