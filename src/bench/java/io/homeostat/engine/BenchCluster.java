package io.homeostat.engine;

import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Node;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Scope;
import io.homeostat.rules.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A calm cluster of 50 nodes, and services of three tasks each, that may be scaled.
///
/// @param services how many services
record BenchCluster(int services) {
    static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");

    private static final int NODES = 50;
    private static final int TASKS = 3;
    private static final Instant BEFORE = BEGIN.minus(Duration.ofHours(1));

    /// So long that no watcher goes blind while a benchmark lets the time pass.
    private static final Duration GOOD = Duration.ofDays(10_000);

    /// As the program sets it. By default Drools writes every fact out for a trace that nobody
    /// reads, which takes more time than matching it.
    static void logAsTheProgramDoes() {
        Logger.getLogger("").setLevel(Level.INFO);
    }

    static Rulebook rulebook(String rules) {
        logAsTheProgramDoes();
        Rulebook rulebook = Rulebook.compile(new TreeMap<>(Map.of("bench.drl", rules)));
        if (!rulebook.faults().isEmpty()) {
            throw new IllegalStateException("the bench's rules are wrong: " + rulebook.faults());
        }
        return rulebook;
    }

    /// The defaults, but all may be acted on, and as many actions taken as is said.
    static Limits acting(int rateMax) {
        Limits open =
                Limits.DEFAULT.reaching(
                        Autonomy.AUTO, Scope.of(Scope.Kind.ALL), Limits.DEFAULT.replicasMax());
        return new Limits(
                open.ceiling(),
                open.scope(),
                open.replicasMax(),
                open.cooldown(),
                open.scaleEvery(),
                open.scaleUpAfter(),
                open.scaleDownAfter(),
                open.settle(),
                open.deadline(),
                open.scaleBy(),
                open.restartBy(),
                open.hold(),
                open.alertEnd(),
                open.lookBy(),
                open.arrivesBy(),
                open.noticeBy(),
                open.retryFirst(),
                open.retryMost(),
                open.attemptsMax(),
                open.attemptsWithin(),
                open.conflictsMax(),
                open.grace(),
                open.patience(),
                open.reopen(),
                open.lookBack(),
                open.quiet(),
                open.unconfirmed(),
                open.absentFor(),
                open.alertmanagerUp(),
                open.gap(),
                open.requestFor(),
                rated(open.safety(), rateMax),
                open.diagnosis());
    }

    private static Limits.Safety rated(Limits.Safety usual, int rateMax) {
        return new Limits.Safety(
                usual.budgetPercent(),
                usual.stormPercent(),
                usual.stormNodes(),
                usual.stormDown(),
                usual.stormCalm(),
                usual.handsOff(),
                rateMax,
                usual.rateWithin(),
                usual.approvalFor(),
                usual.approvalFlap(),
                usual.wishWindow(),
                usual.undoFreeze(),
                usual.rollbackBy(),
                usual.nodeBy(),
                usual.burst(),
                usual.deployBy(),
                usual.deployWithin(),
                usual.deployMemory(),
                usual.watch(),
                usual.trackingTolerance(),
                usual.zone());
    }

    /// An engine that goes on from these memos.
    static Engine engine(Rulebook rulebook, Limits limits, List<Memo> memos) {
        return new Engine(
                new Engine.Charter(
                        rulebook,
                        GuardRail.standard(),
                        limits,
                        AlertSubjects.DEFAULT,
                        Sorted.copy(List.of("info", "none")),
                        Sorted.copy(List.of("Watchdog")),
                        "bench"),
                new Journal.Recovered(1, BEGIN, memos),
                Sorted.copy(new TreeMap<String, String>()));
    }

    /// A whole look at it.
    List<Signal> look(Instant at) {
        List<Service> all = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        for (int number = 0; number < services; number++) {
            all.add(service(name(number)));
            for (int slot = 1; slot <= TASKS; slot++) {
                tasks.add(task(name(number), slot, (number + slot) % NODES));
            }
        }
        List<Node> nodes = new ArrayList<>();
        for (int number = 0; number < NODES; number++) {
            nodes.add(node(number));
        }
        List<Signal> look = new ArrayList<>();
        look.add(new Signal.ServicesSeen(at, true, all, List.of()));
        look.add(new Signal.TasksSeen(at, null, tasks));
        look.add(new Signal.NodesSeen(at, nodes));
        look.addAll(sight(at));
        return look;
    }

    /// That nothing is different.
    static List<Signal> sight(Instant at) {
        return List.of(
                new Signal.WatcherLooked(Watcher.SERVICES, at, GOOD),
                new Signal.WatcherLooked(Watcher.TASKS, at, GOOD),
                new Signal.WatcherLooked(Watcher.NODES, at, GOOD));
    }

    static String name(int number) {
        return "svc-%05d".formatted(number);
    }

    private static Service service(String name) {
        return new Service(
                "id-" + name,
                name,
                10,
                "demo",
                Service.Mode.REPLICATED,
                TASKS,
                "registry.local/app:1.2.1",
                0,
                new TreeMap<>(
                        Map.of(
                                Scope.AUTONOMY_LABEL,
                                "auto",
                                "homeostat.scale.min",
                                "1",
                                "homeostat.scale.max",
                                "10",
                                "tier",
                                "web",
                                "team",
                                "platform")),
                new ScaleBounds(1, 10, 1, 1),
                new TreeMap<>(),
                Service.Update.NONE,
                false,
                1,
                BEFORE,
                "spec-" + name,
                "content-" + name);
    }

    private static Task task(String service, int slot, int node) {
        return new Task(
                "task-" + service + "-" + slot,
                service,
                slot,
                "node-" + node,
                1,
                Task.State.RUNNING,
                Task.State.RUNNING,
                "registry.local/app:1.2.1",
                BEFORE,
                BEFORE,
                null,
                null);
    }

    private static Node node(int number) {
        boolean isManager = number < 3;
        return new Node(
                "node-" + number,
                "host-" + number,
                1,
                isManager ? Node.Role.MANAGER : Node.Role.WORKER,
                Node.State.READY,
                Node.Availability.ACTIVE,
                number == 0
                        ? Node.Manager.LEADER
                        : isManager ? Node.Manager.REACHABLE : Node.Manager.NONE,
                "198.18.77." + number,
                new TreeMap<>());
    }
}
