package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what a committed turn asked for, each on a virtual thread of its own, and reports
/// back through the inbox. It tries once; whatever else is to be done the engine decides.
public final class Effects {
    private static final Logger LOG = LoggerFactory.getLogger(Effects.class);

    /// What stops every action on the cluster right now, beside freezes; empty when nothing does.
    @FunctionalInterface
    public interface Stop {
        Optional<String> reason();
    }

    /// What every action on the cluster has to pass right before it is sent.
    ///
    /// @param longestCall how long one call may take; the lease must last longer than that
    public record Gate(Stop stop, Lease lease, Duration longestCall) {
        /// What holds every action back at this instant, a sentence each by code.
        SortedMap<String, String> hindrances() {
            SortedMap<String, String> reasons = new TreeMap<>();
            stop.reason().ifPresent(reason -> reasons.put("stopped", reason));
            leaseLacks().ifPresent(reason -> reasons.put("lease", reason));
            return reasons;
        }

        private Optional<String> leaseLacks() {
            Lease.Standing standing = lease.standing();
            return switch (standing) {
                case Lease.Standing.Ours(var _, var left) ->
                        left.compareTo(longestCall) > 0
                                ? Optional.empty()
                                : Optional.of(
                                        "the lease ends in %d ms, and a call may take %d ms"
                                                .formatted(
                                                        left.toMillis(), longestCall.toMillis()));
                case Lease.Standing.Unsure _, Lease.Standing.Elsewhere _ ->
                        Optional.of(standing.text());
            };
        }
    }

    private final Actuator<Action.OnSwarm> swarm;
    private final Actuator<Action.ToPeople> people;
    private final Inbox inbox;
    private final Journal journal;
    private final Gate gate;
    private final InstantSource clock;
    private final Observer observer;
    private final Duration reportRetry;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("homeostat-effect-", 0).factory());

    /// @param reportRetry how long to wait before a report that could not be stored is stored again
    public Effects(
            Actuator<Action.OnSwarm> swarm,
            Actuator<Action.ToPeople> people,
            Inbox inbox,
            Journal journal,
            Gate gate,
            InstantSource clock,
            Observer observer,
            Duration reportRetry) {
        this.swarm = swarm;
        this.people = people;
        this.inbox = inbox;
        this.journal = journal;
        this.gate = gate;
        this.clock = clock;
        this.observer = observer;
        this.reportRetry = reportRetry;
    }

    /// The actions whose report is not durable yet.
    SortedSet<String> inHand() {
        return Sorted.copy(inHand);
    }

    /// What would hold back every action right now.
    SortedMap<String, String> hindrances() {
        return gate.hindrances();
    }

    /// Where the right to act is.
    Lease.Standing lease() {
        return gate.lease().standing();
    }

    /// Begins to carry out an action of a committed turn.
    ///
    /// @param picture what the engine holds to be true, for the last look at freezes before
    ///   anything is sent
    /// @param reported called after the report is durable
    void release(Undertaking undertaking, Supplier<Picture> picture, Runnable reported) {
        inHand.add(undertaking.id());
        try {
            threads.execute(() -> carryOut(undertaking, picture, reported));
        } catch (RejectedExecutionException stopping) {
            LOG.info("{} is not begun, because Homeostat is stopping", undertaking.action().text());
        }
    }

    private void carryOut(Undertaking undertaking, Supplier<Picture> picture, Runnable reported) {
        AtomicBoolean cleared = new AtomicBoolean();
        Clearance clearance =
                trace -> {
                    Optional<String> refusal = refusal(undertaking, picture, trace);
                    cleared.set(refusal.isEmpty());
                    return refusal;
                };
        Instant began = clock.instant();
        Report report = perform(undertaking, clearance, cleared);
        observer.reported(
                undertaking.action().kind(),
                report.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                Duration.between(began, clock.instant()));
        store(new Signal.ActionReported(undertaking.id(), report, clock.instant()));
        inHand.remove(undertaking.id());
        reported.run();
    }

    private Report perform(Undertaking undertaking, Clearance clearance, AtomicBoolean cleared) {
        try {
            return switch (undertaking.action()) {
                case Action.OnSwarm action -> swarm.perform(action, clearance);
                case Action.ToPeople action -> people.perform(action, clearance);
            };
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return cleared.get()
                    ? new Report.Lost("Homeostat stopped in the middle of the call")
                    : new Report.Withheld("Homeostat is stopping");
        } catch (RuntimeException broken) {
            LOG.error("{} failed in an unforeseen way", undertaking.action().text(), broken);
            String reason = broken.getClass().getSimpleName() + ": " + broken.getMessage();
            return cleared.get() ? new Report.Lost(reason) : new Report.Failed(reason);
        }
    }

    private Optional<String> refusal(
            Undertaking undertaking, Supplier<Picture> picture, String trace) {
        Optional<String> before = objection(undertaking, picture.get());
        if (before.isPresent()) {
            return before;
        }
        try {
            journal.started(undertaking.id(), clock.instant(), trace);
        } catch (StoreException full) {
            return Optional.of("its start could not be recorded: " + full.getMessage());
        }
        // The disk may have taken its time, and the lease has not waited for it.
        return objection(undertaking, picture.get());
    }

    private Optional<String> objection(Undertaking undertaking, Picture picture) {
        Instant now = clock.instant();
        if (now.isAfter(undertaking.deadline())) {
            return Optional.of("its deadline passed at " + undertaking.deadline());
        }
        if (undertaking.action() instanceof Action.OnSwarm) {
            SortedMap<String, String> hindrances = gate.hindrances();
            if (!hindrances.isEmpty()) {
                return Optional.of(String.join("; ", hindrances.values()));
            }
            for (Freeze freeze : picture.freezes()) {
                if (now.isBefore(freeze.until()) && freeze.stops(undertaking)) {
                    return Optional.of(freeze.text());
                }
            }
        }
        return Optional.empty();
    }

    /// A report that cannot be stored is tried until it can: were it lost, the cluster would have
    /// to be asked.
    private void store(Signal.ActionReported report) {
        for (boolean said = false; ; said = true) {
            try {
                inbox.accept(report);
                return;
            } catch (StoreException full) {
                if (!said) {
                    LOG.error(
                            "the report on {} could not be stored, and is tried until it can be: {}",
                            report.undertaking(),
                            full.getMessage());
                }
                try {
                    if (stopped.await(reportRetry.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /// Begins nothing more, and waits until what is under way has ended.
    ///
    /// @return false when something was still under way at the end of that time, and was
    ///   interrupted
    boolean close(Duration patience) throws InterruptedException {
        threads.shutdown();
        boolean ended = threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        stopped.countDown();
        threads.shutdownNow();
        return ended;
    }
}
