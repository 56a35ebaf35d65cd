package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Expectation;
import io.homeostat.action.Intent;
import io.homeostat.action.PolicyObjection;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Request;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Draft;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Objection;
import io.homeostat.guard.Proposal;
import io.homeostat.guard.Verdict;
import io.homeostat.incident.Incident;
import io.homeostat.incident.IncidentState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Turns standing intents and requests into decisions, one after the other in a fixed order, each
/// counting against the next; and allowed ones into planned actions.
final class Judging {
    private static final Duration SAME_UNTIL = Duration.ofSeconds(10);
    private static final String IN_FLIGHT = "in-flight";

    /// What one step decided.
    ///
    /// @param judged every standing wish with its decision, recorded or not
    /// @param recorded the decisions that are new or changed
    record Judged(List<Decision> judged, List<Decision> recorded) {}

    private final Memory memory;
    private final Limits limits;
    private final GuardRail guardRail;
    private final Approvals approvals;
    private final Priorities priorities;
    private final RuleRecords records;

    /// What operators' rules object to, by what they name.
    private final SortedMap<String, List<PolicyObjection>> policy = new TreeMap<>();

    Judging(
            Memory memory,
            Limits limits,
            GuardRail guardRail,
            Approvals approvals,
            Priorities priorities,
            RuleRecords records) {
        this.memory = memory;
        this.limits = limits;
        this.guardRail = guardRail;
        this.approvals = approvals;
        this.priorities = priorities;
        this.records = records;
    }

    Judged judge(Collection<Intent> intents, Collection<PolicyObjection> objections, Instant now) {
        policy.clear();
        for (PolicyObjection objection : objections) {
            policy.computeIfAbsent(objection.about(), _ -> new ArrayList<>()).add(objection);
        }
        List<Decision> judged = new ArrayList<>();
        List<Decision> recorded = new ArrayList<>();
        SortedSet<String> standing = new TreeSet<>();
        int number = 0;
        approvals.begin();
        List<Wanted> inOrder = priorities.inOrder(intents, now);
        Votes votes = new Votes(memory, limits, now);
        votes.open(inOrder);
        for (Wanted wanted : inOrder) {
            number++;
            standing.add(wanted.key());
            Decision decision = judge(wanted, votes, number, now);
            votes.count(wanted, decision);
            judged.add(decision);
            // Every action has a decision on record, even one that says the same as the last.
            boolean acts = decision.verdict() == Verdict.ALLOW && decision.action() != null;
            boolean asks = wanted.request() == null && approvals.isNew(decision);
            boolean isRecorded = acts || asks || isNews(wanted.key(), decision);
            if (isRecorded) {
                recorded.add(decision);
                record(wanted, decision, now);
            }
            conclude(wanted, decision, number, now);
            if (wanted.request() == null) {
                approvals.judged(decision, isRecorded, now);
            }
        }
        approvals.end(now);
        for (Memo.Standing old : memory.all(Memo.Standing.class)) {
            if (!standing.contains(old.key())) {
                memory.drop(Memo.Standing.class, old.key());
            }
        }
        return new Judged(judged, recorded);
    }

    /// What would be decided on a request now; nothing is remembered of it.
    Decision preview(Request request, Instant now) {
        return judge(Priorities.of(request), new Votes(memory, limits, now), 0, now);
    }

    // --- one wish ---

    private Decision judge(Wanted wanted, Votes votes, int number, Instant now) {
        List<PolicyObjection> objections = policy.getOrDefault(wanted.about(), List.of());
        Present present = new Present(memory, limits, now, votes, objections);
        Draft draft = Draft.of(votes.steadied(wanted), present);
        Incident incident = memory.incidentOf(priorities.about(wanted));
        Proposal proposal =
                new Proposal(
                        wanted.wish(),
                        draft.action(),
                        draft.nothing(),
                        wanted.wishers(),
                        wanted.evidence(),
                        incident == null ? incidentId(number) : incident.id(),
                        incident == null ? now : incident.openedAt(),
                        wanted.request() == null ? null : wanted.request().by(),
                        wanted.request() == null
                                ? Sorted.copy(List.<String>of())
                                : Requests.overrides(wanted.request()));
        return guardRail.judge(proposal, present, "d%d.%d".formatted(memory.turn(), number));
    }

