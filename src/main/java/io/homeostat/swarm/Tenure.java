package io.homeostat.swarm;

import io.homeostat.swarm.LeaseConfig.Absent;
import io.homeostat.swarm.LeaseConfig.Entry;
import io.homeostat.swarm.LeaseConfig.Garbled;
import io.homeostat.swarm.LeaseConfig.Present;
import io.homeostat.swarm.LeaseConfig.Seen;
import io.homeostat.swarm.LeaseConfig.State;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one process concludes from what it sees of the lease, and what it is to write. It has no
/// clock and makes no calls. Not thread-safe.
///
/// Two rules carry it. Whoever leads counts from before its renewal was sent. Whoever waits counts
/// from when it first saw that renewal, on its own clock, and waits longer than the renewal is good
/// for. So the first has stopped before the second begins, whatever their clocks show; and as each
/// write names the version that was seen, only one of those who wait can be the second.
final class Tenure {
    private static final int RENEWALS_PER_LEASE = 3;
    private static final int LOOKS_PER_LEASE = 10;

    /// What is to be done next.
    sealed interface Step {
        /// Nothing is to be written; look again.
        record Look(Duration in) implements Step {}

        /// @param on what is to be changed; null when it is to be created
        /// @param why why it is ours to write, for people
        record Write(@Nullable Present on, Entry entry, String why) implements Step {}
    }

    /// What somebody else wrote, and since when we see it unchanged.
    private record Watched(String id, long version, Moment since) {
        boolean isStill(Present present) {
            return id.equals(present.id()) && version == present.version();
        }
    }

    private final String id;
    private final String host;
    private final Duration length;
    private final Duration call;
    private Right right = Right.UNASKED;
    private long sent;
    private long inherited = -1;
    private long highest;
    private Duration longest;
    private @Nullable Moment claimedAt;
    private @Nullable Watched watched;

    /// @param id who we are; whoever has the same is our former process, and dead
    /// @param host how we call ourselves to people
    /// @param length how long our lease lasts
    /// @param call how long the longest call to the cluster takes
    Tenure(String id, String host, Duration length, Duration call) {
        this.id = id;
        this.host = host;
        this.length = length;
        this.call = call;
        this.longest = length;
    }

    Right right() {
        return right;
    }

    /// @param at after the look
    Step seen(Seen seen, Moment at) {
        return switch (seen) {
            case Absent _ -> absent(at);
            case Present present ->
                    switch (present.note()) {
                        case Garbled garbled -> garbled(present, garbled, at);
                        case Entry entry -> entry(present, entry, at);
                    };
        };
    }

    /// There is none: it never was, or somebody removed it, and then another may still believe to
    /// have it until that runs out. Whoever has it writes it again; whoever has not waits that long
    /// after writing it.
    private Step absent(Moment at) {
        watched = null;
        boolean leads = right.leads(at);
        claimedAt = leads ? null : at;
        highest = Math.max(highest, sent);
        return write(null, highest + 1, at, leads ? "it was removed" : "there was none");
    }

    /// Somebody meddled with it. What we have we keep; else it is as if another had it.
    private Step garbled(Present present, Garbled garbled, Moment at) {
        if (right.leads(at)) {
            highest = Math.max(highest, sent);
            return write(present, highest + 1, at, "its labels were changed: " + garbled.why());
        }
        Duration left = left(present, longest, at);
        right =
                new Right(
                        null,
                        null,
                        "the labels of its config cannot be read (%s); it is taken over in %d s unless they change"
                                .formatted(garbled.why(), seconds(left)));
        return left.isPositive()
                ? lookWithin(left)
                : take(present, at, "its labels could not be read: " + garbled.why());
    }

    private Step entry(Present present, Entry entry, Moment at) {
        highest = Math.max(highest, entry.epoch());
        longest = longest.compareTo(entry.length()) > 0 ? longest : entry.length();
        if (entry.state() == State.RELEASED) {
            return take(present, at, entry.host() + " gave it up");
        }
        if (!entry.holder().equals(id)) {
            return others(present, entry, at);
        }
        if (sent > 0 && entry.epoch() == sent) {
            watched = null;
            return write(
                    present,
                    sent,
                    at,
                    entry.state() == State.CLAIMED
                            ? "there was none, and nobody else turned up"
                            : "renewed");
        }
        if (sent == 0 || entry.epoch() == inherited) {
            inherited = entry.epoch();
            watched = null;
            claimedAt = entry.state() == State.CLAIMED ? at : null;
            return write(
                    present, highest + 1, at, "our former process on this data directory had it");
        }
        // Somebody calls itself as we do, and lives.
        return others(present, entry, at);
    }

