package io.homeostat.store;

import io.homeostat.action.Action;
import io.homeostat.action.Expectation;
import io.homeostat.action.Undertaking;
import io.homeostat.action.Wish;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Objection;
import io.homeostat.guard.Verdict;
import io.homeostat.incident.Incident;
import io.homeostat.incident.IncidentState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// Turns for tests, with only what a test is about.
final class Turns {
    static final String RULEBOOK = "rulebook";

    private final long number;
    private Instant at;
    private final List<Long> taken = new ArrayList<>();
    private final List<Memo> kept = new ArrayList<>();
    private final List<Turn.Dropped> dropped = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Undertaking> undertakings = new ArrayList<>();
    private final List<Turn.Line> lines = new ArrayList<>();

    private Turns(long number) {
        this.number = number;
        this.at = at(number);
    }

    static Turns turn(long number) {
        return new Turns(number);
    }

    static Instant at(long turn) {
        return Instant.parse("2026-11-23T10:00:00Z").plusSeconds(turn);
    }

    static Signal.Durable signal(String id) {
        return new Signal.FreezeLifted(id, "ann", "over", Samples.AT);
    }

    static Undertaking planned(String id, String service) {
        return planned(id, service, new Action.ScaleService(service, 2, 3));
    }

    static Undertaking planned(String id, String service, Action action) {
        return new Undertaking(
                id,
                "dec-1",
                "inc-1",
                "Scale up",
                action,
                null,
                1,
                Undertaking.State.PLANNED,
                at(1),
                at(31),
                new Expectation.Replicas(service, 3, Duration.ofSeconds(30), at(300)),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static Incident incident() {
        return new Incident(
                "inc-1",
                Subject.service("demo_web"),
                IncidentState.OPEN,
                at(1),
                at(1),
                null,
                Sorted.copy(List.of("f1")),
                "demo_web is slow",
                "",
                Sorted.copy(Map.<String, String>of()),
                0,
                "");
    }

    static Incident resolved() {
        return resolved(at(3));
    }

    static Incident resolved(Instant at) {
        return incident().in(IncidentState.QUIET, at(2)).in(IncidentState.RESOLVED, at);
    }

    /// At another instant than its number says.
    Turns at(Instant instant) {
        at = instant;
        return this;
    }

    /// Keeps the writer busy from when this returns until the latch opens.
    static Future<?> hold(SqlStore store, ExecutorService threads, CountDownLatch until)
            throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        WriteQueue.Job<Boolean> job =
                _ -> {
                    held.countDown();
                    try {
                        until.await();
                        return true;
                    } catch (InterruptedException e) {
                        throw new StoreException("interrupted", e);
                    }
                };
        Future<?> holder = threads.submit(() -> store.writes().write("holding", job));
        held.await();
        return holder;
    }

    Turns taking(long id) {
        taken.add(id);
        return this;
    }

    Turns keeping(Memo memo) {
        kept.add(memo);
        return this;
    }

    Turns dropping(Turn.Dropped gone) {
        dropped.add(gone);
        return this;
    }

    Turns undertaking(Undertaking undertaking) {
        undertakings.add(undertaking);
        return keeping(new Memo.Undertaken(undertaking));
    }

    Turns line(String subject, String text) {
        lines.add(new Turn.Line(at, subject, "", "cluster", text));
        return this;
    }

    Turns lineOf(String incident, String text) {
        lines.add(new Turn.Line(at, "service/demo_web", incident, "action", text));
        return this;
    }

    Turns deciding(String id) {
        Objection objection =
                new Objection(
                        "pace",
                        Verdict.WAIT,
                        "cooldown",
                        "the last was 20 s ago",
                        "100 s must pass",
                        at(100),
                        Sorted.copy(List.of(Subject.service("demo_web"))));
        decisions.add(
                new Decision(
                        id,
                        at(number),
                        "inc-1",
                        "Scale up",
                        new Wish.ScaleUp("demo_web"),
                        new Action.ScaleService("demo_web", 2, 3),
                        Verdict.WAIT,
                        Verdict.WAIT,
                        List.of(objection),
                        Sorted.copy(List.of(Subject.alert("f1"))),
                        "wait until 10:01:40, because the last was 20 s ago"));
        return this;
    }

    /// One more decision in shadow, on a service that has so many replicas.
    Turns shadowing(String id, String incident, int replicas) {
        decisions.add(
                new Decision(
                        id,
                        at,
                        incident,
                        "Scale up",
                        new Wish.ScaleUp("demo_web"),
                        new Action.ScaleService("demo_web", replicas, replicas + 1),
                        Verdict.SHADOW,
                        Verdict.ALLOW,
                        List.of(),
                        Sorted.copy(List.of(Subject.alert("f1"))),
                        "would scale"));
        return this;
    }

    Turn done() {
        return new Turn(
                number,
                at,
                at,
                taken,
                List.of(),
                kept,
                dropped,
                decisions,
                undertakings,
                lines,
                RULEBOOK,
                "0.1.0",
                List.of(),
                null);
    }
}
