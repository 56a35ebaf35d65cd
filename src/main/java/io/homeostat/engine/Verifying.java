package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Expectation;
import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Looks at every action until its outcome is known: nothing is under way for ever.
final class Verifying {
    private final Memory memory;
    private final Limits limits;
    private final Settling settling;
    private final SortedSet<String> inHand = new TreeSet<>();

    Verifying(Memory memory, Limits limits, Settling settling) {
        this.memory = memory;
        this.limits = limits;
        this.settling = settling;
    }

    // --- what the cluster shows ---

    void judge(Instant now) {
        for (Undertaking undertaking : memory.unsettled()) {
            switch (undertaking.state()) {
                case PLANNED -> reap(undertaking, now);
                case STARTED -> {
                    if (!inHand.contains(undertaking.id())) {
                        lookFor(undertaking, now);
                    }
                }
                case TAKEN -> verify(undertaking, now);
                case FINAL -> {}
            }
        }
    }

    /// A planned action whose sender vanished is not under way; its wish is judged again.
    private void reap(Undertaking undertaking, Instant now) {
        if (now.isAfter(reapAt(undertaking))) {
            settling.lost(undertaking, "nobody reported on it", now, now);
        }
    }

    private Instant reapAt(Undertaking undertaking) {
        return undertaking.deadline().plus(limits.noticeBy());
    }

    /// The answer was lost: only a look that began later tells whether it arrived.
    private void lookFor(Undertaking undertaking, Instant now) {
        switch (undertaking.action()) {
            case Action.OnSwarm _ when memory.awaitsSight(undertaking.subject()) ->
                    waitForSight(undertaking, now);
            case Action.ScaleService scale -> {
                Service service = memory.service(scale.service());
                Integer replicas = service == null ? null : service.replicas();
                settle(undertaking, replicas, scale.to(), scale.from(), now);
            }
            case Action.RestartService restart -> {
                Service service = memory.service(restart.service());
                Long counter = service == null ? null : service.forceUpdate();
                settle(undertaking, counter, restart.forceUpdate() + 1, restart.forceUpdate(), now);
            }
            case Action.PostNotice _ ->
                    settling.failed(
                            undertaking,
                            "we stopped before it was confirmed; it is sent again",
                            now);
        }
    }

    private void waitForSight(Undertaking undertaking, Instant now) {
        Instant due = lookDue(undertaking);
        if (due != null && !now.isBefore(due)) {
            settling.end(
                    undertaking,
                    new Outcome.Unknown(
                            "its answer was lost and %s could not be looked at for %s"
                                    .formatted(undertaking.subject(), Spans.text(limits.lookBy()))),
                    now);
        }
    }

    private @Nullable Instant lookDue(Undertaking undertaking) {
        Instant written = memory.sightings().writtenAt(undertaking.subject());
        return written == null ? null : written.plus(limits.lookBy());
    }

    private <N extends Number> void settle(
            Undertaking undertaking, @Nullable N found, N done, N undone, Instant now) {
        if (memory.service(undertaking.subject().name()) == null) {
            settling.end(
                    undertaking, new Outcome.Superseded(undertaking.subject() + " is gone"), now);
        } else if (found != null && found.equals(done)) {
            settling.taken(
                    undertaking, undertaking.trace() == null ? "" : undertaking.trace(), now, now);
        } else if (found != null && found.equals(undone)) {
            settling.failed(
                    undertaking, "it did not arrive: the cluster still shows " + found, now);
        } else {
            settling.end(
                    undertaking,
                    new Outcome.Unknown(
                            "the cluster shows %s, neither %s nor %s"
                                    .formatted(found, undone, done)),
                    now);
        }
    }

    private void verify(Undertaking undertaking, Instant now) {
        String superseded = superseded(undertaking);
        if (!superseded.isEmpty()) {
            settling.end(undertaking, new Outcome.Superseded(superseded), now);
            return;
        }
        Instant blindSince = blindSince();
        if (blindSince != null) {
            unseen(undertaking, blindSince, now);
            return;
        }
        Expectation expected = undertaking.expectation();
        boolean holds = holds(expected);
        Instant since =
                holds ? (undertaking.heldSince() == null ? now : undertaking.heldSince()) : null;
        Undertaking watched = undertaking.holding(since);
        memory.keep(new Memo.Undertaken(watched));
        if (since != null && !now.isBefore(since.plus(limits.hold()))) {
            held(watched, since.plus(limits.hold()), now);
        } else if (since == null && !now.isBefore(expected.by())) {
            missed(watched, now);
        }
    }

