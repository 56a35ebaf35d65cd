package io.homeostat.engine;

import io.homeostat.engine.Signal.AlertsListed;
import io.homeostat.engine.Signal.AlertsReceived;
import io.homeostat.engine.Signal.ListedAlert;
import io.homeostat.engine.Signal.ReportedAlert;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes in what Alertmanager says: occurrences, repeats, late repeats, silences and absences.
final class AlertIntake {
    private static final String RESOLVED = "resolved";

    private final Memory memory;
    private final Limits limits;
    private final AlertSubjects subjects;
    private final Beginnings beginnings;

    AlertIntake(Memory memory, Limits limits, AlertSubjects subjects) {
        this.memory = memory;
        this.limits = limits;
        this.subjects = subjects;
        this.beginnings = new Beginnings(memory, limits.lookBack());
    }

    void received(AlertsReceived signal, Instant now) {
        for (ReportedAlert reported : signal.alerts()) {
            if (reported.firing()) {
                if (isDoubtful(reported, signal.receivedAt())) {
                    doubt(reported, now);
                } else {
                    open(reported, signal.receivedAt(), List.of(), now);
                }
            } else {
                resolved(reported, now);
            }
        }
        if (signal.truncated() > 0) {
            memory.sightings().wantAlerts(now);
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

    /// After `resolved`, a firing with the beginning of the occurrence that ended comes from a late
    /// repeat, from another Alertmanager, or from one that had taken silence for an end. Some time
    /// later nothing repeats any more, and it is believed. When it came counts, and not when it is
    /// read: it may have lain in the inbox while nobody took turns.
    private boolean isDoubtful(ReportedAlert reported, Instant receivedAt) {
        Memo.AlertMemory before = memory.alertMemory(reported.fingerprint());
        return before != null
                && before.resolvedAt() != null
                && reported.startsAt().isBefore(before.resolvedAt())
                && receivedAt.isBefore(before.accountSince().plus(limits.reopen()));
    }

    private void doubt(ReportedAlert reported, Instant now) {
        memory.keep(new Memo.Doubtful(reported, now));
        memory.sightings().wantAlerts(now);
        memory.line(
                "",
                "",
                "alert",
                "%s is sent again with the beginning of an occurrence that has ended; Alertmanager's own list tells, or else people in %s"
                        .formatted(
                                named(
                                        reported.labels().getOrDefault("alertname", ""),
                                        reported.fingerprint()),
                                Spans.text(limits.reopen())));
    }

    void open(ReportedAlert reported, Instant confirmedAt, List<String> suppressedBy, Instant now) {
        memory.drop(Memo.Doubtful.class, reported.fingerprint());
        Alert before = memory.alert(reported.fingerprint());
        Alert.Status status =
                suppressedBy.isEmpty() ? Alert.Status.FIRING : Alert.Status.SUPPRESSED;
        remember(reported.fingerprint(), before, confirmedAt, suppressedBy, now);
        if (before == null || !isRepeat(reported, status, before)) {
            Alert alert = opened(reported, status, before);
            memory.keep(alert);
            tell(before, alert, suppressedBy);
        }
    }

    /// True when it says nothing new. What it is about is looked up anew when the cluster changes.
    private static boolean isRepeat(ReportedAlert reported, Alert.Status status, Alert before) {
        return before.status() == status
                && !reported.startsAt().isBefore(before.startsAt())
                && Sorted.same(before.labels(), reported.labels())
                && Sorted.same(before.annotations(), reported.annotations());
    }

    private Alert opened(ReportedAlert reported, Alert.Status status, @Nullable Alert before) {
        Instant startsAt =
                before != null && before.startsAt().isBefore(reported.startsAt())
                        ? before.startsAt()
                        : reported.startsAt();
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
        return before == null
                ? beginnings.counted(alert)
                : AlertSubjects.begun(alert, before.beginnings());
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
            memory.line(alert.about().toString(), "", "alert", named(alert) + " fires");
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
        memory.drop(Memo.Doubtful.class, reported.fingerprint());
        Alert before = memory.alert(reported.fingerprint());
        Instant ended = reported.endsAt() == null ? now : reported.endsAt();
        if (before == null) {
            rememberEnd(reported.fingerprint(), ended, now);
        } else if (!ended.isBefore(before.startsAt())) {
            close(before, ended, now, "is resolved");
        }
    }

    /// The message that it fires may have been overtaken by the one that it ended.
    private void rememberEnd(String fingerprint, Instant ended, Instant now) {
        Memo.AlertMemory old = memory.alertMemory(fingerprint);
        if (old == null || old.resolvedAt() == null || old.resolvedAt().isBefore(ended)) {
            memory.keep(
                    new Memo.AlertMemory(
                            fingerprint, Instant.EPOCH, RESOLVED, now, ended, null, List.of()));
        }
    }

    void close(Alert alert, Instant ended, Instant now, String how) {
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
        memory.drop(Memo.Mark.class, Marks.asked(alert.fingerprint()));
        memory.line(alert.about().toString(), "", "alert", named(alert) + " " + how);
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
        if (signal.upSince().isBefore(signal.began())) {
            dispel(listed.keySet(), signal.began());
        }
        boolean meaningful =
                !listed.isEmpty() && signal.upSince().isBefore(now.minus(limits.alertmanagerUp()));
        for (Alert alert : memory.alerts()) {
            // Alertmanager does not know of what we see ourselves.
            if (!listed.containsKey(alert.fingerprint()) && !alert.isOwn()) {
                absent(alert, signal.began(), meaningful, now);
            }
        }
    }

    /// All Alertmanagers answered, so what they do not list was a late repeat.
    private void dispel(Set<String> listed, Instant began) {
        for (Memo.Doubtful doubtful : memory.all(Memo.Doubtful.class)) {
            if (!listed.contains(doubtful.key()) && doubtful.at().isBefore(began)) {
                memory.drop(Memo.Doubtful.class, doubtful.key());
                memory.line(
                        "",
                        "",
                        "alert",
                        "Alertmanager does not list alert %s: it was a late repeat"
                                .formatted(
                                        doubtful.alert().labels().getOrDefault("alertname", "")));
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
        beginnings.sweep(now);
        for (Memo.Doubtful doubtful : memory.all(Memo.Doubtful.class)) {
            if (!now.isBefore(doubtful.at().plus(limits.reopen()))) {
                // When in doubt it is open; but only people may act on it until it is confirmed.
                open(doubtful.alert(), Instant.EPOCH, List.of(), now);
            }
        }
        for (Alert alert : memory.alerts()) {
            Memo.AlertMemory old = memory.alertMemory(alert.fingerprint());
            boolean unconfirmed =
                    old != null && !now.isBefore(old.confirmedAt().plus(limits.unconfirmed()));
            if (alert.isFiring() && unconfirmed) {
                memory.keep(subjects.with(alert, Alert.Status.UNCONFIRMED));
            }
        }
        for (Memo.AlertMemory old : memory.all(Memo.AlertMemory.class)) {
            if (old.resolvedAt() != null
                    && !now.isBefore(old.accountSince().plus(limits.reopen()))) {
                memory.drop(Memo.AlertMemory.class, old.fingerprint());
            }
        }
    }

    /// When time alone changes an alert the next time; null when it does not.
    @Nullable Instant nextChange() {
        Instant next = null;
        for (Memo.Doubtful doubtful : memory.all(Memo.Doubtful.class)) {
            Instant due = doubtful.at().plus(limits.reopen());
            next = next == null || due.isBefore(next) ? due : next;
        }
        return next;
    }

    static String named(Alert alert) {
        return named(alert.name(), alert.fingerprint());
    }

    private static String named(String name, String fingerprint) {
        return "alert " + (name.isEmpty() ? fingerprint : name);
    }
}
