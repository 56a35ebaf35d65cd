package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Notice;
import io.homeostat.action.Outcome;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Request;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Limits;
import io.homeostat.incident.Incident;
import java.time.Duration;
import java.time.Instant;

/// Takes in what actuators reported, and ends actions: what follows from each outcome.
final class Settling {
    private final Memory memory;
    private final Limits limits;

    Settling(Memory memory, Limits limits) {
        this.memory = memory;
        this.limits = limits;
    }

    // --- what the actuator said ---

    void reported(Signal.ActionReported signal, Instant now) {
        Undertaking undertaking = memory.undertaking(signal.undertaking());
        if (undertaking == null || undertaking.isFinal()) {
            memory.line(
                    "",
                    "",
                    "action",
                    "a report on action %s came after its end, and changes nothing: %s"
                            .formatted(signal.undertaking(), signal.report()));
            return;
        }
        switch (signal.report()) {
            case Report.Taken(String trace) -> taken(undertaking, trace, signal.at(), now);
            case Report.Conflicted(String reason) -> conflicted(undertaking, reason, now);
            case Report.Failed(String reason) -> failed(undertaking, reason, now);
            case Report.Withheld(String reason) -> {
                backOff(undertaking, 1, now);
                end(undertaking, new Outcome.Superseded("not sent: " + reason), now);
            }
            case Report.Virtual(String reason) -> virtual(undertaking, reason, signal.at(), now);
            case Report.Lost(String reason) -> lost(undertaking, reason, signal.at(), now);
        }
    }

    private void virtual(Undertaking undertaking, String reason, Instant at, Instant now) {
        taken(undertaking, "", at, now);
        Undertaking taken = memory.undertaking(undertaking.id());
        if (taken != null && !taken.isFinal()) {
            end(taken, new Outcome.Virtual(reason), now);
        }
    }

    void taken(Undertaking undertaking, String trace, Instant takenAt, Instant now) {
        String kind = undertaking.action().kind();
        fulfilled(undertaking);
        memory.mark(Marks.effect(kind, undertaking.subject()), takenAt);
        memory.count(Marks.conflicts(kind, undertaking.subject()), 0);
        switch (undertaking.action()) {
            case Action.ScaleService scale -> {
                memory.sightings().written(scale.subject(), takenAt, trace);
                memory.mark(Marks.scaled(scale.service()), takenAt);
                OwnReplicas.set(memory, scale.service(), scale.to());
                watch(undertaking.taken(takenAt, trace, takenAt.plus(limits.scaleBy())));
            }
            case Action.RestartService restart -> {
                memory.sightings().written(restart.subject(), takenAt, trace);
                watch(undertaking.taken(takenAt, trace, takenAt.plus(limits.restartBy())));
            }
            case Action.RollbackService rollback -> {
                memory.sightings().written(rollback.subject(), takenAt, trace);
                watch(
                        undertaking.taken(
                                takenAt, trace, takenAt.plus(limits.safety().rollbackBy())));
            }
            case Action.DeployService deploy -> {
                memory.sightings().written(deploy.subject(), takenAt, trace);
                watch(undertaking.taken(takenAt, trace, takenAt.plus(limits.safety().deployBy())));
            }
            case Action.SetAvailability set -> {
                memory.sightings().written(set.subject(), takenAt, trace);
                watch(undertaking.taken(takenAt, trace, takenAt.plus(limits.safety().nodeBy())));
            }
            case Action.PostNotice(var notice) -> {
                delivered(notice, trace);
                memory.keep(
                        new Memo.Undertaken(
                                undertaking
                                        .taken(takenAt, trace, undertaking.expectation().by())
                                        .ended(now, new Outcome.Healed("delivered"))));
            }
        }
        if (undertaking.action() instanceof Action.OnSwarm) {
            memory.line(
                    undertaking.subject().toString(),
                    undertaking.incident(),
                    "action",
                    undertaking.action().text() + ": Docker took it");
        }
    }

    private void delivered(Notice notice, String reference) {
        Incident incident = memory.incident(notice.incident());
        if (incident != null) {
            memory.keep(new Memo.Open(incident.posted(notice.channel(), reference)));
            memory.count(Marks.delivered(notice.incident(), notice.channel()), notice.revision());
            memory.line(
                    notice.subject().toString(),
                    notice.incident(),
                    "notice",
                    "people were told: " + notice.title());
        }
    }

    private void fulfilled(Undertaking undertaking) {
        if (undertaking.request() != null
                && memory.fact(new Subject(Subject.Kind.REQUEST, undertaking.request()))
                        instanceof Request request) {
            memory.drop(request);
        }
    }

