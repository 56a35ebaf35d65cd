package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.Lease;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the lease of a cluster: looks at its config, writes to it as [Tenure] says, and tells
/// everybody how it stands. On a virtual thread of its own.
final class SwarmLease implements Lease {
    private static final Logger LOG = LoggerFactory.getLogger(SwarmLease.class);

    /// All leases of the swarm, so that one of another name is noticed as well.
    private static final String LEASES =
            "/configs?filters="
                    + Docker.encoded("{\"name\":{\"%s\":true}}".formatted(LeaseConfig.PREFIX));

    private final Docker docker;
    private final SwarmSettings.Lease settings;
    private final Duration call;
    private final InstantSource clock;
    private final String name;
    private final Thread thread = Thread.ofVirtual().name("swarm lease").unstarted(this::run);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Set<String> noticed = new TreeSet<>();
    private volatile Right right = Right.UNASKED;
    private volatile boolean givesUp;
    private @Nullable Identity identity;
    private @Nullable Tenure tenure;
    private String said = "";

    SwarmLease(Docker docker, SwarmSettings settings, InstantSource clock) {
        this.docker = docker;
        this.settings = settings.lease();
        this.call = settings.answer();
        this.clock = clock;
        this.name = LeaseConfig.name(settings.lease().cluster());
    }

    @Override
    public Standing standing() {
        return right.at(Moment.now(clock));
    }

    void start() {
        thread.start();
    }

    /// Leads no more from now on, and says so to the next, if that can be said in this time.
    void giveUp(Duration patience) throws InterruptedException {
        givesUp = true;
        stop(patience);
    }

    /// Stops without a word: the next waits until the lease has run out.
    void stop(Duration patience) throws InterruptedException {
        stopping.countDown();
        if (thread.getState() != Thread.State.NEW && !thread.join(patience)) {
            thread.interrupt();
            thread.join();
        }
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                pause = round();
                say();
            }
            if (givesUp && tenure != null) {
                farewell(tenure);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget();
        }
    }

    /// Looks once, and writes when that is due.
    ///
    /// @return how long until the next
    private Duration round() throws InterruptedException {
        try {
            Tenure mine = tenure();
            Tenure.Step step = mine.seen(look(), Moment.now(clock));
            right = mine.right();
            return switch (step) {
                case Tenure.Step.Look look -> look.in();
                case Tenure.Step.Write write -> write(mine, write);
            };
        } catch (DockerException e) {
            return failed(e.reason());
        } catch (IOException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("the lease could not be looked at for an unforeseen reason", e);
            return failed("an unforeseen failure, see the log: " + e);
        }
    }

    private Tenure tenure() throws IOException {
        if (tenure == null) {
            Identity mine = Identity.of(settings.directory());
            identity = mine;
            tenure = new Tenure(mine.id(), mine.name(), settings.length(), call);
        }
        return tenure;
    }

    private Duration failed(String why) {
        if (tenure == null) {
            right = right.doubting(why);
            return Tenure.pause(settings.length());
        }
        Duration pause = tenure.failed(why);
        right = tenure.right();
        return pause;
    }

    private LeaseConfig.Seen look() throws DockerException, InterruptedException {
        JsonNode list = docker.get(LEASES);
        if (!list.isArray()) {
            throw DockerException.answered(
                    0, "Docker answered something that is no list of configs");
        }
        LeaseConfig.Seen seen = new LeaseConfig.Absent();
        for (JsonNode config : list) {
            String found = config.path("Spec").path("Name").asText("");
            if (found.equals(name)) {
                seen = LeaseConfig.read(config);
            } else if (found.startsWith(LeaseConfig.PREFIX)) {
                notice(found, LeaseConfig.read(config));
            }
        }
        return seen;
    }

    /// Two clusters of different names on one swarm do not see each other's lease.
    private void notice(String found, LeaseConfig.Present other) {
        if (other.note() instanceof LeaseConfig.Entry entry
                && entry.state() != LeaseConfig.State.RELEASED
                && noticed.add(found)) {
            LOG.warn(
                    "this swarm also has the lease {}, of {}: if that one lives, both act on this swarm; give both the same homeostat.cluster.name, or remove that config",
                    found,
                    entry.host());
        }
    }

    private Duration write(Tenure mine, Tenure.Step.Write write)
            throws DockerException, InterruptedException {
        Moment before = Moment.now(clock);
        send(write);
        Duration pause = mine.wrote(write, before);
        boolean led = right.leads(before);
        right = mine.right();
        if (!led && right.leads(Moment.now(clock))) {
            LOG.info("this process leads (epoch {}): {}", write.entry().epoch(), write.why());
        }
        return pause;
    }

    private void send(Tenure.Step.Write write) throws DockerException, InterruptedException {
        LeaseConfig.Present on = write.on();
        if (on == null) {
            docker.post("/configs/create", LeaseConfig.fresh(name, write.entry()));
        } else {
            docker.post(
                    "/configs/%s/update?version=%d"
                            .formatted(Docker.encoded(on.id()), on.version()),
                    LeaseConfig.changed(on, write.entry()));
        }
    }

    private void farewell(Tenure mine) throws InterruptedException {
        mine.resign();
        right = mine.right();
        try {
            Optional<Tenure.Step.Write> farewell = mine.farewell(look());
            if (farewell.isPresent()) {
                send(farewell.get());
                LOG.info("this process gave the lease up; the next need not wait");
            }
        } catch (DockerException e) {
            LOG.warn(
                    "the lease could not be given up; the next waits until it has run out: {}",
                    e.reason());
        }
    }

    /// Says how it stands when that is news.
    private void say() {
        Standing standing = standing();
        String kind =
                switch (standing) {
                    case Standing.Ours ours -> "ours " + ours.epoch();
                    case Standing.Unsure _ -> "unsure";
                    case Standing.Elsewhere elsewhere ->
                            elsewhere.holder() + " " + elsewhere.since();
                };
        if (kind.equals(said)) {
            return;
        }
        said = kind;
        switch (standing) {
            case Standing.Ours _ -> {
                // Said where it became ours, with the reason.
            }
            case Standing.Unsure unsure ->
                    LOG.warn("{}; nothing is sent to the cluster", unsure.text());
            case Standing.Elsewhere elsewhere -> LOG.info("{}", elsewhere.text());
        }
    }

    private void forget() {
        if (identity == null) {
            return;
        }
        try {
            identity.close();
        } catch (IOException e) {
            LOG.warn("the file of our identity could not be closed: {}", e.toString());
        }
    }
}
