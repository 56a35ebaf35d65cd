package io.homeostat.replay;

import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Engine;
import io.homeostat.engine.Journal;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Past;
import io.homeostat.engine.Signal;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Verdict;
import io.homeostat.rules.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A real engine on recorded history: it is told what was taken in and seen, at the recorded
/// instants, wakes in between when it wants to, and what it plans is answered from what was done.
final class Rehearsal implements AutoCloseable {
    /// While alerts are open, some things come by time without being waited for.
    private static final Duration WHILE_OPEN = Duration.ofMinutes(1);

    /// A subject that was written to is seen again so soon.
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Engine engine;
    private final Comparison comparison;
    private final RecordedActions actions;
    private final RecordedWorld world = new RecordedWorld();

    /// What is to be told and when: answers to actions.
    private final NavigableMap<Instant, List<Signal>> answers = new TreeMap<>();

    /// What is to be looked at and when.
    private final NavigableMap<Instant, List<Subject>> looks = new TreeMap<>();

    /// The decisions by which people were asked, really and in the replay, by what was asked.
    private final Map<String, String> askedReally = new HashMap<>();

    private final Map<String, String> askedNow = new HashMap<>();
    private List<Signal> first;
    private Instant now;
    private @Nullable Instant wakeAt;

    Rehearsal(
            Rulebook rulebook,
            Past.Terms terms,
            List<Memo> known,
            Past.Extent extent,
            RecordedActions actions,
            Comparison comparison) {
        this.actions = actions;
        this.comparison = comparison;
        this.now = extent.from();
        this.first = world.begin(known, extent.from());
        this.engine =
                new Engine(
                        new Engine.Charter(
                                rulebook,
                                GuardRail.standard(),
                                terms.limits().withoutGaps(),
                                terms.subjects(),
                                terms.observedSeverities(),
                                terms.observedNames(),
                                "replay"),
                        new Journal.Recovered(extent.before(), null, known),
                        Collections.emptySortedMap());
    }

    /// Lets time pass until this recorded turn, and takes in what it took in.
    void go(Past.Recorded turn) {
        for (Instant next = next(); next.isBefore(turn.at()); next = next()) {
            step(List.of(), next);
        }
        List<Signal> signals = new ArrayList<>(first);
        first = List.of();
        signals.addAll(world.looks(turn));
        for (Signal.Durable signal : turn.signals()) {
            take(signal, signals);
        }
        for (Decision decision : turn.decisions()) {
            if (decision.verdict() == Verdict.ASK) {
                askedReally.put(decision.id(), asked(decision));
            }
        }
        step(signals, turn.at());
    }

    private Instant next() {
        Instant next = Instant.MAX;
        if (!first.isEmpty()) {
            return next;
        }
        if (wakeAt != null) {
            next = wakeAt;
        }
        if (world.hasAlerts()) {
            next = earlier(next, now.plus(WHILE_OPEN));
        }
        if (!answers.isEmpty()) {
            next = earlier(next, answers.firstKey());
        }
        if (!looks.isEmpty()) {
            next = earlier(next, looks.firstKey());
        }
        return next.isBefore(now) ? now : next;
    }

    private static Instant earlier(Instant one, Instant other) {
        return other.isBefore(one) ? other : one;
    }

    /// What people said counts for the decision that now asks the same. What actuators reported was
    /// of other actions: those of the replay are answered by themselves.
    private void take(Signal.Durable signal, List<Signal> signals) {
        if (signal instanceof Signal.ApprovalAnswered answer) {
            String asked = askedReally.getOrDefault(answer.decision(), "");
            signals.add(
                    new Signal.ApprovalAnswered(
                            askedNow.getOrDefault(asked, answer.decision()),
                            answer.granted(),
                            answer.by(),
                            answer.why(),
                            answer.at()));
        } else if (!(signal instanceof Signal.ActionReported)) {
            signals.add(signal);
        }
    }

    private static String asked(Decision decision) {
        return decision.rule() + "\n" + decision.wish().text();
    }

    private void step(List<Signal> told, Instant at) {
        List<Signal> signals = due(at);
        signals.addAll(told);
        take(engine.step(List.of(), signals, at), at);
        // What is answered at once is known at once.
        while (!answers.isEmpty() && !answers.firstKey().isAfter(at)) {
            take(engine.step(List.of(), due(at), at), at);
        }
    }

    private List<Signal> due(Instant at) {
        List<Signal> due = new ArrayList<>();
        for (List<Subject> subjects : looks.headMap(at, true).values()) {
            subjects.forEach(subject -> due.addAll(world.look(subject, at)));
        }
        looks.headMap(at, true).clear();
        answers.headMap(at, true).values().forEach(due::addAll);
        answers.headMap(at, true).clear();
        return due;
    }

    private void take(Turn turn, Instant at) {
        now = at;
        wakeAt = turn.wakeAt();
        for (Memo memo : turn.kept()) {
            if (memo instanceof Memo.Open(var incident)) {
                comparison.opened(incident);
            }
        }
        for (Decision decision : turn.decisions()) {
            comparison.now(decision);
            if (decision.verdict() == Verdict.ASK) {
                askedNow.put(asked(decision), decision.id());
            }
        }
        for (Undertaking planned : turn.effects()) {
            answer(planned, at);
        }
    }

    private void answer(Undertaking planned, Instant at) {
        switch (planned.action()) {
            case Action.ToPeople _ ->
                    tell(new Signal.ActionReported(planned.id(), new Report.Taken("replay"), at));
            case Action.OnSwarm action -> {
                comparison.acted();
                Signal.ActionReported answer = actions.answer(planned);
                tell(answer);
                looks.computeIfAbsent(answer.at().plus(LOOK), _ -> new ArrayList<>())
                        .add(action.subject());
            }
        }
    }

    private void tell(Signal.ActionReported answer) {
        answers.computeIfAbsent(answer.at(), _ -> new ArrayList<>()).add(answer);
    }

    @Override
    public void close() {
        engine.close();
    }
}