    private Step others(Present present, Entry entry, Moment at) {
        Duration good = entry.length().compareTo(length) > 0 ? entry.length() : length;
        Duration left = left(present, good, at);
        Right.Other before = right.other();
        boolean known =
                before != null
                        && before.host().equals(entry.host())
                        && before.epoch() == entry.epoch();
        right =
                new Right(
                        null,
                        new Right.Other(
                                entry.host(),
                                entry.epoch(),
                                before != null && known ? before.since() : at.wall(),
                                at,
                                good.plus(call)),
                        entry.host() + " had it, and the swarm could not be asked since");
        return left.isPositive()
                ? lookWithin(left)
                : take(
                        present,
                        at,
                        "%s has not renewed it for %d s"
                                .formatted(entry.host(), seconds(good.plus(call))));
    }

    /// How long this must still stay as it is before it may be taken over.
    private Duration left(Present present, Duration good, Moment at) {
        if (watched == null || !watched.isStill(present)) {
            watched = new Watched(present.id(), present.version(), at);
        }
        return good.plus(call).minus(at.surelySince(watched.since()));
    }

    private Step take(Present present, Moment at, String why) {
        watched = null;
        claimedAt = null;
        return write(present, highest + 1, at, why);
    }

    private Step write(@Nullable Present on, long epoch, Moment at, String why) {
        sent = epoch;
        State state = untilRipe(at).isPositive() ? State.CLAIMED : State.HELD;
        return new Step.Write(on, new Entry(state, id, host, epoch, length), why);
    }

    private Duration untilRipe(Moment at) {
        return claimedAt == null
                ? Duration.ZERO
                : longest.plus(call).minus(at.surelySince(claimedAt));
    }

    private static long seconds(Duration time) {
        return Math.ceilDiv(time.toMillis(), 1000L);
    }

    /// How long to wait before the next look while nothing is to be written.
    static Duration pause(Duration length) {
        return length.dividedBy(LOOKS_PER_LEASE);
    }

    private Step lookWithin(Duration most) {
        Duration usual = pause(length);
        return new Step.Look(most.compareTo(usual) < 0 ? most : usual);
    }

    /// A write was taken.
    ///
    /// @param before before it was sent
    /// @return how long until the next look
    Duration wrote(Step.Write write, Moment before) {
        Duration renewal = length.dividedBy(RENEWALS_PER_LEASE);
        return switch (write.entry().state()) {
            case HELD -> {
                claimedAt = null;
                right =
                        new Right(
                                new Right.Renewal(write.entry().epoch(), before, length),
                                null,
                                "it could not be renewed in time");
                yield renewal;
            }
            case CLAIMED -> {
                Duration left = untilRipe(before);
                right =
                        new Right(
                                null,
                                null,
                                "there was no lease; this process leads in %d s, when whoever may have had one has noticed"
                                        .formatted(seconds(left)));
                yield left.compareTo(renewal) < 0 ? left : renewal;
            }
            case RELEASED -> renewal;
        };
    }

    /// A look or a write failed; what became of a write is seen by the next look.
    ///
    /// @return how long until the next look
    Duration failed(String why) {
        right = right.doubting(why);
        return pause(length);
    }

    /// From now on we do not lead, whatever is written.
    void resign() {
        right = new Right(null, null, "this process is stopping");
    }

    /// What is to be written after we resigned, so that the next need not wait; nothing when we did
    /// not lead, or led only in part.
    Optional<Step.Write> farewell(Seen seen) {
        if (seen instanceof Present present
                && present.note() instanceof Entry entry
                && entry.state() == State.HELD
                && entry.holder().equals(id)
                && entry.epoch() == sent) {
            return Optional.of(
                    new Step.Write(
                            present,
                            new Entry(State.RELEASED, id, host, sent, length),
                            "this process is stopping"));
        }
        return Optional.empty();
    }
}
