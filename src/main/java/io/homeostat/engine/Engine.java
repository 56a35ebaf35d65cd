package io.homeostat.engine;

import io.homeostat.action.Intent;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Calendar;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Request;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Unsolved;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Objection;
import io.homeostat.guard.Proposal;
import io.homeostat.rules.RuleNotes;
import io.homeostat.rules.RuleSession;
import io.homeostat.rules.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes signals in and returns what follows: a function of what it has been given, with no thread,
/// clock, random number or I/O of its own. It belongs to one thread, and after an exception it must
/// be thrown away.
public final class Engine implements AutoCloseable {
    /// What does not change while an engine lives, but for the rulebook, see [#swap].
    ///
    /// @param code the version of this code, for the journal
    public record Charter(
            Rulebook rulebook,
            GuardRail guardRail,
            Limits limits,
            AlertSubjects subjects,
            SortedSet<String> observedSeverities,
            SortedSet<String> observedNames,
            String code) {
        /// The same with another rulebook.
        Charter with(Rulebook other) {
            return new Charter(
                    other, guardRail, limits, subjects, observedSeverities, observedNames, code);
        }
    }

    private final Memory memory;
    private final AlertIntake alerts;
    private final OwnReplicas ownReplicas;
    private final HandsOff handsOff;
    private final Proving proving;
    private final ClusterIntake cluster;
    private final Sights sights;
    private final Orders orders;
    private final CustomFacts customFacts;
    private final Approvals approvals;
    private final Settling settling;
    private final Verifying verifying;
    private final Judging judging;
    private final Accounting accounting;
    private final Telling telling;
    private final Deployments deployments;
    private final Storms storms;
    private final Conditions conditions;
    private final RuleRecords records;
    private Charter charter;
    private RuleSession session;
    private SortedMap<String, String> putAside;
    private SortedSet<Intent> intents = Collections.emptySortedSet();
    private String news = "";
    private SortedSet<String> inHand = Collections.emptySortedSet();
    private boolean begun;

    /// An engine that goes on from what the store remembers.
    ///
    /// @param putAside rules that threw, with what they threw; they are not consulted
    public Engine(
            Charter charter, Journal.Recovered recovered, SortedMap<String, String> putAside) {
        this.charter = charter;
        this.memory = Memory.of(recovered);
        this.putAside = new TreeMap<>(putAside);
        this.session = new RuleSession(charter.rulebook(), Set.copyOf(putAside.keySet()));
        Limits limits = charter.limits();
        AlertSubjects subjects = charter.subjects();
        this.alerts = new AlertIntake(memory, limits, subjects);
        this.ownReplicas = new OwnReplicas(memory, limits);
        this.handsOff = new HandsOff(memory, limits, ownReplicas);
        this.proving = new Proving(memory, limits);
        this.cluster = new ClusterIntake(memory, subjects, handsOff, proving);
        this.sights = new Sights(memory);
        this.orders = new Orders(memory, limits.safety().rateWithin());
        this.customFacts = new CustomFacts(memory);
        this.approvals = new Approvals(memory, limits);
        this.settling = new Settling(memory, limits);
        this.verifying = new Verifying(memory, limits, settling);
        this.records = new RuleRecords(memory, () -> this.charter.rulebook().versions());
        this.judging =
                new Judging(
                        memory,
                        limits,
                        charter.guardRail(),
                        approvals,
                        new Priorities(memory, this::wisher, ownReplicas),
                        records);
        this.accounting =
                new Accounting(
                        memory,
                        limits,
                        new Accounting.Observed(
                                charter.observedSeverities(), charter.observedNames()));
        this.telling = new Telling(memory, limits);
        this.deployments = new Deployments(memory, limits, settling, telling);
        this.storms = new Storms(memory, limits, telling);
        this.conditions = new Conditions(memory, telling);
        memory.takeTouched();
        for (Fact fact : memory.facts()) {
            session.put(fact);
        }
    }

    /// Tells an engine that was built anew within the same process which actions are still being
    /// carried out: those will report, and must not be taken for abandoned.
    void continuing(SortedSet<String> actions) {
        inHand = Sorted.copy(actions);
    }

