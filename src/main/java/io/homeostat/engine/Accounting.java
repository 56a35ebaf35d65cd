package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Intent;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Unsolved;
import io.homeostat.fact.Unsolved.Cause;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Draft;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Objection;
import io.homeostat.guard.Verdict;
import io.homeostat.incident.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Accounts for every firing alert, and states which of them nobody takes care of.
///
/// That those come to people is decided here and nowhere else: no rule, freeze or ceiling switches
/// it off.
final class Accounting {
    /// Which alerts nobody asked to hear of.
    ///
    /// @param severities values of the label `severity`
    /// @param names values of the label `alertname`
    public record Observed(SortedSet<String> severities, SortedSet<String> names) {
        /// Severity info or none, and the heartbeat.
        public static final Observed DEFAULT =
                new Observed(
                        Sorted.copy(List.of("info", "none")), Sorted.copy(List.of("Watchdog")));

        boolean has(Alert alert) {
            return names.contains(alert.name())
                    || severities.contains(alert.labels().getOrDefault("severity", ""));
        }
    }

    private record Finding(Account account, @Nullable Cause cause, String detail) {
        static Finding fine(Account account) {
            return new Finding(account, null, "");
        }
    }

    private static final String HANDS_OFF = "hands-off";
    private static final String OUTVOTED = "outvoted";

    private final Memory memory;
    private final Limits limits;
    private final Observed observed;
    private @Nullable Instant nextChange;

    Accounting(Memory memory, Limits limits, Observed observed) {
        this.memory = memory;
        this.limits = limits;
        this.observed = observed;
    }

    /// True when what is wished is already so, as far as it may be, or gives way to a larger wish
    /// for the same service.
    static boolean isSatisfied(Decision decision) {
        if (decision.objections().stream().anyMatch(o -> o.code().equals(OUTVOTED))) {
            return true;
        }
        boolean denied = false;
        for (Objection objection : decision.objections()) {
            boolean isMet =
                    objection.code().equals(Draft.AT_MIN)
                            || objection.code().equals(Draft.IS_THERE);
            if (objection.verdict() == Verdict.DENY && !isMet) {
                return false;
            }
            denied |= isMet;
        }
        return denied;
    }

    /// Accounts for all open alerts.
    ///
    /// @return those that nobody takes care of and that people have not been told of yet
    List<Unsolved> account(Collection<Intent> intents, List<Decision> judged, Instant now) {
        nextChange = null;
        SortedSet<Subject> handled = new TreeSet<>();
        intents.forEach(intent -> handled.addAll(intent.evidence()));
        SortedMap<Subject, List<Decision>> decisions = new TreeMap<>();
        for (Decision decision : judged) {
            for (Subject subject : decision.evidence()) {
                decisions.computeIfAbsent(subject, _ -> new ArrayList<>()).add(decision);
            }
        }
        List<Unsolved> unsolved = new ArrayList<>();
        for (Alert alert : memory.alerts()) {
            List<Decision> mine = decisions.getOrDefault(alert.subject(), List.of());
            Finding finding = find(alert, mine, handled.contains(alert.subject()), now);
            remember(alert, finding, now);
            if (finding.cause() != null && !isTold(alert, finding.cause())) {
                unsolved.add(new Unsolved(alert, finding.cause(), finding.detail(), now));
                if (finding.cause() == Cause.ASKED) {
                    tellOfLease(mine);
                }
            }
        }
        return unsolved;
    }

    /// When an account changes by time alone; null when none does. Valid after [#account].
    @Nullable Instant nextChange() {
        return nextChange;
    }

    private boolean isTold(Alert alert, Cause cause) {
        return memory.mark(Marks.escalated(alert.fingerprint())) != null
                || (cause == Cause.ASKED && memory.mark(Marks.asked(alert.fingerprint())) != null);
    }

