package io.homeostat.engine;

import io.homeostat.engine.Signal.AlertsListed;
import io.homeostat.engine.Signal.AlertsReceived;
import io.homeostat.engine.Signal.ListedAlert;
import io.homeostat.engine.Signal.ReportedAlert;
import io.homeostat.fact.Alert;
import io.homeostat.guard.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes in what Alertmanager says: occurrences, repeats, late repeats, silences and absences.
final class AlertIntake {
    private static final String RESOLVED = "resolved";

    private final Memory memory;
    private final Limits limits;
    private final AlertSubjects subjects;

    AlertIntake(Memory memory, Limits limits, AlertSubjects subjects) {
        this.memory = memory;
        this.limits = limits;
        this.subjects = subjects;
    }

    void received(AlertsReceived signal, Instant now) {
        for (ReportedAlert reported : signal.alerts()) {
            if (reported.firing()) {
                if (!isLateRepeat(reported, now)) {
                    open(reported, signal.receivedAt(), List.of(), now);
                }
            } else {
                resolved(reported, now);
            }
        }
        if (signal.truncated() > 0) {
            memory.line(
                    "",
                    "",
                    "alert",
                    "Alertmanager left %d alerts out of a message to %s (its max_alerts); they are taken from its own list if its address is configured"
                            .formatted(signal.truncated(), signal.receiver()));
        }
        if (signal.unsound() > 0) {
            memory.line(
                    "",
                    "",
                    "alert",
                    "%d alerts of a message to %s could not be read; they are kept raw in the inbox"
                            .formatted(signal.unsound(), signal.receiver()));
        }
    }

    /// After `resolved`, a firing that began before that end comes from a late repeat or another
    /// Alertmanager; within a while it is not believed. When in doubt afterwards, it is opened.
    private boolean isLateRepeat(ReportedAlert reported, Instant now) {
        Memo.AlertMemory before = memory.alertMemory(reported.fingerprint());
        return before != null
                && before.resolvedAt() != null
                && reported.startsAt().isBefore(before.resolvedAt())
                && now.isBefore(before.accountSince().plus(limits.reopen()));
    }

    private void open(
            ReportedAlert reported, Instant confirmedAt, List<String> suppressedBy, Instant now) {
        Alert before = memory.alert(reported.fingerprint());
        Instant startsAt =
                before != null && before.startsAt().isBefore(reported.startsAt())
                        ? before.startsAt()
                        : reported.startsAt();
        Alert.Status status =
                suppressedBy.isEmpty() ? Alert.Status.FIRING : Alert.Status.SUPPRESSED;
        Alert alert =
                subjects.resolve(
                        new Alert(
                                reported.fingerprint(),
                                reported.labels().getOrDefault("alertname", ""),
                                status,
                                startsAt,
                                reported.labels(),
                                reported.annotations(),
                                null,
                                null),
                        memory);
        memory.keep(alert);
        remember(reported.fingerprint(), before, confirmedAt, suppressedBy, now);
        tell(before, alert, suppressedBy);
    }

    private void remember(
            String fingerprint,
            @Nullable Alert before,
            Instant confirmedAt,
            List<String> suppressedBy,
            Instant now) {
        Memo.AlertMemory old = memory.alertMemory(fingerprint);
        if (before == null || old == null) {
            memory.keep(
                    new Memo.AlertMemory(
                            fingerprint, confirmedAt, "new", now, null, null, suppressedBy));
            return;
        }
        Instant confirmed =
                old.confirmedAt().isAfter(confirmedAt) ? old.confirmedAt() : confirmedAt;
        memory.keep(
                new Memo.AlertMemory(
                        fingerprint,
                        confirmed,
                        old.account(),
                        old.accountSince(),
                        null,
                        null,
                        suppressedBy));
    }

