package io.homeostat.simulated;

import io.homeostat.fact.Task;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A task on its way from new to gone.
final class SimulatedTask {
    final String id;
    final String service;
    final @Nullable Integer slot;
    final long generation;
    private final String image;
    private final Instant createdAt;
    private long version = 1;
    @Nullable String node;
    Task.State state = Task.State.NEW;
    Task.State desired = Task.State.RUNNING;

    /// When it changes next; null when it stays as it is.
    @Nullable Instant nextAt;

    private Instant since;
    private @Nullable Integer exitCode;
    private @Nullable String message;

    /// @param generation the counter of forced updates that it was made for
    SimulatedTask(
            String id,
            String service,
            @Nullable Integer slot,
            @Nullable String node,
            long generation,
            String image,
            Instant at) {
        this.id = id;
        this.service = service;
        this.slot = slot;
        this.node = node;
        this.generation = generation;
        this.image = image;
        this.createdAt = at;
        this.since = at;
    }

    /// True when it is meant to run and has not ended.
    boolean isLive() {
        return desired == Task.State.RUNNING && !hasEnded();
    }

    boolean isRunning() {
        return desired == Task.State.RUNNING && state == Task.State.RUNNING;
    }

    boolean hasEnded() {
        return switch (state) {
            case COMPLETE, SHUTDOWN, FAILED, REJECTED, REMOVE, ORPHANED -> true;
            case NEW, ALLOCATED, PENDING, ASSIGNED, ACCEPTED, PREPARING, READY, STARTING, RUNNING ->
                    false;
        };
    }

    void enter(Task.State next, Instant at, @Nullable Instant then) {
        state = next;
        since = at;
        nextAt = then;
        message = null;
        version++;
    }

    /// No node takes it.
    void waits(Instant at, String why) {
        enter(Task.State.PENDING, at, null);
        message = why;
    }

    void end(Task.State how, Instant at, @Nullable Integer exitCode, String message) {
        enter(how, at, null);
        desired = Task.State.SHUTDOWN;
        this.exitCode = exitCode;
        this.message = message;
    }

    /// Asked to stop, which it does at the given instant; null when its node cannot be reached.
    ///
    /// @param how SHUTDOWN to stay in the history, REMOVE to vanish once stopped
    void stop(Task.State how, @Nullable Instant then) {
        desired = how;
        nextAt = then;
        version++;
    }

    Task fact() {
        return new Task(
                id, service, slot, node, version, state, desired, image, since, createdAt, exitCode,
                message);
    }
}
