package io.homeostat.guard;

import io.homeostat.diagnosis.Thresholds;
import io.homeostat.fact.Autonomy;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Every duration and number that decides what is safe, each a setting with the default given in
/// [#DEFAULT].
///
/// @param ceiling how far anything may go by itself
/// @param scope which services and nodes may be acted on
/// @param replicasMax no service is scaled above this by anybody's wish
/// @param cooldown how long a rule leaves a subject alone after an action, unless it says otherwise
/// @param scaleEvery how long after a step another step needs to wait; the alert must be confirmed
///   later than that
/// @param scaleUpAfter how long after any change of its replicas a service is not stepped up
/// @param scaleDownAfter how long after any change of its replicas a service is not stepped down
/// @param settle how long after an action that is no scaling its alert must be confirmed to count
///   as still firing
/// @param deadline how long after its decision an action may still be sent
/// @param scaleBy how long a scaling may take until its replicas run
/// @param restartBy how long a restart may take until all tasks are fresh
/// @param hold how long an expectation must hold without a break
/// @param alertEnd how long after its effect has held the alert that an action was done for may go
///   on firing; Alertmanager tells of an end up to a `group_interval` late
/// @param lookBy how long the cluster may stay unseen after an answer was lost, before people are
///   told that nobody knows
/// @param arrivesBy how long what was sent and not answered may still arrive at the cluster
/// @param noticeBy how long the delivery of a message may take
/// @param retryFirst how long after a failed or conflicted action the first next attempt waits;
///   doubled each time
/// @param retryMost the longest such wait
/// @param attemptsMax after so many actions of one incident and kind that did not heal, people are
///   told
/// @param attemptsWithin an action that did not heal counts for so long
/// @param conflictsMax after so many conflicts in a row the action counts as failed
/// @param grace how long a new alert may stay unaccounted for before people hear of it
/// @param patience how long a wish may be held back before people hear of it
/// @param reopen how long after `resolved` an old firing is taken for a late repeat
/// @param lookBack how long the beginnings of alerts are remembered, for rules that count them
/// @param quiet how long an incident without symptoms stays open
/// @param unconfirmed how long without confirmation an alert may be acted on
/// @param absentFor how long an alert must be missing from Alertmanager's own list before it is
///   closed
/// @param alertmanagerUp how long Alertmanager must have been up before absence from its list means
///   anything
/// @param gap a longer pause than this between two turns blinds all watchers until they have looked
///   again
/// @param requestFor how long a person's request stands
/// @param safety what keeps the cluster as a whole from harm
/// @param diagnosis from when on what the watchers see is an ailment
public record Limits(
        Autonomy ceiling,
        Scope scope,
        int replicasMax,
        Duration cooldown,
        Duration scaleEvery,
        Duration scaleUpAfter,
        Duration scaleDownAfter,
        Duration settle,
        Duration deadline,
        Duration scaleBy,
        Duration restartBy,
        Duration hold,
        Duration alertEnd,
        Duration lookBy,
        Duration arrivesBy,
        Duration noticeBy,
        Duration retryFirst,
        Duration retryMost,
        int attemptsMax,
        Duration attemptsWithin,
        int conflictsMax,
        Duration grace,
        Duration patience,
        Duration reopen,
        Duration lookBack,
        Duration quiet,
        Duration unconfirmed,
        Duration absentFor,
        Duration alertmanagerUp,
        Duration gap,
        Duration requestFor,
        Safety safety,
        Thresholds diagnosis) {
    /// What keeps the cluster as a whole from harm, and people's word from being overheard.
    ///
    /// @param budgetPercent so many of a service's tasks or of the nodes may be out because of us,
    ///   rounded down, but at least one of three or more
    /// @param stormPercent when so many of the nodes are sick, and at least `stormNodes`, nothing
    ///   is done that costs budget
    /// @param stormNodes fewer sick nodes than this are no storm
    /// @param stormDown a node that is down for so long is sick
    /// @param stormCalm a storm is over after so long without one
    /// @param handsOff how long an aspect that a person changed is left to people
    /// @param rateMax so many actions may be taken within `rateWithin`, over all subjects
    /// @param rateWithin the time in which `rateMax` actions may be taken
    /// @param approvalFor how long people have to answer before an approval is no longer waited for
    /// @param approvalFlap how long a wish may be gone before what was granted or asked for it is
    ///   forgotten
    /// @param wishWindow a service is scaled down only to the highest number that was wished within
    ///   this time
    /// @param undoFreeze how long the rule that is undone stays frozen on that subject
    /// @param rollbackBy how long a rollback may take until the former tasks run
    /// @param nodeBy how long a change of a node's availability may take until its tasks have moved
    /// @param burst services of one stack that are written within this time of each other were
    ///   written by a deployment
    /// @param deployBy how long a deployment may take until all its tasks run
    /// @param deployWithin how long a deployment may wait for its beginning, and for being taken
    ///   back
    /// @param deployMemory how long a deployment is remembered after its end, and its image stays
    ///   in quarantine if it was not good
    /// @param watch how long a new specification has to run well before it is the last known good
    /// @param trackingTolerance metrics change nothing while they are apart from their target by no
    ///   more than so many in a hundred of it
    /// @param zone the time zone in which rules see hours and days
    public record Safety(
            int budgetPercent,
            int stormPercent,
            int stormNodes,
            Duration stormDown,
            Duration stormCalm,
            Duration handsOff,
            int rateMax,
            Duration rateWithin,
            Duration approvalFor,
            Duration approvalFlap,
            Duration wishWindow,
            Duration undoFreeze,
            Duration rollbackBy,
            Duration nodeBy,
            Duration burst,
            Duration deployBy,
            Duration deployWithin,
            Duration deployMemory,
            Duration watch,
            int trackingTolerance,
            ZoneId zone) {
        public static final Safety DEFAULT =
                new Safety(
                        20,
                        40,
                        2,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        30,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(300),
                        Duration.ofHours(1),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(30),
                        Duration.ofDays(30),
                        Duration.ofMinutes(5),
                        10,
                        ZoneOffset.UTC);
    }

    public static final Limits DEFAULT =
            new Limits(
                    Autonomy.SHADOW,
                    Scope.of(Scope.Kind.LABELLED),
                    100,
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(300),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(6),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(2),
                    3,
                    Duration.ofHours(1),
                    5,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(2),
                    Duration.ofDays(1),
                    Duration.ofMinutes(2),
                    Duration.ofHours(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    Safety.DEFAULT,
                    Thresholds.DEFAULT);

    /// The same limits, for a history in which turns are recorded only when something changed: no
    /// pause between two of them means that nobody looked.
    public Limits withoutGaps() {
        return with(ceiling, scope, replicasMax, Duration.ofDays(36_500));
    }

    /// The same limits with another reach.
    public Limits reaching(Autonomy ceiling, Scope scope, int replicasMax) {
        return with(ceiling, scope, replicasMax, gap);
    }

    private Limits with(Autonomy ceiling, Scope scope, int replicasMax, Duration gap) {
        return new Limits(
                ceiling,
                scope,
                replicasMax,
                cooldown,
                scaleEvery,
                scaleUpAfter,
                scaleDownAfter,
                settle,
                deadline,
                scaleBy,
                restartBy,
                hold,
                alertEnd,
                lookBy,
                arrivesBy,
                noticeBy,
                retryFirst,
                retryMost,
                attemptsMax,
                attemptsWithin,
                conflictsMax,
                grace,
                patience,
                reopen,
                lookBack,
                quiet,
                unconfirmed,
                absentFor,
                alertmanagerUp,
                gap,
                requestFor,
                safety,
                diagnosis);
    }
}
