package io.homeostat.app;

import io.homeostat.guard.Limits;
import java.time.Duration;

/// The times among the [Limits], as settings.
enum LimitSpan {
    COOLDOWN(
            "homeostat.pace.cooldown",
            Limits.DEFAULT.cooldown(),
            Duration.ZERO,
            Duration.ofDays(7),
            "a rule leaves a subject alone so long after an action, unless the rule says otherwise"),
    SCALE_EVERY(
            "homeostat.scale.every",
            Limits.DEFAULT.scaleEvery(),
            Duration.ZERO,
            Duration.ofDays(7),
            "a further step needs its alert confirmed later than this after the last one"),
    SCALE_UP_AFTER(
            "homeostat.scale.up-after",
            Limits.DEFAULT.scaleUpAfter(),
            Duration.ZERO,
            Duration.ofDays(7),
            "no step up so soon after any change of the replicas"),
    SCALE_DOWN_AFTER(
            "homeostat.scale.down-after",
            Limits.DEFAULT.scaleDownAfter(),
            Duration.ZERO,
            Duration.ofDays(7),
            "no step down so soon after any change of the replicas"),
    SETTLE(
            "homeostat.pace.settle",
            Limits.DEFAULT.settle(),
            Duration.ZERO,
            Duration.ofDays(7),
            "a second action other than a scaling needs its alert confirmed later than this after the first"),
    DEADLINE(
            "homeostat.action.deadline",
            Limits.DEFAULT.deadline(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "an action that was not sent so soon after its decision is not sent at all"),
    SCALE_BY(
            "homeostat.scale.by",
            Limits.DEFAULT.scaleBy(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "a scaling that its tasks do not follow by then is ineffective"),
    RESTART_BY(
            "homeostat.restart.by",
            Limits.DEFAULT.restartBy(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "a restart whose tasks are not fresh by then is ineffective"),
    HOLD(
            "homeostat.scale.hold",
            Limits.DEFAULT.hold(),
            Duration.ZERO,
            Duration.ofDays(1),
            "what an action is to bring about must hold so long without a break"),
    ALERT_END(
            "homeostat.action.alert-end",
            Limits.DEFAULT.alertEnd(),
            Duration.ZERO,
            Duration.ofDays(1),
            "so long after its effect has held, the alert that a restart was done for must have ended; more than Alertmanager's group_interval"),
    LOOK_BY(
            "homeostat.action.look-by",
            Limits.DEFAULT.lookBy(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "an action whose answer was lost comes to people when the cluster could not be asked for so long"),
    ARRIVES_BY(
            "homeostat.action.arrives-by",
            Limits.DEFAULT.arrivesBy(),
            Duration.ZERO,
            Duration.ofDays(1),
            "what was sent and not answered may still arrive for so long, so only a later look tells that it did not; not less than homeostat.docker.timeout"),
    ATTEMPTS_WITHIN(
            "homeostat.attempts.within",
            Limits.DEFAULT.attemptsWithin(),
            Duration.ofSeconds(1),
            Duration.ofDays(7),
            "an action that did not heal counts for so long"),
    NOTICE_BY(
            "homeostat.notice.by",
            Limits.DEFAULT.noticeBy(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "a message must be delivered by then, or it is sent again"),
    RETRY_FIRST(
            "homeostat.retry.first",
            Limits.DEFAULT.retryFirst(),
            Duration.ofMillis(10),
            Duration.ofDays(1),
            "wait before a failed or conflicted action may be tried again; doubled each time"),
    RETRY_MOST(
            "homeostat.retry.most",
            Limits.DEFAULT.retryMost(),
            Duration.ofMillis(10),
            Duration.ofDays(1),
            "the longest such wait"),
    GRACE(
            "homeostat.alerts.grace",
            Limits.DEFAULT.grace(),
            Duration.ZERO,
            Duration.ofDays(1),
            "a new alert that nothing takes care of comes to people after this"),
    PATIENCE(
            "homeostat.alerts.patience",
            Limits.DEFAULT.patience(),
            Duration.ofSeconds(1),
            Duration.ofDays(7),
            "a wish that is held back so long comes to people"),
    REOPEN(
            "homeostat.alerts.reopen",
            Limits.DEFAULT.reopen(),
            Duration.ZERO,
            Duration.ofDays(1),
            "so long after an alert's end an older firing of it is taken for a late repeat"),
    QUIET(
            "homeostat.incident.quiet",
            Limits.DEFAULT.quiet(),
            Duration.ZERO,
            Duration.ofDays(1),
            "an incident without symptoms stays open so long"),
    UNCONFIRMED(
            "homeostat.alerts.unconfirmed",
            Limits.DEFAULT.unconfirmed(),
            Duration.ofSeconds(1),
            Duration.ofDays(7),
            "without Alertmanager's address, an alert that nobody confirmed for so long is for people only"),
    ABSENT_FOR(
            "homeostat.alerts.absent-for",
            Limits.DEFAULT.absentFor(),
            Duration.ZERO,
            Duration.ofDays(1),
            "an alert missing from Alertmanager's own list for so long is closed"),
    ALERTMANAGER_UP(
            "homeostat.alertmanager.up-for",
            Limits.DEFAULT.alertmanagerUp(),
            Duration.ZERO,
            Duration.ofDays(1),
            "absence from its list means something only after Alertmanager was up so long"),
    GAP(
            "homeostat.gap",
            Limits.DEFAULT.gap(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "after a longer pause than this every watcher counts as blind until it has looked again"),
    REQUEST_FOR(
            "homeostat.request.for",
            Limits.DEFAULT.requestFor(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "a person's request that cannot be done by then is forgotten");

    private final String setting;
    private final Duration standard;
    private final Duration min;
    private final Duration max;
    private final String meaning;

    LimitSpan(String setting, Duration standard, Duration min, Duration max, String meaning) {
        this.setting = setting;
        this.standard = standard;
        this.min = min;
        this.max = max;
        this.meaning = meaning;
    }

    Duration read(SettingsTable table) {
        return table.span(setting, standard, min, max, meaning);
    }
}