    private Finding find(Alert alert, List<Decision> mine, boolean isHandled, Instant now) {
        if (alert.status() == Alert.Status.SUPPRESSED) {
            return Finding.fine(Account.SUPPRESSED);
        }
        if (memory.mark(Marks.escalated(alert.fingerprint())) != null) {
            return Finding.fine(Account.ESCALATED);
        }
        if (alert.status() == Alert.Status.UNCONFIRMED && !observed.has(alert)) {
            return unconfirmed(alert, now);
        }
        if (memory.mark(Marks.unknown(alert.about())) != null && isHandled) {
            return people(Cause.UNKNOWN_OUTCOME, "whether the last action arrived cannot be told");
        }
        Decision asking = with(mine, Verdict.ASK);
        if (asking != null && isToldOfLease(asking)) {
            return Finding.fine(Account.ASKED);
        }
        if (asking != null) {
            return new Finding(Account.ASKED, Cause.ASKED, asking.reason());
        }
        Undertaking unsettled = memory.unsettled(alert.about());
        if (unsettled != null && (isHandled || isDoneFor(unsettled, alert))) {
            return Finding.fine(Account.ACTING);
        }
        return mine.isEmpty() ? unwished(alert, now) : wished(alert, mine, now);
    }

    /// An action may take its own reason away before its outcome is known: what it changed is then
    /// the last change, and no rule wishes it any more. What we see ourselves while a rollback is
    /// under way may be the very thing that it takes back: its outcome tells.
    private static boolean isDoneFor(Undertaking unsettled, Alert alert) {
        boolean isTakenBack = alert.isOwn() && unsettled.action() instanceof Action.RollbackService;
        return isTakenBack
                || PostCondition.alerts(unsettled.expectation()).contains(alert.fingerprint());
    }

    /// An alert of ours that is not seen any more is over unless it comes back.
    private boolean isGoing(Alert alert) {
        Memo.AlertMemory remembered = memory.alertMemory(alert.fingerprint());
        return alert.isOwn() && remembered != null && remembered.absentSince() != null;
    }

    /// Until when its subject is left to people, when that alone is why they are asked; else null.
    private static @Nullable Instant lease(Decision asking) {
        Instant until = null;
        for (Objection objection : asking.objections()) {
            if (objection.verdict() == Verdict.ASK && !objection.guard().equals(HANDS_OFF)) {
                return null;
            }
            until = objection.verdict() == Verdict.ASK ? objection.until() : until;
        }
        return until;
    }

    /// They hear once of what is left to them, however many alerts ask for it and come again.
    private boolean isToldOfLease(Decision asking) {
        Instant until = lease(asking);
        return until != null && until.equals(memory.mark(Marks.handsOffTold(asking)));
    }

    private void tellOfLease(List<Decision> mine) {
        Decision asking = with(mine, Verdict.ASK);
        Instant until = asking == null ? null : lease(asking);
        if (asking != null && until != null) {
            memory.mark(Marks.handsOffTold(asking), until);
        }
    }

    /// It may be over: that is for people, unless somebody confirms or ends it within their
    /// patience. When Alertmanager is away, all alerts are like this at once.
    private Finding unconfirmed(Alert alert, Instant now) {
        Memo.AlertMemory remembered = memory.alertMemory(alert.fingerprint());
        boolean never = remembered != null && remembered.confirmedAt().equals(Instant.EPOCH);
        String detail =
                never
                        ? "it was sent with the beginning of an occurrence that had ended, and nobody has confirmed it since"
                        : "nobody has confirmed it for " + Spans.text(limits.unconfirmed());
        Instant end =
                memory.gap().extended(since(alert, Account.WAITING, now).plus(limits.patience()));
        if (!now.isBefore(end)) {
            return people(Cause.UNCONFIRMED, detail);
        }
        due(end);
        return Finding.fine(Account.WAITING);
    }

    private Finding wished(Alert alert, List<Decision> mine, Instant now) {
        Decision waiting = with(mine, Verdict.WAIT);
        if (waiting != null) {
            return waiting(alert, waiting.reason(), now);
        }
        if (with(mine, Verdict.ALLOW) != null) {
            return Finding.fine(Account.ACTING);
        }
        for (Decision decision : mine) {
            if (isSatisfied(decision)) {
                return Finding.fine(Account.SATISFIED);
            }
        }
        if (with(mine, Verdict.SHADOW) != null) {
            return Finding.fine(Account.SHADOWED);
        }
        return refused(alert, mine.getFirst(), now);
    }

