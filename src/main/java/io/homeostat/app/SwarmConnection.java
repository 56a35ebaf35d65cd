package io.homeostat.app;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Images;
import io.homeostat.engine.Lease;
import io.homeostat.engine.Picture;
import io.homeostat.engine.Specifications;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.incident.Incident;
import io.homeostat.swarm.SwarmEdge;
import io.homeostat.swarm.SwarmSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Docker Swarm, looked at more closely where something is going on.
final class SwarmConnection implements ClusterConnection {
    private static final Logger LOG = LoggerFactory.getLogger(SwarmConnection.class);

    private final String hosts;
    private final Duration quickPoll;
    private final Supplier<EngineLoop> loop;
    private final SwarmEdge edge;
    private final LogEvidence evidence;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread focus = Thread.ofVirtual().name("homeostat-focus").unstarted(this::run);

    /// @param data the directory in which the process keeps who it is
    /// @param specifications keeps the specifications that are seen
    /// @param loop where looks are offered; asked only after [#connect]
    SwarmConnection(
            Settings.Cluster settings,
            Path data,
            Specifications specifications,
            Supplier<EngineLoop> loop,
            InstantSource clock) {
        this.hosts = String.join(", ", settings.dockerHosts().stream().map(URI::toString).toList());
        this.quickPoll = settings.quickPoll();
        this.loop = loop;
        SwarmSettings usual =
                SwarmSettings.of(
                        settings.dockerHosts(),
                        new SwarmSettings.Lease(settings.name(), settings.leaseFor(), data));
        this.edge =
                new SwarmEdge(
                        new SwarmSettings(
                                usual.hosts(),
                                usual.connect(),
                                settings.callTimeout(),
                                settings.resync(),
                                settings.tasksFastest(),
                                settings.tasksSlowest(),
                                usual.tasksFactor(),
                                settings.quickPoll(),
                                usual.silence(),
                                usual.retryFirst(),
                                usual.retryMost(),
                                settings.failover(),
                                settings.registryConfig(),
                                usual.lease()),
                        specifications,
                        clock,
                        signal -> loop.get().offer(signal));
        this.evidence =
                new LogEvidence(
                        edge::log,
                        reading -> Thread.ofVirtual().name("homeostat-logs").start(reading),
                        signal -> loop.get().offer(signal));
    }

    @Override
    public String text() {
        return "the Swarm at " + hosts;
    }

    @Override
    public Actuator<Action.OnSwarm> actuator() {
        return edge;
    }

    @Override
    public Images images() {
        return edge.images();
    }

    @Override
    public Lease lease() {
        return edge.lease();
    }

    @Override
    public void giveUpLease(Duration patience) throws InterruptedException {
        edge.giveUpLease(patience);
    }

    @Override
    public void connect() {
        edge.start();
        focus.start();
    }

    private void run() {
        try {
            do {
                Picture picture = loop.get().picture();
                edge.watchClosely(closely(picture));
                edge.recognise(traces(picture));
                evidence.look(picture.facts(), picture.incidents());
            } while (!closed.await(quickPoll.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// Services with an open alert, an incident, a deployment, an update or an action without an
    /// outcome.
    static SortedSet<String> closely(Picture picture) {
        SortedSet<String> names = new TreeSet<>();
        picture.facts()
                .forEach(fact -> {
                    if (fact instanceof Alert alert && alert.service() != null) {
                        names.add(alert.service().name());
                    }
                    if (fact instanceof Deployment deployment && deployment.begun()) {
                        names.add(deployment.service());
                    }
                    if (fact instanceof Service service && service.updating()) {
                        names.add(service.name());
                    }
                });
        for (Incident incident : picture.incidents()) {
            if (incident.subject().kind() == Subject.Kind.SERVICE) {
                names.add(incident.subject().name());
            }
        }
        for (Undertaking undertaking : picture.unsettled()) {
            if (undertaking.action() instanceof Action.OnSwarm) {
                names.add(undertaking.subject().name());
            }
        }
        return names;
    }

    private static SortedSet<String> traces(Picture picture) {
        SortedSet<String> traces = new TreeSet<>();
        for (Undertaking undertaking : picture.unsettled()) {
            if (undertaking.trace() != null) {
                traces.add(undertaking.trace());
            }
        }
        return traces;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            edge.close();
        } catch (IOException broken) {
            LOG.warn("the connection to Docker could not be closed: {}", broken.getMessage());
        }
    }
}