    private void tell(@Nullable Alert before, Alert alert, List<String> suppressedBy) {
        String about = alert.subject().toString();
        if (before == null) {
            memory.line(subjects.about(alert).toString(), "", "alert", named(alert) + " fires");
        } else if (before.status() != alert.status()) {
            memory.line(
                    about,
                    "",
                    "alert",
                    suppressedBy.isEmpty()
                            ? named(alert) + " fires and is no longer suppressed"
                            : named(alert)
                                    + " is suppressed by "
                                    + String.join(", ", suppressedBy));
        }
    }

    private void resolved(ReportedAlert reported, Instant now) {
        Alert before = memory.alert(reported.fingerprint());
        if (before != null) {
            Instant ended = reported.endsAt() == null ? now : reported.endsAt();
            close(before, ended, now, "is resolved");
        }
    }

    private void close(Alert alert, Instant ended, Instant now, String how) {
        memory.drop(alert);
        Memo.AlertMemory old = memory.alertMemory(alert.fingerprint());
        memory.keep(
                new Memo.AlertMemory(
                        alert.fingerprint(),
                        old == null ? now : old.confirmedAt(),
                        RESOLVED,
                        now,
                        ended,
                        null,
                        List.of()));
        memory.drop(Memo.Mark.class, Marks.escalated(alert.fingerprint()));
        memory.line(subjects.about(alert).toString(), "", "alert", named(alert) + " " + how);
    }

    /// Alertmanager's own list confirms, suppresses, and in the end closes what its messages left
    /// open.
    void listed(AlertsListed signal, Instant now) {
        SortedMap<String, ListedAlert> listed = new TreeMap<>();
        for (ListedAlert alert : signal.alerts()) {
            listed.put(alert.alert().fingerprint(), alert);
        }
        for (ListedAlert alert : listed.values()) {
            Memo.AlertMemory old = memory.alertMemory(alert.alert().fingerprint());
            boolean stale =
                    old != null
                            && old.accountSince().isAfter(signal.began())
                            && old.resolvedAt() != null;
            if (!stale) {
                open(alert.alert(), signal.began(), alert.suppressedBy(), now);
            }
        }
        boolean meaningful =
                !listed.isEmpty() && signal.upSince().isBefore(now.minus(limits.alertmanagerUp()));
        for (Alert alert : memory.alerts()) {
            if (!listed.containsKey(alert.fingerprint())) {
                absent(alert, signal.began(), meaningful, now);
            }
        }
    }

    private void absent(Alert alert, Instant began, boolean meaningful, Instant now) {
        Memo.AlertMemory old = memory.alertMemory(alert.fingerprint());
        if (old == null || !meaningful || !old.confirmedAt().isBefore(began)) {
            return;
        }
        if (old.absentSince() == null) {
            memory.keep(
                    new Memo.AlertMemory(
                            old.fingerprint(),
                            old.confirmedAt(),
                            old.account(),
                            old.accountSince(),
                            null,
                            began,
                            old.suppressedBy()));
        } else if (!began.isBefore(old.absentSince().plus(limits.absentFor()))) {
            close(
                    alert,
                    began,
                    now,
                    "is closed: Alertmanager has not listed it for "
                            + Duration.between(old.absentSince(), began).toSeconds()
                            + " s");
        }
    }

    /// What time alone does: an alert that nobody confirms is for people only; an ended one is
    /// forgotten in the end.
    void age(Instant now) {
        for (Alert alert : memory.alerts()) {
            Memo.AlertMemory old = memory.alertMemory(alert.fingerprint());
            boolean unconfirmed =
                    old != null && !now.isBefore(old.confirmedAt().plus(limits.unconfirmed()));
            if (alert.isFiring() && unconfirmed) {
                memory.keep(subjects.with(alert, Alert.Status.UNCONFIRMED));
            }
        }
        for (Memo.AlertMemory old : memory.alertMemories()) {
            if (old.resolvedAt() != null
                    && !now.isBefore(old.accountSince().plus(limits.reopen()))) {
                memory.drop(Memo.AlertMemory.class, old.fingerprint());
            }
        }
    }

    static String named(Alert alert) {
        return "alert " + (alert.name().isEmpty() ? alert.fingerprint() : alert.name());
    }
}
