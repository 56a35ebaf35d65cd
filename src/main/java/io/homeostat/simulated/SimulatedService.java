package io.homeostat.simulated;

import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Sorted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A service as it is specified, and what is wrong with it.
final class SimulatedService {
    /// Paths in Docker's `Spec`.
    static final String REPLICAS = "Mode.Replicated.Replicas";

    static final String FORCE_UPDATE = "TaskTemplate.ForceUpdate";
    static final String IMAGE = "TaskTemplate.ContainerSpec.Image";
    static final String LABELS = "Labels";

    /// What happens to every task that is started.
    enum Flaw {
        NONE,
        /// The image cannot be pulled: no task gets as far as running.
        NO_IMAGE,
        /// Every task ends with an error soon after it runs.
        CRASHES,
        /// No task gets ready, and none fails.
        HANGS
    }

    final String name;
    final Service.Mode mode;
    String image;
    private final @Nullable String stack;
    private SortedMap<String, String> labels;
    private long version = 10;
    private Instant updatedAt;
    private String hash = "";
    private long hashedVersion;
    @Nullable Integer replicas;
    long forceUpdate;

    /// Tasks of a lower one are replaced, one after the other.
    long generation;

    /// Tasks of this one are as specified, too: a rollback brought their specification back.
    private long revived = -1;

    /// What there was of each content before the last change of it.
    private final SortedMap<String, Former> formers = new TreeMap<>();

    Service.Update update = Service.Update.NONE;
    Flaw flaw = Flaw.NONE;

    /// What Docker says of tasks that are rejected; empty for what it says of an image that is
    /// gone.
    private String rejection = "";

    /// Work to do, and how much of it one task does.
    double load;

    double capacity;

    /// When the tasks are next compared with what is wanted, at the latest.
    @Nullable Instant dueAt;

    SimulatedService(
            String name,
            Service.Mode mode,
            @Nullable Integer replicas,
            String image,
            Map<String, String> labels,
            Instant at) {
        this.name = name;
        this.mode = mode;
        this.replicas = replicas;
        this.image = image;
        this.labels = Sorted.copy(labels);
        this.stack = labels.get("com.docker.stack.namespace");
        this.updatedAt = at;
    }

    long version() {
        return version;
    }

    void labels(Map<String, String> changed, Instant at) {
        labels = Sorted.copy(changed);
        written(at);
    }

    void scale(int to, Instant at) {
        replicas = to;
        written(at);
    }

    /// What tasks were made from, and the generation of those that were.
    private record Former(
            String image, long forceUpdate, long generation, Flaw flaw, String rejection) {}

    private void leave() {
        formers.put(contentHash(), new Former(image, forceUpdate, generation, flaw, rejection));
    }

    /// Another image, as a deployment brings it.
    void deploy(String changed, Flaw itsFlaw, String words, Instant at) {
        leave();
        image = changed;
        flaw = itsFlaw;
        rejection = words;
        renew(at);
    }

    String rejection() {
        return rejection.isEmpty() ? "No such image: " + image : rejection;
    }

    /// True for tasks that need not be replaced.
    boolean isCurrent(SimulatedTask task) {
        return task.generation == generation || task.generation == revived;
    }

    private void renew(Instant at) {
        generation++;
        revived = -1;
        update = Service.Update.UPDATING;
        written(at);
    }

    /// Why this action does not fit what is there; null when it does.
    @Nullable Report refusal(Action.OnService action) {
        return switch (action) {
            case Action.ScaleService(String _, int from, int _) ->
                    replicas != null && replicas == from
                            ? null
                            : new Report.Conflicted(
                                    "%s wants %s replicas, not %d".formatted(name, replicas, from));
            case Action.RestartService(String _, long counter) ->
                    forceUpdate == counter
                            ? null
                            : new Report.Conflicted(
                                    "%s was restarted meanwhile: its counter is %d, not %d"
                                            .formatted(name, forceUpdate, counter));
            case Action.DeployService deploy ->
                    deploy.from().equals(specHash(replicas, image, forceUpdate))
                            ? null
                            : new Report.Conflicted(name + " was changed meanwhile");
            case Action.RollbackService back -> {
                if (!back.from().equals(specHash(replicas, image, forceUpdate))) {
                    yield new Report.Conflicted(name + " was changed meanwhile");
                }
                yield former(back) == null
                        ? new Report.Failed(name + " was never specified so")
                        : null;
            }
        };
    }

    /// The hash that the specification has after this action.
    String hashAfter(Action.OnService action) {
        return switch (action) {
            case Action.ScaleService scale -> specHash(scale.to(), image, forceUpdate);
            case Action.RestartService restart ->
                    specHash(replicas, image, restart.forceUpdate() + 1);
            case Action.DeployService deploy -> specHash(replicas, deploy.image(), forceUpdate);
            case Action.RollbackService back ->
                    specHash(replicas, Objects.requireNonNull(former(back)).image(), forceUpdate);
        };
    }

    /// @return the path of the specification that is different now
    String write(Action.OnService action, Instant at) {
        return switch (action) {
            case Action.ScaleService scale -> {
                scale(scale.to(), at);
                yield REPLICAS;
            }
            case Action.RestartService restart -> {
                forceUpdate = restart.forceUpdate() + 1;
                renew(at);
                yield FORCE_UPDATE;
            }
            case Action.DeployService deploy -> {
                deploy(deploy.image(), Flaw.NONE, "", at);
                yield IMAGE;
            }
            case Action.RollbackService rollback -> {
                Former back = Objects.requireNonNull(former(rollback));
                leave();
                image = back.image();
                rejection = back.rejection();
                flaw = back.flaw();
                renew(at);
                revived = back.forceUpdate() == forceUpdate ? back.generation() : -1;
                yield IMAGE;
            }
        };
    }

    private @Nullable Former former(Action.RollbackService rollback) {
        String content = rollback.to();
        return content == null ? null : formers.get(content);
    }

    /// Swarm counts its own notes on an update as a new version, too.
    void updated(Service.Update how) {
        update = how;
        version++;
    }

    private void written(Instant at) {
        version++;
        updatedAt = at;
        // Later than the write: whoever asks for fresh tasks compares the times.
        dueAt = at.plusMillis(1);
    }

    Service fact() {
        ServiceLabels read = ServiceLabels.read(labels);
        return new Service(
                "sim-" + name,
                name,
                version,
                stack,
                mode,
                replicas,
                image,
                forceUpdate,
                labels,
                read.scale(),
                read.bad(),
                update,
                true,
                1,
                updatedAt,
                hash(),
                contentHash());
    }

    /// It is asked for at every look, and computed once for each version.
    private String hash() {
        if (hashedVersion != version) {
            hashedVersion = version;
            hash = specHash(replicas, image, forceUpdate);
        }
        return hash;
    }

    private String specHash(@Nullable Integer replicas, String image, long forceUpdate) {
        return sha256(
                "%s %s %s %s %d %s".formatted(name, mode, replicas, image, forceUpdate, labels));
    }

    private String contentHash() {
        return sha256("%s %s".formatted(name, image));
    }

    private static String sha256(String spec) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(spec.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
