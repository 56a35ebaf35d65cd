package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Expectation;
import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Looks at every action until its outcome is known: nothing is under way for ever.
final class Verifying {
    private final Memory memory;
    private final Limits limits;
    private final Settling settling;

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
                case STARTED -> lookFor(undertaking, now);
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

    private void lookFor(Undertaking undertaking, Instant now) {
        if (memory.awaitsSight(undertaking.subject())) {
            return;
        }
        Service service = memory.service(undertaking.subject().name());
        switch (undertaking.action()) {
            case Action.ScaleService scale -> {
                Integer replicas = service == null ? null : service.replicas();
                settle(undertaking, replicas, scale.to(), scale.from(), now);
            }
            case Action.RestartService restart -> {
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

    private <N extends Number> void settle(
            Undertaking undertaking, @Nullable N found, N done, N undone, Instant now) {
        if (found != null && found.equals(done)) {
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
        Expectation expected = undertaking.expectation();
        String superseded = superseded(undertaking);
        if (!superseded.isEmpty()) {
            settling.end(undertaking, new Outcome.Superseded(superseded), now);
            return;
        }
        boolean holds = holds(expected);
        Instant since =
                holds ? (undertaking.heldSince() == null ? now : undertaking.heldSince()) : null;
        Undertaking watched = undertaking.holding(since);
        if (since != null && !now.isBefore(since.plus(limits.hold()))) {
            healed(watched, now);
        } else if (!now.isBefore(expected.by()) && since == null) {
            missed(watched, now);
        } else {
            memory.keep(new Memo.Undertaken(watched));
        }
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
                            && running(replicas.service()) == replicas.count();
            case Expectation.FreshTasks fresh -> {
                Service service = memory.service(fresh.service());
                List<Task> running =
                        memory.tasks(fresh.service()).stream().filter(Task::running).toList();
                boolean enough =
                        service != null
                                && !service.updating()
                                && (service.replicas() == null
                                        || running.size() >= service.replicas());
                yield enough
                        && running.stream()
                                .allMatch(task -> task.createdAt().isAfter(fresh.after()));
            }
            case Expectation.Delivered _ -> true;
        };
    }

    private int running(String service) {
        return (int) memory.tasks(service).stream().filter(Task::running).count();
    }

    private void healed(Undertaking undertaking, Instant now) {
        memory.count(Marks.attempts(undertaking.action().kind(), undertaking.subject()), 0);
        settling.end(undertaking, new Outcome.Healed(undertaking.expectation().text()), now);
    }

    private void missed(Undertaking undertaking, Instant now) {
        Watcher tasks = memory.watcher(Watcher.TASKS);
        if (tasks == null || !tasks.isSeeing()) {
            settling.end(
                    undertaking,
                    new Outcome.Unknown("the watcher of tasks is blind, so it cannot be told"),
                    now);
            return;
        }
        int running = running(undertaking.subject().name());
        String found =
                "expected was that %s; %d run".formatted(undertaking.expectation().text(), running);
        boolean worse =
                undertaking.action() instanceof Action.ScaleService scale
                        && running < Math.min(scale.from(), scale.to());
        settling.end(
                undertaking,
                worse ? new Outcome.Worse(found) : new Outcome.Ineffective(found),
                now);
    }

    // --- after a restart and after a gap ---

    /// What was planned and never sent is judged again; what was started is looked for in the
    /// cluster.
    ///
    /// @param inHand actions that are still being carried out by this process; they will report
    void restarted(SortedSet<String> inHand, Instant now) {
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
                case STARTED -> memory.sightings().written(undertaking.subject(), now, "");
                case TAKEN, FINAL -> {}
            }
        }
    }

    /// Nobody looked during a gap, so what was due inside it is due that much later.
    void extend(Duration gap) {
        for (Undertaking undertaking : memory.unsettled()) {
            if (undertaking.state() == Undertaking.State.TAKEN) {
                memory.keep(
                        new Memo.Undertaken(
                                undertaking.expecting(later(undertaking.expectation(), gap))));
            }
        }
    }

    private Expectation later(Expectation expected, Duration gap) {
        return switch (expected) {
            case Expectation.Replicas(var service, var count, var hold, var by) ->
                    new Expectation.Replicas(service, count, hold, by.plus(gap));
            case Expectation.FreshTasks(var service, var after, var hold, var by) ->
                    new Expectation.FreshTasks(service, after, hold, by.plus(gap));
            case Expectation.Delivered(var by) -> new Expectation.Delivered(by.plus(gap));
        };
    }

    /// When the next action has to be looked at if nothing else happens; null when none.
    @Nullable Instant nextChange(Instant now) {
        Instant next = null;
        for (Undertaking undertaking : memory.unsettled()) {
            Instant due =
                    switch (undertaking.state()) {
                        case PLANNED -> reapAt(undertaking).plusMillis(1);
                        case STARTED, FINAL -> null;
                        case TAKEN ->
                                undertaking.heldSince() == null
                                        ? undertaking.expectation().by()
                                        : undertaking.heldSince().plus(limits.hold());
                    };
            if (due != null && due.isAfter(now)) {
                next = next == null || due.isBefore(next) ? due : next;
            }
        }
        return next;
    }
}
