package io.homeostat.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One task of a service. Its service may not be known yet: views of different kinds arrive in any
/// order.
///
/// @param id Docker's ID
/// @param service the name of its service, or the service's ID while that name is not known
/// @param slot its slot; null for global services
/// @param node the ID of the node it was given to, null while it has none
/// @param version Docker's `Version.Index`; a lower one than held is ignored
/// @param state where it is
/// @param desired where Swarm wants it to be
/// @param image the image it runs
/// @param since when it entered its state
/// @param createdAt when Swarm made it
/// @param exitCode the container's exit code, null unless it ended
/// @param message what Docker says of an error; null when nothing
public record Task(
        String id,
        String service,
        @Nullable Integer slot,
        @Nullable String node,
        long version,
        State state,
        State desired,
        String image,
        Instant since,
        Instant createdAt,
        @Nullable Integer exitCode,
        @Nullable String message)
        implements Fact {
    /// Docker's task states, in the order in which a task goes through them.
    public enum State {
        NEW,
        ALLOCATED,
        PENDING,
        ASSIGNED,
        ACCEPTED,
        PREPARING,
        READY,
        STARTING,
        RUNNING,
        COMPLETE,
        SHUTDOWN,
        FAILED,
        REJECTED,
        REMOVE,
        ORPHANED
    }

    @Override
    public Subject subject() {
        return new Subject(Subject.Kind.TASK, id);
    }

    /// True when it runs and is meant to.
    public boolean running() {
        return state == State.RUNNING && desired == State.RUNNING;
    }
}