    /// Since when a watcher does not see without which nothing can be verified; null when all see.
    private @Nullable Instant blindSince() {
        Instant since = null;
        for (String name : List.of(Watcher.SERVICES, Watcher.TASKS)) {
            Watcher watcher = memory.watcher(name);
            if (watcher != null && !watcher.isSeeing()) {
                since = since == null || watcher.since().isBefore(since) ? watcher.since() : since;
            }
        }
        return since;
    }

    /// Nobody can say that it held without a break. It is not missed either, unless nobody sees for
    /// longer than a restart takes.
    private void unseen(Undertaking undertaking, Instant blindSince, Instant now) {
        boolean over = !now.isBefore(unseenUntil(undertaking, blindSince));
        Undertaking watched = undertaking.holding(null);
        memory.keep(new Memo.Undertaken(watched));
        if (over) {
            settling.end(
                    watched,
                    new Outcome.Unknown(
                            "the watchers are blind since %s, so it cannot be told"
                                    .formatted(blindSince)),
                    now);
        }
    }

    private Instant unseenUntil(Undertaking undertaking, Instant blindSince) {
        Instant by = undertaking.expectation().by();
        Instant patience = blindSince.plus(limits.gap());
        return by.isAfter(patience) ? by : patience;
    }

    /// The state held for long enough. A scaling was one step and is judged by its replicas; of
    /// anything else its alert's end is expected as well, which Alertmanager tells late.
    private void held(Undertaking undertaking, Instant heldAt, Instant now) {
        List<Alert> left = new ArrayList<>();
        for (String fingerprint : alerts(undertaking.expectation())) {
            Alert alert = memory.alert(fingerprint);
            if (alert != null && alert.isFiring()) {
                left.add(alert);
            }
        }
        if (left.isEmpty()) {
            healed(undertaking, now);
        } else if (!now.isBefore(heldAt.plus(limits.alertEnd()))) {
            settling.end(
                    undertaking,
                    new Outcome.Ineffective(
                            "all runs as expected, and %s still fires %s later"
                                    .formatted(
                                            AlertIntake.named(left.getFirst()),
                                            Spans.text(limits.alertEnd()))),
                    now);
        }
    }

    private static SortedSet<String> alerts(Expectation expected) {
        return switch (expected) {
            case Expectation.FreshTasks fresh -> fresh.alerts();
            case Expectation.Replicas _, Expectation.Delivered _ -> Collections.emptySortedSet();
        };
    }

    /// Why the expectation can no longer come true because something newer is wanted; empty when it
    /// can.
    private String superseded(Undertaking undertaking) {
        Service service = memory.service(undertaking.subject().name());
        if (service == null) {
            return undertaking.subject() + " is gone";
        }
        Integer replicas = service.replicas();
        if (undertaking.action() instanceof Action.ScaleService scale
                && !memory.awaitsSight(scale.subject())
                && (replicas == null || replicas != scale.to())) {
            return "%s wants %s replicas now".formatted(service.name(), replicas);
        }
        return "";
    }

    private boolean holds(Expectation expected) {
        return switch (expected) {
            case Expectation.Replicas replicas ->
                    !memory.awaitsSight(Subject.service(replicas.service()))
                            && running(replicas.service()).size() == replicas.count();
            case Expectation.FreshTasks fresh -> {
                Service service = memory.service(fresh.service());
                SortedSet<String> running = running(fresh.service());
                yield service != null
                        && !memory.awaitsSight(service.subject())
                        && !service.updating()
                        && running.size() >= wanted(service, fresh)
                        && Collections.disjoint(running, fresh.before());
            }
            case Expectation.Delivered _ -> true;
        };
    }

    /// A global service has as many tasks as before, for no specification says how many.
    private static int wanted(Service service, Expectation.FreshTasks fresh) {
        Integer replicas = service.replicas();
        return replicas == null ? fresh.before().size() : replicas;
    }

