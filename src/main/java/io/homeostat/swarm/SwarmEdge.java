package io.homeostat.swarm;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.engine.Images;
import io.homeostat.engine.Lease;
import io.homeostat.engine.Signal;
import io.homeostat.engine.Specifications;
import io.homeostat.engine.TaskLog;
import io.homeostat.fact.Watcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// One Docker Swarm: signals what is seen in it, and carries out what is decided for it.
///
/// It comes back by itself from everything: a Docker that is stopped makes the watchers blind, with
/// the reason, until it answers again.
public final class SwarmEdge implements Actuator<Action.OnSwarm>, AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final int LOG_BYTES = 256 * 1024;
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /// Our place changes only with the process; this is for a Docker that joined another swarm.
    private static final int RESYNCS_PER_PLACE = 20;

    private final SwarmSettings settings;
    private final InstantSource clock;
    private final Consumer<Signal.Volatile> sink;
    private final Docker docker;
    private final SwarmLease lease;
    private final Traces traces = new Traces();
    private final TaskLooks tasks;
    private final ServiceWriting writing;
    private final NodeWriting nodeWriting;
    private final RegistryImages images;
    private final Rounds services;
    private final Rounds nodes;
    private final Rounds place;
    private final List<Rounds> rounds;
    private final EventLook events;
    private final List<Thread> threads = new ArrayList<>();

    /// @param specifications keeps the specifications that are seen
    /// @param sink takes what is seen; called on many threads, and must not block for long
    public SwarmEdge(
            SwarmSettings settings,
            Specifications specifications,
            InstantSource clock,
            Consumer<Signal.Volatile> sink) {
        this.settings = settings;
        this.clock = clock;
        this.sink = sink;
        this.docker = new Docker(settings);
        this.lease = new SwarmLease(docker, settings, clock);
        RegistryCredentials credentials = new RegistryCredentials(settings.registryConfig());
        KnownSpecifications known = new KnownSpecifications(specifications, clock);
        Sightings sightings = new Sightings(sink, traces, known);
        this.writing = new ServiceWriting(docker, sightings, known, credentials, traces, clock);
        this.images = new RegistryImages(docker, credentials);
        this.nodeWriting = new NodeWriting(docker, this::lookAtNodes);
        this.tasks = new TaskLooks(docker, sightings, settings, clock, sink);
        WhereWeRun where = new WhereWeRun(docker, settings.answer(), MOUNTS);
        this.events =
                new EventLook(
                        docker,
                        sightings,
                        clock,
                        settings.silence(),
                        this::lookAtAll,
                        this::lookAtNodes);
        docker.onLeaving(events::reopen);
        ObjectLooks objects =
                new ObjectLooks(docker, sightings, settings.resync(), clock, sink, events::isAlive);
        this.services = round("services", List.of(Watcher.SERVICES), objects::services);
        this.nodes = round("nodes", List.of(Watcher.NODES), objects::nodes);
        this.place =
                round(
                        "place",
                        List.of(),
                        () -> {
                            sink.accept(new Signal.PlaceFound(where.find()));
                            return settings.resync().multipliedBy(RESYNCS_PER_PLACE);
                        });
        this.rounds =
                new ArrayList<>(
                        List.of(
                                services,
                                nodes,
                                place,
                                round("events", List.of(Watcher.SERVICES, Watcher.NODES), events),
                                round("tasks", List.of(Watcher.TASKS), tasks::all),
                                round("tasks watched closely", List.of(), tasks::some)));
        if (docker.hasSeveral()) {
            rounds.add(round("Docker in use", List.of(), this::check));
        }
    }

    /// Asks what only a manager in touch with the others can answer, so that one that is lost is
    /// noticed however rarely we look.
    private Duration check() throws DockerException, InterruptedException {
        docker.get("/nodes");
        return settings.check();
    }

    /// Starts looking. Returns at once; a Docker that is not there is no reason not to start.
    public synchronized void start() {
        if (!threads.isEmpty()) {
            throw new IllegalStateException("the swarm is being watched already");
        }
        lease.start();
        for (Rounds round : rounds) {
            threads.add(Thread.ofVirtual().name("swarm " + round.name()).start(round));
        }
    }

    /// The right to write to this swarm, which is asked for from [#start] on.
    public Lease lease() {
        return lease;
    }

    /// Lets the next process write at once. Only when nothing that we sent is under way.
    ///
    /// @param patience how long that may take; without an answer the next one waits
    public void giveUpLease(Duration patience) throws InterruptedException {
        lease.giveUp(patience);
    }

    /// The images in the registries that this swarm reaches.
    public Images images() {
        return images;
    }

    /// Looks at the tasks of these services every second or so, until told otherwise.
    ///
    /// @param names the services' names; they replace those of the call before
    public void watchClosely(Collection<String> names) {
        tasks.watchClosely(names);
    }

    /// Makes specifications count as ours that were sent before this process began. Each counts
    /// once, however often it is given.
    ///
    /// @param sent the traces of actions that were started and are not settled
    public void recognise(Collection<String> sent) {
        traces.recognise(sent);
    }

    /// The end of what a task wrote. Whatever hinders that is said in the log's trouble.
    ///
    /// @param lines so many of the last ones
    public TaskLog log(String task, int lines) throws InterruptedException {
        try {
            TaskLog log = LogReading.read(docker.log(task, lines, LOG_BYTES), lines);
            return log.lines().isEmpty() && log.trouble().isEmpty()
                    ? new TaskLog(List.of(), LogReading.whySilent(docker.task(task)))
                    : log;
        } catch (DockerException e) {
            return new TaskLog(List.of(), e.reason());
        }
    }

    @Override
    public Report perform(Action.OnSwarm action, Clearance clearance) throws InterruptedException {
        return switch (action) {
            case Action.OnService service -> writing.perform(service, clearance);
            case Action.OnNode node -> nodeWriting.perform(node, clearance);
        };
    }

    /// Stops looking and closes all connections.
    @Override
    public synchronized void close() throws IOException {
        threads.forEach(Thread::interrupt);
        try {
            lease.stop(Duration.ZERO);
            for (Thread thread : threads) {
                thread.join(CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        docker.close();
    }

    private void lookAtAll() {
        services.soon();
        nodes.soon();
        place.soon();
    }

    private void lookAtNodes() {
        nodes.soon();
    }

    private Rounds round(String name, List<String> watchers, Rounds.Look look) {
        return new Rounds(name, watchers, look, settings, clock, sink);
    }
}