    private String incidentId(int number) {
        return "i%d.%d".formatted(memory.turn(), number);
    }

    private boolean isNews(String key, Decision decision) {
        Memo.Standing old = memory.standing(key);
        if (old == null) {
            return true;
        }
        SortedMap<String, String> before = new TreeMap<>(old.values());
        SortedMap<String, String> after = values(decision);
        if (isOwnFlight(decision) && Verdict.ALLOW.word().equals(before.get("verdict"))) {
            return false;
        }
        String untilBefore = before.remove("until");
        String untilAfter = after.remove("until");
        return !before.equals(after) || moved(untilBefore, untilAfter);
    }

    /// While the action that was allowed is under way, its own wish waits for it: no news.
    private static boolean isOwnFlight(Decision decision) {
        return decision.objections().stream()
                .anyMatch(objection -> objection.guard().equals(IN_FLIGHT));
    }

    private static boolean moved(@Nullable String before, @Nullable String after) {
        if (before == null || after == null) {
            return !Objects.equals(before, after);
        }
        return Duration.between(Instant.parse(before), Instant.parse(after))
                        .abs()
                        .compareTo(SAME_UNTIL)
                > 0;
    }

    private static SortedMap<String, String> values(Decision decision) {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("rules", decision.rule());
        values.put("verdict", decision.verdict().word());
        values.put("decision", "");
        List<String> codes = new ArrayList<>();
        Instant until = null;
        for (Objection objection : decision.objections()) {
            codes.add(objection.guard() + ":" + objection.code());
            if (objection.until() != null && (until == null || objection.until().isAfter(until))) {
                until = objection.until();
            }
        }
        values.put("codes", String.join(" ", codes));
        if (decision.verdict() == Verdict.SHADOW && decision.action() != null) {
            values.put("action", decision.action().text());
        }
        if (until != null) {
            values.put("until", until.toString());
        }
        return values;
    }

    private void record(Wanted wanted, Decision decision, Instant now) {
        Memo.Standing before = memory.standing(wanted.key());
        if (wanted.request() == null) {
            records.decided(
                    Sorted.copy(wanted.wishers().keySet()),
                    decision,
                    before == null ? "" : before.values().getOrDefault("rules", ""),
                    now);
        }
        memory.keep(new Memo.Standing(wanted.key(), Sorted.copy(values(decision))));
        memory.line(
                decision.subject().toString(),
                decision.incident(),
                "decision",
                "%s: %s".formatted(decision.rule(), decision.reason()));
    }

    // --- what follows from it ---

    private void conclude(Wanted wanted, Decision decision, int number, Instant now) {
        boolean isProblem = wanted.request() == null && !Accounting.isSatisfied(decision);
        if (decision.verdict() == Verdict.ALLOW || isProblem) {
            openIncident(wanted, decision, now);
        }
        if (decision.verdict() == Verdict.ALLOW && decision.action() != null) {
            plan(wanted, decision, decision.action(), number, now);
        }
        Request request = wanted.request();
        if (request != null) {
            conclude(request, decision);
        }
    }

    private void conclude(Request request, Decision decision) {
        switch (decision.verdict()) {
            case DENY, ASK, SHADOW -> {
                memory.drop(request);
                memory.line(
                        request.target().toString(),
                        decision.incident(),
                        "request",
                        "the request of %s is refused: %s"
                                .formatted(request.by(), decision.reason()));
            }
            // It stands until Docker has taken it: what is planned may not be sent.
            case ALLOW ->
                    memory.line(
                            request.target().toString(),
                            decision.incident(),
                            "request",
                            "the request of %s is being done".formatted(request.by()));
            case WAIT -> {}
        }
    }

