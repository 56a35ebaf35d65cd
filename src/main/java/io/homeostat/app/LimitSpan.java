package io.homeostat.app;

import io.homeostat.diagnosis.Thresholds;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Limits.Safety;
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
    LOOK_BACK(
            "homeostat.alerts.look-back",
            Limits.DEFAULT.lookBack(),
            Duration.ofMinutes(1),
            Duration.ofDays(7),
            "when alerts began is remembered so long, for rules that count them; no rule sees further back"),
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
            "a person's request that cannot be done by then is forgotten"),
    STORM_DOWN(
            "homeostat.storm.down-for",
            Safety.DEFAULT.stormDown(),
            Duration.ZERO,
            Duration.ofDays(1),
            "a node that is down for so long counts as sick"),
    STORM_CALM(
            "homeostat.storm.calm",
            Safety.DEFAULT.stormCalm(),
            Duration.ZERO,
            Duration.ofDays(1),
            "a storm is over after so long with fewer sick nodes"),
    HANDS_OFF(
            "homeostat.hands-off",
            Safety.DEFAULT.handsOff(),
            Duration.ZERO,
            Duration.ofDays(7),
            "what a person changed is left to people for so long: replicas, image and configuration, or a node's availability"),
    RATE_WITHIN(
            "homeostat.rate.within",
            Safety.DEFAULT.rateWithin(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "the time in which homeostat.rate.max actions may be taken"),
    APPROVAL_FOR(
            "homeostat.approval.for",
            Safety.DEFAULT.approvalFor(),
            Duration.ofSeconds(1),
            Duration.ofDays(7),
            "people have so long to approve or reject, then they are told once more"),
    APPROVAL_FLAP(
            "homeostat.approval.flap",
            Safety.DEFAULT.approvalFlap(),
            Duration.ZERO,
            Duration.ofDays(1),
            "an approval outlives its wish by so long, since an alert may flap"),
    WISH_WINDOW(
            "homeostat.scale.wish-window",
            Safety.DEFAULT.wishWindow(),
            Duration.ZERO,
            Duration.ofDays(1),
            "a service is scaled down only to the highest number wished within this time"),
    UNDO_FREEZE(
            "homeostat.undo.freeze",
            Safety.DEFAULT.undoFreeze(),
            Duration.ofSeconds(1),
            Duration.ofDays(7),
            "a rule whose action was undone stays frozen on that subject for so long"),
    ROLLBACK_BY(
            "homeostat.rollback.by",
            Safety.DEFAULT.rollbackBy(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "a rollback whose tasks do not run by then is ineffective"),
    NODE_BY(
            "homeostat.node.by",
            Safety.DEFAULT.nodeBy(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "a node that tasks have not left or may not come to by then was changed in vain"),
    BURST(
            "homeostat.hands-off.burst",
            Safety.DEFAULT.burst(),
            Duration.ZERO,
            Duration.ofMinutes(5),
            "services of one stack that are written within so long of each other were written by a deployment, unless each was only scaled"),
    FAILURES_WITHIN(
            "homeostat.diagnosis.failures-within",
            Thresholds.DEFAULT.failuresWithin(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "the time in which homeostat.diagnosis.failures tasks must have failed"),
    AFTER_CHANGE(
            "homeostat.diagnosis.after-change",
            Thresholds.DEFAULT.afterChange(),
            Duration.ZERO,
            Duration.ofDays(1),
            "an ailment that begins so soon after a change of a service's image or configuration is taken to come from it"),
    PENDING_FOR(
            "homeostat.diagnosis.pending-for",
            Thresholds.DEFAULT.pendingFor(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "so long a task may wait for a node, or for its node to take it"),
    PULLING_FOR(
            "homeostat.diagnosis.pulling-for",
            Thresholds.DEFAULT.pullingFor(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "so long a task may be prepared, which is mostly the pulling of its image"),
    STARTING_FOR(
            "homeostat.diagnosis.starting-for",
            Thresholds.DEFAULT.startingFor(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "so long a task may start, until its health check says that it has"),
    PROGRESS_BY(
            "homeostat.diagnosis.progress-by",
            Thresholds.DEFAULT.progressBy(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "an update or rollback in which no further task runs for so long, and some do not, is stuck"),
    MISSING_FOR(
            "homeostat.diagnosis.missing-for",
            Thresholds.DEFAULT.missingFor(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "so long a task may be missing that Swarm does not start again"),
    CLEAR_AFTER(
            "homeostat.diagnosis.clear-after",
            Thresholds.DEFAULT.clearAfter(),
            Duration.ZERO,
            Duration.ofDays(1),
            "an own alert whose ailment was not seen for so long is over; less than homeostat.action.alert-end"),
    OWN_GRACE(
            "homeostat.diagnosis.grace",
            Thresholds.DEFAULT.ownGrace(),
            Duration.ZERO,
            Duration.ofDays(1),
            "an own alert that nothing takes care of comes to people after this"),
    DEPLOY_BY(
            "homeostat.deploy.by",
            Safety.DEFAULT.deployBy(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "a deployment whose tasks do not all run by then is taken back"),
    DEPLOY_WITHIN(
            "homeostat.deploy.within",
            Safety.DEFAULT.deployWithin(),
            Duration.ofSeconds(1),
            Duration.ofDays(7),
            "a deployment that could not begin, or not be taken back, for so long has failed"),
    DEPLOY_MEMORY(
            "homeostat.deploy.memory",
            Safety.DEFAULT.deployMemory(),
            Duration.ofMinutes(1),
            Duration.ofDays(365),
            "a deployment is listed for so long after its end, and its image stays in quarantine if it was not good"),
    WATCH(
            "homeostat.watch",
            Safety.DEFAULT.watch(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "a new specification that has run well for so long, without an alert about its service, is the last known good; the label homeostat.watch of a service says otherwise");

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
