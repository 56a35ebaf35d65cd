package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Expectation;
import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Looks at every action until its outcome is known: nothing is under way for ever.
final class Verifying {
    private final Memory memory;
    private final Limits limits;
    private final Settling settling;
    private final PostCondition postCondition;
    private final SortedSet<String> inHand = new TreeSet<>();

    Verifying(Memory memory, Limits limits, Settling settling) {
        this.memory = memory;
        this.limits = limits;
        this.settling = settling;
        this.postCondition = new PostCondition(memory);
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
            case Action.RollbackService(var _, String from, var _) ->
                    settleBySpecification(undertaking, from, now);
            case Action.DeployService(var _, String from, var _, var _) ->
                    settleBySpecification(undertaking, from, now);
            case Action.SetAvailability set -> {
                Node node = memory.node(set.node());
                settle(
                        undertaking,
                        node == null ? null : node.availability(),
                        set.to(),
                        set.from(),
                        now);
            }
            case Action.PostNotice _ ->
                    settling.failed(
                            undertaking,
                            "we stopped before it was confirmed; it is sent again",
                            now);
        }
    }

    private void settleBySpecification(Undertaking undertaking, String from, Instant now) {
        Service service = memory.service(undertaking.subject().name());
        String spec = service == null ? null : service.specHash();
        String sent = undertaking.trace() == null ? "" : undertaking.trace();
        settle(undertaking, spec, sent, from, now);
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

    private <V> void settle(
            Undertaking undertaking, @Nullable V found, V done, V undone, Instant now) {
        if (memory.fact(undertaking.subject()) == null) {
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
        String superseded = postCondition.superseded(undertaking);
        if (!superseded.isEmpty()) {
            settling.end(undertaking, new Outcome.Superseded(superseded), now);
            return;
        }
        String failed = postCondition.failed(undertaking);
        if (!failed.isEmpty()) {
            settling.end(undertaking, new Outcome.Ineffective(failed), now);
            return;
        }
        Instant blindSince = blindSince(undertaking);
        if (blindSince != null) {
            unseen(undertaking, blindSince, now);
            return;
        }
        Expectation expected = undertaking.expectation();
        boolean holds = postCondition.holds(expected);
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
    private @Nullable Instant blindSince(Undertaking undertaking) {
        String subjects =
                undertaking.action() instanceof Action.OnNode ? Watcher.NODES : Watcher.SERVICES;
        Instant since = null;
        for (String name : List.of(subjects, Watcher.TASKS)) {
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
        for (String fingerprint : PostCondition.alerts(undertaking.expectation())) {
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

    private void healed(Undertaking undertaking, Instant now) {
        memory.count(Marks.attempts(undertaking.action().kind(), undertaking.subject()), 0);
        settling.end(undertaking, new Outcome.Healed(undertaking.expectation().text()), now);
    }

    private void missed(Undertaking undertaking, Instant now) {
        String found = postCondition.missed(undertaking);
        settling.end(
                undertaking,
                postCondition.isWorse(undertaking)
                        ? new Outcome.Worse(found)
                        : new Outcome.Ineffective(found),
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
                Instant blindSince = blindSince(undertaking);
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