    private Finding refused(Alert alert, Decision decision, Instant now) {
        boolean atMax =
                decision.objections().stream()
                        .anyMatch(objection -> objection.code().equals(Draft.AT_MAX));
        if (!atMax) {
            boolean attempts =
                    decision.objections().stream()
                            .anyMatch(objection -> objection.guard().equals("attempts"));
            return afterGrace(
                    alert, attempts ? Cause.NOT_HEALED : Cause.REFUSED, decision.reason(), now);
        }
        Instant scaled = memory.mark(Marks.effect("scale", decision.subject()));
        Memo.AlertMemory remembered = memory.alertMemory(alert.fingerprint());
        boolean confirmedSince =
                scaled == null
                        || (remembered != null
                                && remembered
                                        .confirmedAt()
                                        .isAfter(scaled.plus(limits.scaleEvery())));
        String detail =
                "at max %s since %s"
                        .formatted(
                                alert.service() == null ? "" : alert.service().replicas(),
                                scaled == null ? alert.startsAt() : scaled);
        return confirmedSince
                ? people(Cause.AT_MAXIMUM, detail)
                : waiting(alert, detail + "; whether that is enough is not known yet", now);
    }

    private Finding unwished(Alert alert, Instant now) {
        if (observed.has(alert)) {
            return Finding.fine(Account.OBSERVED);
        }
        if (isGoing(alert)) {
            return Finding.fine(Account.NEW);
        }
        for (String name : List.of(Watcher.SERVICES, Watcher.NODES)) {
            Watcher watcher = memory.watcher(name);
            if (watcher == null || !watcher.isSeeing()) {
                return waiting(alert, "the watcher of " + name + " is blind", now);
            }
        }
        return afterGrace(alert, Cause.NO_RULE, "no rule wants anything for it", now);
    }

    private Finding waiting(Alert alert, String detail, Instant now) {
        Instant end =
                memory.gap().extended(since(alert, Account.WAITING, now).plus(limits.patience()));
        if (!now.isBefore(end)) {
            return people(
                    Cause.WAITED_TOO_LONG,
                    "held back for " + Spans.text(limits.patience()) + ": " + detail);
        }
        due(end);
        return Finding.fine(Account.WAITING);
    }

    private Finding afterGrace(Alert alert, Cause cause, String detail, Instant now) {
        Instant begin = since(alert, Account.NEW, now);
        for (String name : List.of(Watcher.SERVICES, Watcher.NODES)) {
            Watcher watcher = memory.watcher(name);
            if (watcher != null && watcher.since().isAfter(begin)) {
                begin = watcher.since();
            }
        }
        Duration grace = alert.isOwn() ? limits.diagnosis().ownGrace() : limits.grace();
        Instant end = memory.gap().extended(begin.plus(grace));
        if (!now.isBefore(end)) {
            return people(cause, detail);
        }
        due(end);
        return Finding.fine(Account.NEW);
    }

    private static Finding people(Cause cause, String detail) {
        return new Finding(Account.ESCALATED, cause, detail);
    }

    private Instant since(Alert alert, Account account, Instant now) {
        Memo.AlertMemory remembered = memory.alertMemory(alert.fingerprint());
        if (remembered == null || !remembered.account().equals(account.word())) {
            return now;
        }
        return remembered.accountSince();
    }

    private void remember(Alert alert, Finding finding, Instant now) {
        Memo.AlertMemory old = memory.alertMemory(alert.fingerprint());
        if (old == null || old.account().equals(finding.account().word())) {
            return;
        }
        memory.keep(
                new Memo.AlertMemory(
                        old.fingerprint(),
                        old.confirmedAt(),
                        finding.account().word(),
                        now,
                        old.resolvedAt(),
                        old.absentSince(),
                        old.suppressedBy()));
    }

    private void due(Instant instant) {
        nextChange = nextChange == null || instant.isBefore(nextChange) ? instant : nextChange;
    }

    private static @Nullable Decision with(List<Decision> decisions, Verdict verdict) {
        for (Decision decision : decisions) {
            if (decision.verdict() == verdict) {
                return decision;
            }
        }
        return null;
    }
}