    private SortedSet<String> running(String service) {
        SortedSet<String> ids = new TreeSet<>();
        for (Task task : memory.tasks(service)) {
            if (task.running()) {
                ids.add(task.id());
            }
        }
        return ids;
    }

    private void healed(Undertaking undertaking, Instant now) {
        memory.count(Marks.attempts(undertaking.action().kind(), undertaking.subject()), 0);
        settling.end(undertaking, new Outcome.Healed(undertaking.expectation().text()), now);
    }

    /// Worse is what ran before and does not run after.
    private void missed(Undertaking undertaking, Instant now) {
        int running = running(undertaking.subject().name()).size();
        Expectation expected = undertaking.expectation();
        String found = "expected was that %s; %d run".formatted(expected.text(), running);
        boolean worse =
                switch (undertaking.action()) {
                    case Action.ScaleService scale -> running < Math.min(scale.from(), scale.to());
                    case Action.RestartService _ ->
                            expected instanceof Expectation.FreshTasks fresh
                                    && running < fresh.before().size();
                    case Action.PostNotice _ -> false;
                };
        settling.end(
                undertaking,
                worse ? new Outcome.Worse(found) : new Outcome.Ineffective(found),
                now);
    }

    // --- after a restart and after a gap ---

    /// What was planned and never sent is judged again; what was started is looked for in the
    /// cluster.
    ///
    /// @param stillInHand actions that are still being carried out by this process; they will
    ///   report
    void restarted(SortedSet<String> stillInHand, Instant now) {
        inHand.addAll(stillInHand);
        for (Undertaking undertaking : memory.unsettled()) {
            if (inHand.contains(undertaking.id())) {
                continue;
            }
            switch (undertaking.state()) {
                case PLANNED ->
                        settling.end(
                                undertaking,
                                new Outcome.Superseded("Homeostat restarted before it was sent"),
                                now);
                case STARTED -> unanswered(undertaking, now);
                // What held before has to be seen to hold again.
                case TAKEN -> memory.keep(new Memo.Undertaken(undertaking.holding(null)));
                case FINAL -> {}
            }
        }
    }

    /// Whoever carried it out is done with it.
    void reported(String undertaking) {
        inHand.remove(undertaking);
    }

    private void unanswered(Undertaking undertaking, Instant now) {
        if (undertaking.action() instanceof Action.OnSwarm) {
            settling.expectLate(undertaking, now);
        }
    }

    /// Nobody looked during a gap, so what was due inside it is due that much later, and what held
    /// before it has to be seen to hold again.
    void extend(Instant before, Instant now) {
        for (Undertaking undertaking : memory.unsettled()) {
            if (undertaking.state() == Undertaking.State.TAKEN) {
                Instant by = undertaking.expectation().by();
                boolean inside = by.isAfter(before) && !by.isAfter(now);
                Instant later = inside ? by.plus(Duration.between(before, now)) : by;
                memory.keep(new Memo.Undertaken(undertaking.holding(null).due(later)));
            }
        }
    }

    /// When the next action has to be looked at if nothing else happens; null when none.
    @Nullable Instant nextChange(Instant now) {
        Instant next = null;
        for (Undertaking undertaking : memory.unsettled()) {
            Instant due = due(undertaking, now);
            if (due != null && due.isAfter(now)) {
                next = next == null || due.isBefore(next) ? due : next;
            }
        }
        return next;
    }

    private @Nullable Instant due(Undertaking undertaking, Instant now) {
        return switch (undertaking.state()) {
            case PLANNED -> reapAt(undertaking).plusMillis(1);
            case STARTED -> lookDue(undertaking);
            case TAKEN -> {
                Instant blindSince = blindSince();
                Instant held = undertaking.heldSince();
                if (blindSince != null) {
                    yield unseenUntil(undertaking, blindSince);
                }
                if (held == null) {
                    yield undertaking.expectation().by();
                }
                Instant enough = held.plus(limits.hold());
                yield enough.isAfter(now) ? enough : enough.plus(limits.alertEnd());
            }
            case FINAL -> null;
        };
    }
}
