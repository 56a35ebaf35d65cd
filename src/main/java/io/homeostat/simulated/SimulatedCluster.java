package io.homeostat.simulated;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Node;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import io.homeostat.simulated.SimulatedService.Flaw;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A Swarm in memory: watched by [#advance(Instant)], written to as an actuator, and broken by the
/// methods between. Thread-safe.
public final class SimulatedCluster implements Actuator<Action.OnSwarm> {
    private final InstantSource clock;
    private final Pace pace;
    private final Orchestration swarm;
    private final Mishaps mishaps = new Mishaps();
    private final Looks looks;
    private final LateWrites late = new LateWrites();
    private Consumer<Action.OnSwarm> whenWritten = _ -> {};
    private long writes;

    /// How long things take, each at least 4 ms.
    ///
    /// @param start from a new task to a running one
    /// @param stop from the wish to stop a task to its end
    /// @param restart how long a failed task is not replaced
    /// @param heartbeat from the failure of a node to its being called down
    /// @param lookEvery how often a cluster is looked at in which nothing changes
    /// @param goodFor how long a watcher counts as seeing after a look
    public record Pace(
            Duration start,
            Duration stop,
            Duration restart,
            Duration heartbeat,
            Duration lookEvery,
            Duration goodFor) {
        public static final Pace DEFAULT =
                new Pace(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10));

        public Pace {
            for (Duration each : List.of(start, stop, restart, heartbeat, lookEvery, goodFor)) {
                if (each.compareTo(Duration.ofMillis(4)) < 0) {
                    throw new IllegalArgumentException(
                            "every duration of a simulated cluster must be 4 ms or more, not "
                                    + each);
                }
            }
        }
    }

    public SimulatedCluster(InstantSource clock, Pace pace) {
        this.clock = clock;
        this.pace = pace;
        this.swarm = new Orchestration(pace);
        this.looks = new Looks(pace, mishaps);
    }

    // --- what there is ---

    public synchronized void addNode(String id, Node.Role role, Map<String, String> labels) {
        String address = "10.0.0." + (swarm.nodes.size() + 1);
        SimulatedNode node = new SimulatedNode(id, role, swarm.manager(role), address, labels);
        node.noticedAt = soon();
        if (swarm.nodes.putIfAbsent(id, node) != null) {
            throw new IllegalArgumentException("there is a node " + id + " already");
        }
        looks.changed();
    }

    /// Jobs are taken to have run long ago: they have no tasks.
    ///
    /// @param replicas null unless the mode is replicated
    public synchronized void addService(
            String name,
            Service.Mode mode,
            @Nullable Integer replicas,
            String image,
            Map<String, String> labels) {
        if ((mode == Service.Mode.REPLICATED) != (replicas != null)) {
            throw new IllegalArgumentException(
                    "replicas belong to replicated services and to no others: " + name);
        }
        Instant now = clock.instant();
        SimulatedService service = new SimulatedService(name, mode, replicas, image, labels, now);
        service.dueAt = soon();
        if (swarm.services.putIfAbsent(name, service) != null) {
            throw new IllegalArgumentException("there is a service " + name + " already");
        }
        looks.changed();
    }

    public synchronized void removeService(String name) {
        SimulatedService service = service(name);
        swarm.of(service).forEach(task -> swarm.tasks.remove(task.id));
        swarm.services.remove(name);
        looks.changed();
    }

    /// Somebody else scales the service, as `docker service scale` does.
    public synchronized void scaleByHand(String service, int replicas) {
        service(service).scale(replicas, clock.instant());
        changedBy(Provenance.PERSON, service, SimulatedService.REPLICAS);
    }

    /// Somebody else gives the service other labels; they replace all that it has.
    public synchronized void relabel(String service, Map<String, String> labels) {
        service(service).labels(labels, clock.instant());
        changedBy(Provenance.PERSON, service, SimulatedService.LABELS);
    }

    /// A pipeline gives the service another image.
    public synchronized void deploy(String service, String image) {
        deploy(service, image, Flaw.NONE, "");
    }

    /// The same with an image whose every task ends with an error soon after it runs.
    public synchronized void deployCrashing(String service, String image) {
        deploy(service, image, Flaw.CRASHES, "");
    }

    /// The same with an image whose tasks are rejected in these words; prepared for ever without.
    public synchronized void deployUnstartable(String service, String image, String words) {
        deploy(service, image, words.isEmpty() ? Flaw.HANGS : Flaw.NO_IMAGE, words);
    }

    private void deploy(String name, String image, Flaw flaw, String words) {
        service(name).deploy(image, flaw, words, clock.instant());
        changedBy(Provenance.DEPLOYMENT, name, SimulatedService.IMAGE);
    }

    // --- load ---

    /// Gives a service work: so many units, of which one task does so many at a time.
    public synchronized void load(String service, double load, double capacity) {
        if (load < 0 || capacity <= 0) {
            throw new IllegalArgumentException(
                    "load must be 0 or more and capacity above 0: %s, %s"
                            .formatted(load, capacity));
        }
        SimulatedService loaded = service(service);
        loaded.load = load;
        loaded.capacity = capacity;
    }

    /// How much of its capacity a service needs: 1 is all of it. 0 when it was never given work.
    public synchronized double pressure(String service) {
        return swarm.pressure(service(service));
    }

    /// The pressure of every service that was given a capacity.
    synchronized SortedMap<String, Double> pressures() {
        return swarm.pressures();
    }

    // --- faults ---

    /// One running task of the service ends with an error.
    ///
    /// @throws IllegalStateException when none runs
    public synchronized void crash(String service) {
        SimulatedService crashing = service(service);
        SimulatedTask task =
                swarm.of(crashing).stream()
                        .filter(SimulatedTask::isRunning)
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "no task of " + service + " runs, so none can crash"));
        swarm.crash(task, clock.instant());
        crashing.dueAt = soon();
        looks.changed();
    }

    /// From now on the image cannot be pulled: tasks that run go on, new ones are rejected.
    public synchronized void breakImage(String service) {
        service(service).flaw = Flaw.NO_IMAGE;
    }

    /// From now on every task of the service ends with an error soon after it runs.
    public synchronized void crashLoop(String service) {
        SimulatedService crashing = service(service);
        crashing.flaw = Flaw.CRASHES;
        swarm.of(crashing).stream()
                .filter(SimulatedTask::isRunning)
                .forEach(task -> task.nextAt = soon());
    }

    /// Ends what [#breakImage(String)] and [#crashLoop(String)] began.
    public synchronized void mend(String service) {
        service(service).flaw = Flaw.NONE;
    }

    /// The machine is gone at once; Swarm calls it down after the heartbeat.
    public synchronized void fail(String node) {
        SimulatedNode failing = node(node);
        failing.alive = false;
        failing.noticedAt = clock.instant().plus(pace.heartbeat());
        looks.changed();
    }

    /// The machine is back; what still runs on it and was replaced is stopped.
    public synchronized void restore(String node) {
        SimulatedNode restored = node(node);
        restored.alive = true;
        restored.noticedAt = soon();
        looks.changed();
    }

    /// The machine comes back from a restart: nothing runs on it any more.
    public synchronized void reboot(String node) {
        swarm.crashAllOn(node, clock.instant());
        restore(node);
    }

    /// Another manager leads; for so long no node's state is known.
    public synchronized void leaderChanges(Duration unknownFor) {
        swarm.leaderChanges(clock.instant().plus(unknownFor));
        looks.changed();
    }

    /// Somebody else drains, pauses or activates the node.
    public synchronized void availability(String node, Node.Availability availability) {
        SimulatedNode set = node(node);
        set.availability(availability);
        set.noticedAt = set.noticedAt == null ? soon() : set.noticedAt;
        looks.changed();
    }

    /// From now on this watcher's looks fail.
    ///
    /// @param watcher `services`, `tasks` or `nodes`
    public synchronized void blind(String watcher, String reason) {
        mishaps.blind(watcher, reason);
        looks.changed();
    }

    /// Ends what [#blind(String, String)] began.
    public synchronized void see(String watcher) {
        mishaps.see(watcher);
        looks.changed();
    }

    /// The next write is certainly not done.
    public synchronized void failNext(String reason) {
        mishaps.next(new Report.Failed(reason), false);
    }

    /// The next write finds that somebody else was faster.
    public synchronized void conflictNext(String reason) {
        mishaps.next(new Report.Conflicted(reason), false);
    }

    /// The answer to the next write is lost.
    ///
    /// @param arrives true when it is done all the same
    public synchronized void loseNext(String reason, boolean arrives) {
        mishaps.next(new Report.Lost(reason), arrives);
    }

    /// The answer to the next write is lost, and the write arrives only after that time.
    public synchronized void delayNext(String reason, Duration arrivesAfter) {
        mishaps.next(new Mishaps.Mishap(new Report.Lost(reason), arrivesAfter));
    }

    // --- watching ---

    /// Lets everything happen that is due until now, and looks: when something changed, and now and
    /// then when nothing did.
    public synchronized List<Signal.Volatile> advance(Instant now) {
        late.takeDue(now).forEach(each -> written(each.action(), each.draft()));
        if (swarm.runTo(now)) {
            looks.changed();
        }
        return looks.isDue(now) ? looks.take(now, services(), nodes(), tasks()) : List.of();
    }

    /// When something happens by itself next; empty when everything rests.
    public synchronized Optional<Instant> nextEvent() {
        return Optional.ofNullable(late.earlier(swarm.next()));
    }

    /// The services as they are, whether watched or not.
    public synchronized List<Service> services() {
        return swarm.services.values().stream().map(SimulatedService::fact).toList();
    }

    /// The nodes as they are, whether watched or not.
    public synchronized List<Node> nodes() {
        return swarm.nodes.values().stream().map(SimulatedNode::fact).toList();
    }

    /// The tasks as they are, whether watched or not.
    public synchronized List<Task> tasks() {
        return swarm.tasks.values().stream().map(SimulatedTask::fact).toList();
    }

    /// How many of our writes changed the cluster.
    public synchronized long writes() {
        return writes;
    }

    /// From now on this hears of each write of ours that has changed the cluster.
    public synchronized void onWrite(Consumer<Action.OnSwarm> listener) {
        whenWritten = listener;
    }

    // --- writing ---

    @Override
    public Report perform(Action.OnSwarm action, Clearance clearance) {
        Writes.Draft draft = draft(action);
        if (draft.refusal() != null) {
            return draft.refusal();
        }
        // Not under the lock: recording the start takes as long as a disk takes.
        Optional<String> reason = clearance.request(draft.trace());
        return reason.isPresent() ? new Report.Withheld(reason.get()) : write(action, draft);
    }

    private synchronized Writes.Draft draft(Action.OnSwarm action) {
        return Writes.draft(swarm, action);
    }

    private synchronized Report write(Action.OnSwarm action, Writes.Draft draft) {
        Mishaps.Mishap mishap = mishaps.poll();
        if (mishap == null) {
            return written(action, draft);
        }
        Duration after = mishap.arrivesAfter();
        if (after != null && after.isPositive()) {
            late.add(action, draft, clock.instant().plus(after));
        } else if (after != null) {
            written(action, draft);
        }
        return mishap.report();
    }

    private Report written(Action.OnSwarm action, Writes.Draft draft) {
        Optional<Report> conflict = Writes.conflict(swarm, action, draft);
        if (conflict.isPresent()) {
            return conflict.get();
        }
        switch (action) {
            case Action.OnService onService -> {
                SimulatedService written = service(onService.service());
                changedBy(Provenance.OURS, written.name, written.write(onService, clock.instant()));
            }
            case Action.SetAvailability set -> availability(set.node(), set.to());
        }
        writes++;
        whenWritten.accept(action);
        return new Report.Taken(draft.trace());
    }

    private void changedBy(Provenance whose, String service, String path) {
        looks.changed(service, clock.instant(), whose, path);
    }

    private Instant soon() {
        return clock.instant().plusMillis(1);
    }

    private SimulatedService service(String name) {
        SimulatedService service = swarm.services.get(name);
        if (service == null) {
            throw new IllegalArgumentException(
                    "there is no service %s; there are %s"
                            .formatted(name, swarm.services.keySet()));
        }
        return service;
    }

    private SimulatedNode node(String id) {
        SimulatedNode node = swarm.nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException(
                    "there is no node %s; there are %s".formatted(id, swarm.nodes.keySet()));
        }
        return node;
    }
}