    /// Lets another rulebook take over between two steps: it takes in the last changes, and what it
    /// wishes is judged in the next step as if it had always been wished. All that was decided is
    /// in memory, under the wishes' own identity, and stays.
    ///
    /// @param text what timelines say of it
    void swap(Candidate candidate, String text) {
        candidate.follow(memory.facts());
        session = candidate.exchange(session);
        charter = charter.with(candidate.rulebook());
        records.swapped(candidate.fired());
        putAside = new TreeMap<>(candidate.putAside());
        news = text;
    }

    private Proposal.Wisher wisher(String rule) {
        RuleNotes notes = charter.rulebook().rules().get(rule);
        return notes == null
                ? new Proposal.Wisher(Autonomy.SHADOW, null)
                : new Proposal.Wisher(notes.autonomy(), notes.cooldown());
    }

    /// One step: what we know, what we want, what is safe, what others must do.
    ///
    /// @param taken the inbox rows that the durable ones among the signals came from
    /// @param wallAt what the clock says; the step's own instant never runs backwards
    public Turn step(List<Long> taken, List<Signal> signals, Instant wallAt) {
        Instant now = begin(wallAt);
        for (Signal signal : signals) {
            take(signal, now);
        }
        cluster.resolveAlerts();
        sights.judge(now);
        storms.judge(now);
        alerts.age(now);
        orders.expire(now);
        customFacts.expire(now);
        verifying.judge(now);
        proving.judge(now);
        deployments.judge(now);
        approvals.age(now);

        session.put(Calendar.at(now, charter.limits().safety().zone()));
        intents = consult();
        records.fired(session.fired(), now);
        Judging.Judged judged = judging.judge(intents, session.objections(), now);
        List<Unsolved> unsolved = accounting.account(intents, judged.judged(), now);
        if (!unsolved.isEmpty()) {
            telling.escalate(unsolved, consultOn(unsolved, now), now);
            accounting.account(intents, judged.judged(), now);
        }
        telling.advance(now);
        telling.tell(now);
        records.settle(now);
        return turn(taken, Turn.looks(signals), wallAt, now, judged);
    }

    private Instant begin(Instant wallAt) {
        Instant last = memory.at();
        Instant now = last != null && last.isAfter(wallAt) ? last : wallAt;
        memory.beginTurn(now);
        if (last != null) {
            Duration gap = Duration.between(last, now);
            if (gap.compareTo(charter.limits().gap()) > 0) {
                sights.blindAll();
                verifying.extend(last, now);
                memory.mark(Marks.GAP_FROM, last);
                memory.mark(Marks.GAP_TO, now);
                memory.line(
                        "", "", "cluster", "nothing was seen for %d s".formatted(gap.toSeconds()));
            }
        }
        if (!news.isEmpty()) {
            memory.line("", "", "rule", news);
            news = "";
        }
        if (!begun) {
            begun = true;
            sights.begin();
            verifying.restarted(inHand, now);
        }
        return now;
    }

    private void take(Signal signal, Instant now) {
        switch (signal) {
            case Signal.AlertsReceived received -> {
                alerts.received(received, now);
                conditions.unreadable(received, now);
            }
            case Signal.SignalQuarantined(long id, String reason) ->
                    conditions.quarantined(id, reason, now);
            case Signal.RulePutAside(String rule, String reason) ->
                    conditions.putAside(rule, reason, now);
            case Signal.AlertsListed listed -> alerts.listed(listed, now);
            case Signal.ServicesSeen seen -> cluster.services(seen, now);
            case Signal.ServiceChanged changed -> handsOff.changed(changed, now);
            case Signal.TasksSeen seen -> cluster.tasks(seen);
            case Signal.NodesSeen seen -> cluster.nodes(seen, now);
            case Signal.WatcherLooked looked -> sights.looked(looked);
            case Signal.WatcherFailed failed -> sights.failed(failed);
            case Signal.PlaceFound(var place) -> memory.place(place);
            case Signal.HindrancesSeen(var reasons) -> conditions.hindered(reasons);
            case Signal.RulesRefused(String reason) -> conditions.refusedRules(reason, now);
            case Signal.RequestMade(Request request) -> orders.requested(request);
            case Signal.DeploymentAsked(Deployment asked) -> deployments.asked(asked, now);
            case Signal.FactPut(CustomFact fact) -> customFacts.put(fact);
            case Signal.FactRemoved removed -> customFacts.removed(removed);
            case Signal.ApprovalAnswered answer -> approvals.answered(answer, now);
            case Signal.UndoOrdered undo -> orders.undone(undo);
            case Signal.FreezeSet(Freeze freeze) -> orders.frozen(freeze);
            case Signal.FreezeLifted lifted -> orders.lifted(lifted);
            case Signal.ActionReported reported -> {
                verifying.reported(reported.undertaking());
                settling.reported(reported, now);
            }
            case Signal.Ticked _ -> {}
        }
    }

