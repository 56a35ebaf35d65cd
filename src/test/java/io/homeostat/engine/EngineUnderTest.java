package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Node;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Decision;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Limits;
import io.homeostat.rules.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An engine with a small cluster around it and a clock that the test moves. It keeps what a store
/// would keep, so it can be restarted.
final class EngineUnderTest {
    static final String RULES =
            """
            rule "scale up when asked"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, labels["scale"] == "up", $service : service != null )
            then
                insertLogical( scaleUp( $service ).because( $alert ) );
            end
            rule "restart when asked"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, labels["restart"] == "yes", $service : service != null )
            then
                insertLogical( restart( $service ).because( $alert ) );
            end
            rule "scale down when asked"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, labels["scale"] == "down", $service : service != null )
            then
                insertLogical( scaleDown( $service ).because( $alert ) );
            end
            rule "scale to what is asked"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, labels["to"] != null, $service : service != null )
            then
                insertLogical(
                    scaleTo( $service, Integer.parseInt( $alert.labels().get( "to" ) ) )
                        .because( $alert ) );
            end
            """;

    private static final Rulebook RULEBOOK = rulebook(RULES);

    final Limits limits;
    final List<Turn> turns = new ArrayList<>();
    final Map<String, Integer> replicas = new TreeMap<>();
    final Map<String, Memo> current = new TreeMap<>();
    final Map<String, String> labels = new TreeMap<>(Map.of("homeostat.autonomy", "auto"));
    Service.Update update = Service.Update.NONE;
    Node.Availability availability = Node.Availability.ACTIVE;
    Instant now = Instant.parse("2026-11-23T10:00:00Z");
    long forceUpdate;
    String image = "demo/web:1.0";

    /// As of an older program, unless a test is about what is specified.
    @Nullable String content;

    /// Others of a later one take the place of the tasks.
    int generation;

    private long version = 10;
    ScaleBounds bounds = new ScaleBounds(2, 5, 1, 1);
    private Rulebook rulebook;
    private Engine engine;

    EngineUnderTest(Limits limits) {
        this(limits, RULEBOOK);
    }

    EngineUnderTest(Limits limits, Rulebook rulebook) {
        this.limits = limits;
        this.rulebook = rulebook;
        this.engine = engine();
        replicas.put("demo_web", 2);
    }

    static Limits auto() {
        return Limits.DEFAULT.reaching(
                Autonomy.AUTO, Limits.DEFAULT.scope(), Limits.DEFAULT.replicasMax());
    }

    static Rulebook rulebook(String rules) {
        return Rulebook.compile(new TreeMap<>(Map.of("test.drl", rules)));
    }

    /// Other rules get ready to take over, knowing what is held now.
    Candidate candidate(Rulebook other) {
        return Candidate.of(other, rulebook, picture(), limits.safety().zone());
    }

    /// They take over.
    void swap(Candidate candidate) {
        engine.swap(candidate, "other rules take over");
        rulebook = candidate.rulebook();
        candidate.close();
    }

    private Engine engine() {
        long last = turns.isEmpty() ? 0 : turns.getLast().number();
        Instant at = turns.isEmpty() ? null : turns.getLast().at();
        return new Engine(
                new Engine.Charter(
                        rulebook,
                        GuardRail.standard(),
                        limits,
                        AlertSubjects.DEFAULT,
                        Sorted.copy(List.of("info", "none")),
                        Sorted.copy(List.of("Watchdog")),
                        "test"),
                new Journal.Recovered(last, at, List.copyOf(current.values())),
                Sorted.copy(new TreeMap<String, String>()));
    }

    /// One more engine that knows what a store would keep, for looks that must leave nothing
    /// behind.
    Engine anew() {
        return engine();
    }

    void restart() {
        engine.close();
        engine = engine();
    }

    /// As after a failure of the store: the engine is built anew while this process still carries
    /// the action out, whose start is recorded.
    void rebuildWhile(Undertaking inHand) {
        recordStart(inHand, "trace");
        restart();
        engine.continuing(Sorted.copy(List.of(inHand.id())));
    }

    /// The process dies after the start of the action was recorded, and a new one begins.
    void diesWhile(Undertaking started) {
        diesWhile(started, "trace");
    }

    /// @param trace the hash of the specification that was about to be sent
    void diesWhile(Undertaking started, String trace) {
        recordStart(started, trace);
        restart();
    }

    private void recordStart(Undertaking undertaking, String trace) {
        Memo started = new Memo.Undertaken(undertaking.started(now, trace));
        current.put(started.getClass() + started.key(), started);
    }

    /// Docker takes it, and nobody is left to report that.
    void arrives(Undertaking undertaking) {
        if (undertaking.action() instanceof Action.ScaleService scale) {
            replicas.put(scale.service(), scale.to());
        } else {
            forceUpdate++;
            generation++;
        }
        version++;
    }

    Turn step(Signal... signals) {
        Turn turn = engine.step(List.of(), List.of(signals), now);
        if (!turn.isEmpty()) {
            turns.add(turn);
        }
        turn.kept().forEach(memo -> current.put(memo.getClass() + memo.key(), memo));
        turn.dropped().forEach(dropped -> current.remove(dropped.kind() + dropped.key()));
        return turn;
    }

