package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.PlantedRails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Mistakes that somebody might make one day, each planted from outside, with the promise that it
/// breaks and a seed that shows it.
enum PlantedFault {
    BUDGET_IGNORES_FAILURES(
            "TheBudgetIsKept",
            3,
            () -> rail(() -> PlantedRails.deafTo("disruption", "over-budget"))),
    QUORUM_COUNTS_LOST_MANAGERS(
            "QuorumIsKept",
            2,
            () ->
                    rail(() ->
                            PlantedRails.deafTo(
                                    "quorum", "majority", "one-at-a-time", "last", "unknown"))),
    STORM_IS_LEFT_AT_ONCE(
            "AStormIsWaitedOut", 4, () -> rail(() -> PlantedRails.deafTo("storm", "not-over"))),
    PACE_IS_LOST_AT_A_RESTART("PacesSurviveRestarts", 3, Forgetting::new),
    STALE_FIRING_REOPENS("WhatEndedStaysEnded", 1, Believing::new),
    EMPTY_VIEW_MEANS_ALL_GONE("WhatIsThereStaysKnown", 1, Credulous::new),
    TWO_ACTIONS_ON_ONE_SUBJECT(
            "OneActionPerSubject",
            1,
            () -> rail(() -> PlantedRails.deafTo("in-flight", "unsettled"))),
    THAW_REPLAYS_OLD_WISHES("NothingWithoutADecision", 5, Replaying::new),
    CONFLICT_IS_RETRIED_BLINDLY("NothingWithoutADecision", 2, Stubborn::new),
    UNKNOWN_IS_READ_AS_DOWN("UnknownIsNotDown", 2, Pessimistic::new),
    NOBODY_IS_ASKED(
            "WhatIsAskedIsNotDoneWithoutAGrant",
            1,
            () -> rail(() -> PlantedRails.deafTo("autonomy", "rule", "label"))),
    NO_IS_HEARD_AS_YES("WhatWasRejectedIsNotDone", 2, AnswerSabotage.Overbearing::new),
    A_GRANT_IS_GIVEN_BACK_AT_A_RESTART("NoGrantIsUsedTwice", 1, AnswerSabotage.Generous::new),
    THE_LAST_ANSWER_COUNTS("TheFirstAnswerCounts", 1, AnswerSabotage.Persuadable::new),
    A_RESTART_ASKS_AGAIN("AnExpiredQuestionEscalatesOnce", 2, AnswerSabotage.Insistent::new);

    final String promise;
    final long seed;

    /// A constructor each.
    @SuppressWarnings("ImmutableEnumChecker")
    final Supplier<Sabotage> sabotage;

    PlantedFault(String promise, long seed, Supplier<Sabotage> sabotage) {
        this.promise = promise;
        this.seed = seed;
        this.sabotage = sabotage;
    }

    private static Sabotage rail(Supplier<GuardRail> rail) {
        return new Sabotage() {
            @Override
            public GuardRail rail() {
                return rail.get();
            }
        };
    }

    /// Marks are not among what is read back.
    private static final class Forgetting implements Sabotage {
        @Override
        public List<Memo> recollect(List<Memo> memos) {
            return memos.stream().filter(memo -> !(memo instanceof Memo.Mark)).toList();
        }
    }

    /// Each message is taken to tell of something new.
    private static final class Believing implements Sabotage {
        @Override
        public List<Signal> hear(Signal signal) {
            return signal instanceof Signal.AlertsReceived body
                    ? List.of(
                            new Signal.AlertsReceived(
                                    body.receivedAt(),
                                    body.receiver(),
                                    body.alerts().stream()
                                            .map(each -> begun(each, body.receivedAt()))
                                            .toList(),
                                    body.truncated(),
                                    body.unsound(),
                                    body.raw()))
                    : List.of(signal);
        }

        private static Signal.ReportedAlert begun(Signal.ReportedAlert alert, Instant at) {
            return alert.firing()
                    ? new Signal.ReportedAlert(
                            alert.fingerprint(),
                            true,
                            at,
                            null,
                            alert.labels(),
                            alert.annotations())
                    : alert;
        }
    }

    /// An empty answer is believed.
    private static final class Credulous implements Sabotage {
        @Override
        public List<Signal> hear(Signal signal) {
            if (!(signal instanceof Signal.WatcherFailed failed)
                    || !failed.reason().contains("is empty")) {
                return List.of(signal);
            }
            String watcher = failed.watcher();
            Instant at = failed.at();
            Signal empty =
                    switch (watcher) {
                        case Watcher.SERVICES ->
                                new Signal.ServicesSeen(at, true, List.of(), List.of());
                        case Watcher.NODES -> new Signal.NodesSeen(at, List.of());
                        default -> new Signal.TasksSeen(at, null, List.of());
                    };
            return List.of(empty, new Signal.WatcherLooked(watcher, at, World.PACE.goodFor()));
        }
    }

    /// What a freeze held back is done when it is lifted, wished or not.
    private static final class Replaying implements Sabotage {
        private final List<Action> heldBack = new ArrayList<>();
        private @Nullable World world;

        @Override
        public void begin(World begun) {
            world = begun;
        }

        @Override
        public GuardRail rail() {
            return PlantedRails.tellingOfFrozen(heldBack::add);
        }

        @Override
        public List<Signal> hear(Signal signal) {
            if (signal instanceof Signal.FreezeLifted && world != null) {
                for (Action action : List.copyOf(heldBack)) {
                    if (action instanceof Action.OnSwarm onSwarm) {
                        world.cluster.perform(onSwarm, _ -> Optional.empty());
                    }
                }
                heldBack.clear();
            }
            return List.of(signal);
        }
    }

    /// What met a conflict is done all the same, to whatever is there now.
    private static final class Stubborn implements Sabotage {
        private @Nullable World world;

        @Override
        public void begin(World begun) {
            world = begun;
        }

        @Override
        public Report perform(
                Actuator<Action.OnSwarm> cluster, Action.OnSwarm action, Clearance clearance)
                throws InterruptedException {
            Report report = cluster.perform(action, clearance);
            Service now = world == null ? null : world.services().get(action.subject().name());
            if (report instanceof Report.Conflicted
                    && now != null
                    && action instanceof Action.ScaleService scale
                    && now.replicas() != null
                    && now.replicas() != scale.to()) {
                return cluster.perform(
                        new Action.ScaleService(scale.service(), now.replicas(), scale.to()),
                        _ -> Optional.empty());
            }
            return report;
        }
    }

    /// A node of which nothing is known is taken to be down.
    private static final class Pessimistic implements Sabotage {
        @Override
        public List<Signal> hear(Signal signal) {
            return signal instanceof Signal.NodesSeen(var began, var nodes)
                    ? List.of(
                            new Signal.NodesSeen(
                                    began, nodes.stream().map(Pessimistic::worse).toList()))
                    : List.of(signal);
        }

        private static Node worse(Node node) {
            return node.state() == Node.State.UNKNOWN
                    ? new Node(
                            node.id(),
                            node.hostname(),
                            node.version(),
                            node.role(),
                            Node.State.DOWN,
                            node.availability(),
                            node.manager(),
                            node.address(),
                            node.labels())
                    : node;
        }
    }
}