    private void watch(Undertaking undertaking) {
        memory.keep(new Memo.Undertaken(undertaking));
    }

    private void conflicted(Undertaking undertaking, String reason, Instant now) {
        String kind = undertaking.action().kind();
        int conflicts = memory.count(Marks.conflicts(kind, undertaking.subject())) + 1;
        if (conflicts >= limits.conflictsMax()) {
            memory.count(Marks.conflicts(kind, undertaking.subject()), 0);
            failed(undertaking, "%d conflicts in a row: %s".formatted(conflicts, reason), now);
            return;
        }
        memory.count(Marks.conflicts(kind, undertaking.subject()), conflicts);
        backOff(undertaking, conflicts, now);
        end(undertaking, new Outcome.Conflicted(reason), now);
    }

    void failed(Undertaking undertaking, String reason, Instant now) {
        backOff(undertaking, undertaking.attempt(), now);
        end(undertaking, new Outcome.Failed(reason), now);
    }

    /// An answer was lost: only a look that began later can tell.
    void lost(Undertaking undertaking, String reason, Instant at, Instant now) {
        if (undertaking.action() instanceof Action.ToPeople) {
            failed(undertaking, reason + "; it may have arrived and is sent again", now);
            return;
        }
        expectLate(undertaking, at);
        String trace = undertaking.trace() == null ? "" : undertaking.trace();
        memory.keep(new Memo.Undertaken(undertaking.started(at, trace)));
        memory.line(
                undertaking.subject().toString(),
                undertaking.incident(),
                "action",
                undertaking.action().text() + ": no answer, so the cluster is asked: " + reason);
    }

    /// What was sent and not answered may be on its way still. So it counts as written as late as
    /// it may arrive, unless what was sent is seen before.
    void expectLate(Undertaking undertaking, Instant since) {
        String trace = undertaking.trace() == null ? "" : undertaking.trace();
        memory.sightings().written(undertaking.subject(), since.plus(limits.arrivesBy()), trace);
    }

    /// One more in a row that did not heal; one that lies too far back begins no row.
    private void attempted(Undertaking undertaking, Instant now) {
        String key = Marks.attempts(undertaking.action().kind(), undertaking.subject());
        Instant last = memory.mark(key);
        boolean inARow = last != null && now.isBefore(last.plus(limits.attemptsWithin()));
        memory.count(key, inARow ? memory.count(key) + 1 : 1);
        memory.mark(key, now);
    }

    private void backOff(Undertaking undertaking, int times, Instant now) {
        Duration wait = limits.retryFirst().multipliedBy(1L << Math.min(times - 1, 16));
        Duration bounded = wait.compareTo(limits.retryMost()) > 0 ? limits.retryMost() : wait;
        String key =
                switch (undertaking.action()) {
                    case Action.OnSwarm swarm -> Marks.notBefore(swarm.kind(), swarm.subject());
                    case Action.PostNotice(var notice) ->
                            Marks.notBefore(
                                    Marks.notice(notice.incident(), notice.channel()),
                                    notice.subject());
                };
        memory.mark(key, now.plus(bounded));
    }

    void end(Undertaking undertaking, Outcome outcome, Instant now) {
        memory.keep(new Memo.Undertaken(undertaking.ended(now, outcome)));
        if (undertaking.takenAt() == null) {
            // It changed nothing, so nobody needs to rest after it; how soon it is tried again is
            // the backoff's.
            for (String rule : undertaking.rule().split(", ", -1)) {
                memory.drop(Memo.Mark.class, Marks.acted(rule, undertaking.subject()));
            }
            if (!(outcome instanceof Outcome.Unknown)) {
                // Nor does it count for the rate; else a disk that is full for a while would hold
                // everything back for long after it.
                memory.drop(Memo.Mark.class, Marks.taken(undertaking.id()));
            }
        }
        if (undertaking.action() instanceof Action.OnSwarm) {
            switch (outcome) {
                case Outcome.Failed _, Outcome.Ineffective _, Outcome.Worse _ ->
                        attempted(undertaking, now);
                case Outcome.Unknown _ -> {
                    // Never repeated: people are told instead.
                    fulfilled(undertaking);
                    memory.mark(Marks.unknown(undertaking.subject()), now);
                }
                case Outcome.Healed _ ->
                        memory.drop(Memo.Mark.class, Marks.unknown(undertaking.subject()));
                case Outcome.Conflicted _, Outcome.Superseded _, Outcome.Virtual _ -> {}
            }
            memory.line(
                    undertaking.subject().toString(),
                    undertaking.incident(),
                    "outcome",
                    "%s: %s, %s"
                            .formatted(
                                    undertaking.action().text(), outcome.word(), outcome.reason()));
        }
    }
}