    private void openIncident(Wanted wanted, Decision decision, Instant now) {
        if (memory.incident(decision.incident()) != null) {
            return;
        }
        Subject about = priorities.about(wanted);
        memory.keep(
                new Memo.Open(
                        new Incident(
                                decision.incident(),
                                about,
                                IncidentState.OPEN,
                                now,
                                now,
                                null,
                                Sorted.copy(List.<String>of()),
                                title(wanted, about),
                                "",
                                Sorted.copy(new TreeMap<String, String>()),
                                0,
                                "")));
        memory.line(
                about.toString(),
                decision.incident(),
                "incident",
                "opened: " + title(wanted, about));
    }

    private String title(Wanted wanted, Subject about) {
        for (Subject subject : wanted.evidence()) {
            if (memory.fact(subject) instanceof Alert alert) {
                return Titles.of(alert, about);
            }
        }
        return wanted.wish().text();
    }

    /// What is expected if it is taken right away.
    private Expectation expectation(Action action, Wanted wanted, Instant now) {
        return switch (action) {
            case Action.ScaleService scale ->
                    new Expectation.Replicas(
                            scale.service(), scale.to(), limits.hold(), now.plus(limits.scaleBy()));
            case Action.RestartService restart ->
                    new Expectation.FreshTasks(
                            restart.service(),
                            running(restart.service()),
                            alerts(wanted),
                            limits.hold(),
                            now.plus(limits.restartBy()));
            case Action.RollbackService rollback ->
                    new Expectation.AllRun(
                            rollback.service(),
                            running(rollback.service()).size(),
                            alerts(wanted),
                            limits.hold(),
                            now.plus(limits.safety().rollbackBy()));
            case Action.DeployService deploy ->
                    new Expectation.AllRun(
                            deploy.service(),
                            running(deploy.service()).size(),
                            Sorted.copy(List.<String>of()),
                            limits.hold(),
                            now.plus(limits.safety().deployBy()));
            case Action.SetAvailability set ->
                    new Expectation.NodeIs(
                            set.node(),
                            set.to(),
                            limits.hold(),
                            now.plus(limits.safety().nodeBy()));
            case Action.PostNotice _ -> new Expectation.Delivered(now.plus(limits.noticeBy()));
        };
    }

    private SortedSet<String> running(String service) {
        return Sorted.copy(
                memory.tasks(service).stream().filter(Task::running).map(Task::id).toList());
    }

    private static SortedSet<String> alerts(Wanted wanted) {
        return Sorted.copy(
                wanted.evidence().stream()
                        .filter(subject -> subject.kind() == Subject.Kind.ALERT)
                        .map(Subject::name)
                        .toList());
    }

    private void plan(Wanted wanted, Decision decision, Action action, int number, Instant now) {
        String tries = Marks.tries(decision.incident(), action.kind(), action.subject());
        int attempt = memory.count(tries) + 1;
        memory.count(tries, attempt);
        for (String rule : wanted.wishers().keySet()) {
            memory.mark(Marks.acted(rule, action.subject()), now);
        }
        String id = "a%d.%d".formatted(memory.turn(), number);
        memory.mark(Marks.taken(id), now);
        if (wanted.request() == null) {
            records.planned(Sorted.copy(wanted.wishers().keySet()), id, decision, now);
        }
        if (wanted.request() == null) {
            approvals.used(decision, id);
        }
        memory.keep(
                new Memo.Undertaken(
                        new Undertaking(
                                id,
                                decision.id(),
                                decision.incident(),
                                decision.rule(),
                                action,
                                wanted.request() == null ? null : wanted.request().id(),
                                attempt,
                                Undertaking.State.PLANNED,
                                now,
                                now.plus(limits.deadline()),
                                expectation(action, wanted, now),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null)));
    }
}