    /// A whole look at the cluster as it is wanted to be, with all tasks running.
    Turn look() {
        List<Signal> signals = new ArrayList<>(views());
        return step(signals.toArray(Signal[]::new));
    }

    List<Signal.Volatile> views() {
        List<Service> services = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        replicas.forEach((name, count) -> {
            services.add(service(name, count));
            for (int slot = 1; slot <= count; slot++) {
                tasks.add(task(name, slot));
            }
        });
        Duration good = Duration.ofMinutes(2);
        return List.of(
                new Signal.ServicesSeen(now, true, services, List.of()),
                new Signal.TasksSeen(now, null, tasks),
                new Signal.NodesSeen(now, List.of(node())),
                new Signal.WatcherLooked(Watcher.SERVICES, now, good),
                new Signal.WatcherLooked(Watcher.TASKS, now, good),
                new Signal.WatcherLooked(Watcher.NODES, now, good));
    }

    /// A look at the cluster in which only so many tasks run.
    Signal[] withRunning(int count) {
        return views().stream()
                .map(signal ->
                        signal instanceof Signal.TasksSeen(var began, var service, var tasks)
                                ? new Signal.TasksSeen(began, service, tasks.subList(0, count))
                                : signal)
                .toArray(Signal[]::new);
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /// Time goes by in steps short enough that nobody calls it a gap, with a look at each.
    void goesBy(Duration time) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            Duration left = Duration.between(now, end);
            Duration step = Duration.ofSeconds(10);
            passes(left.compareTo(step) < 0 ? left : step);
            look();
        }
    }

    /// Docker takes what was planned.
    void perform(Turn turn) {
        for (Undertaking undertaking : turn.effects()) {
            arrives(undertaking);
            step(new Signal.ActionReported(undertaking.id(), new Report.Taken("hash"), now));
        }
        passes(Duration.ofSeconds(1));
        look();
    }

    Signal.AlertsReceived firing(String name, Map<String, String> labels) {
        return received(name, labels, true);
    }

    Signal.AlertsReceived resolved(String name, Map<String, String> labels) {
        return received(name, labels, false);
    }

    /// One message in which an alert fires, and one in which it has ended.
    Signal[] resolvedAfterFiring(String name, Map<String, String> labels) {
        return new Signal[] {firing(name, labels), resolved(name, labels)};
    }

    private Signal.AlertsReceived received(
            String name, Map<String, String> labels, boolean firing) {
        return new Signal.AlertsReceived(
                now, "homeostat", List.of(alert(name, labels, firing)), 0, 0, "");
    }

    Signal.ReportedAlert alert(String name, Map<String, String> labels, boolean firing) {
        TreeMap<String, String> all = new TreeMap<>(labels);
        all.put("alertname", name);
        return new Signal.ReportedAlert(
                name + "-" + labels.hashCode(),
                firing,
                Instant.parse("2026-11-23T09:59:00Z"),
                firing ? null : now,
                all,
                new TreeMap<>());
    }

    List<Decision> decisions() {
        return turns.stream().flatMap(turn -> turn.decisions().stream()).toList();
    }

    List<Action> planned() {
        return turns.stream()
                .flatMap(turn -> turn.effects().stream())
                .map(Undertaking::action)
                .toList();
    }

    List<Action> plannedOnSwarm() {
        return planned().stream().filter(Action.OnSwarm.class::isInstance).toList();
    }

    List<String> told() {
        return planned().stream()
                .filter(Action.PostNotice.class::isInstance)
                .map(action -> ((Action.PostNotice) action).notice().title())
                .toList();
    }

    /// How the actions on the cluster ended, in their order.
    List<String> outcomes() {
        return turns.stream()
                .flatMap(turn -> turn.undertakings().stream())
                .filter(undertaking -> undertaking.action() instanceof Action.OnSwarm)
                .filter(Undertaking::isFinal)
                .map(undertaking ->
                        undertaking.outcome() == null
                                ? ""
                                : undertaking.outcome().word()
                                        + ", "
                                        + undertaking.outcome().reason())
                .toList();
    }

    /// What the timeline says, line by line.
    List<String> lines() {
        return turns.stream().flatMap(turn -> turn.lines().stream()).map(Turn.Line::text).toList();
    }

    Picture picture() {
        return engine.picture(0);
    }

    private Service service(String name, int count) {
        return new Service(
                "id-" + name,
                name,
                version,
                "demo",
                Service.Mode.REPLICATED,
                count,
                image,
                forceUpdate,
                new TreeMap<>(labels),
                bounds,
                new TreeMap<>(),
                update,
                false,
                1,
                now,
                "spec-" + count + "-" + forceUpdate,
                content);
    }

    private Task task(String service, int slot) {
        Instant created = Instant.parse("2026-11-23T09:00:00Z");
        return new Task(
                "task-" + service + "-" + slot + "-" + generation,
                service,
                slot,
                "n1",
                1,
                Task.State.RUNNING,
                Task.State.RUNNING,
                image,
                created,
                created,
                null,
                null);
    }

    private Node node() {
        return new Node(
                "n1",
                "node1",
                1,
                Node.Role.MANAGER,
                Node.State.READY,
                availability,
                Node.Manager.LEADER,
                "198.18.77.11",
                new TreeMap<>());
    }
}
