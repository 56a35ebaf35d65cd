package io.homeostat.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That a service is to run another image, and how far that has come. It is held for a while after
/// its end.
///
/// @param id ours
/// @param service the name of the service
/// @param image the image with its tag and its digest: the tag was looked up once, when the
///   deployment was accepted
/// @param requestedBy who wishes it
/// @param reason the reason given
/// @param forced true when it was wished although its image is in quarantine
/// @param at when it was accepted
/// @param state how far it has come
/// @param since since when it is so
/// @param fault what speaks against what it brought, in a sentence; null while nothing does
/// @param note why it stands where it stands, in a sentence; empty when there is nothing to say
public record Deployment(
        String id,
        String service,
        String image,
        String requestedBy,
        String reason,
        boolean forced,
        Instant at,
        State state,
        Instant since,
        @Nullable String fault,
        String note)
        implements Fact {
    /// How far a deployment has come.
    public enum State {
        /// It waits for its turn, or for what holds it back.
        ACCEPTED,
        /// Docker took it, and its tasks are on their way.
        DEPLOYING,
        /// All its tasks run, and are watched.
        WATCHING,
        /// All its tasks have run well for the watch time.
        COMPLETED,
        /// It did not run well, and the service is specified as it was before.
        TAKEN_BACK,
        /// Another took its place.
        SUPERSEDED,
        /// It could not be done, or not be taken back.
        FAILED
    }

    @Override
    public Subject subject() {
        return new Subject(Subject.Kind.DEPLOYMENT, id);
    }

    /// True until it has ended, one way or another.
    public boolean open() {
        return switch (state) {
            case ACCEPTED, DEPLOYING, WATCHING -> true;
            case COMPLETED, TAKEN_BACK, SUPERSEDED, FAILED -> false;
        };
    }

    /// True while the service runs it, or is on its way to or from it.
    public boolean begun() {
        return open() && state != State.ACCEPTED;
    }

    /// True while what it brought is to go away again.
    public boolean faulty() {
        return begun() && fault != null;
    }

    /// The same, in another state from this instant on.
    public Deployment in(State next, Instant when, String why) {
        return new Deployment(
                id, service, image, requestedBy, reason, forced, at, next, when, fault, why);
    }

    /// The same, with what speaks against it.
    public Deployment faulty(String what) {
        return new Deployment(
                id, service, image, requestedBy, reason, forced, at, state, since, what, note);
    }
}