    private SortedSet<Intent> consult() {
        for (Subject subject : memory.takeTouched()) {
            Fact fact = memory.fact(subject);
            if (fact == null) {
                session.remove(KnownFacts.type(subject), subject);
            } else {
                session.put(fact);
            }
        }
        return session.consult();
    }

    /// Asks the rules where and in which words people are told of these.
    private SortedSet<Intent> consultOn(List<Unsolved> unsolved, Instant now) {
        for (Unsolved each : unsolved) {
            session.put(each);
        }
        SortedSet<Intent> intents = session.consult();
        records.fired(session.fired(), now);
        records.spoke(intents, now);
        for (Unsolved each : unsolved) {
            session.remove(Unsolved.class, each.subject());
        }
        return intents;
    }

    private Turn turn(
            List<Long> taken,
            List<String> looks,
            Instant wallAt,
            Instant now,
            Judging.Judged judged) {
        Memos.Changes changes = memory.takeChanges();
        List<Undertaking> moved = new ArrayList<>();
        List<Undertaking> effects = new ArrayList<>();
        for (Memo memo : changes.kept()) {
            if (memo instanceof Memo.Undertaken(Undertaking undertaking)) {
                moved.add(undertaking);
                if (undertaking.state() == Undertaking.State.PLANNED) {
                    effects.add(undertaking);
                }
            }
        }
        Turn turn =
                new Turn(
                        memory.turn(),
                        now,
                        wallAt,
                        taken,
                        looks,
                        changes.kept(),
                        changes.dropped(),
                        judged.recorded(),
                        moved,
                        memory.lines(),
                        charter.rulebook().hash(),
                        charter.code(),
                        effects,
                        wakeAt(judged, now));
        if (turn.isEmpty()) {
            memory.undoTurnNumber();
        }
        return turn;
    }

    private @Nullable Instant wakeAt(Judging.Judged judged, Instant now) {
        List<@Nullable Instant> instants = new ArrayList<>();
        instants.add(sights.nextChange());
        instants.add(storms.nextChange(now));
        instants.add(alerts.nextChange());
        instants.add(verifying.nextChange(now));
        instants.add(proving.nextChange());
        instants.add(deployments.nextChange());
        instants.add(accounting.nextChange());
        instants.add(telling.nextChange(now));
        for (Decision decision : judged.judged()) {
            for (Objection objection : decision.objections()) {
                instants.add(objection.until());
            }
        }
        instants.add(orders.nextChange());
        instants.add(customFacts.nextChange());
        instants.add(Calendar.nextHour(now, charter.limits().safety().zone()));
        instants.add(ownReplicas.nextChange());
        instants.add(approvals.nextChange());
        Instant next = null;
        for (Instant instant : instants) {
            if (instant != null && instant.isAfter(now)) {
                next = next == null || instant.isBefore(next) ? instant : next;
            }
        }
        return next;
    }

    /// What would be decided on a request if it were made now; nothing comes of it.
    ///
    /// @throws IllegalArgumentException when it is not such as can be wished
    Decision preview(Request request) {
        Instant at = memory.at();
        Instant now = at != null && at.isAfter(request.at()) ? at : request.at();
        return judging.preview(request, now);
    }

    /// What is held to be true now.
    ///
    /// @param lagMillis how long the oldest signal of the last turn had waited
    public Picture picture(long lagMillis) {
        SortedMap<String, String> accounts = new TreeMap<>();
        for (Alert alert : memory.alerts()) {
            Memo.AlertMemory remembered = memory.alertMemory(alert.fingerprint());
            accounts.put(alert.fingerprint(), remembered == null ? "new" : remembered.account());
        }
        return new Picture(
                memory.turn(),
                memory.at(),
                memory.facts(),
                accounts,
                memory.incidents(),
                memory.unsettled(),
                List.copyOf(memory.freezes()),
                approvals.asked(),
                intents,
                records.standings(),
                charter.rulebook().hash(),
                putAside,
                memory.sightings().alertsWantedAt(),
                lagMillis);
    }

    @Override
    public void close() {
        session.close();
    }
}
