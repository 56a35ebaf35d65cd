package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Request;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Place;
import io.homeostat.rules.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineLoopTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");
    private static final String THROWING =
            """
            rule "stumbles over its own feet"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, name == "Stumble", $service : service != null )
            then
                insertLogical( scaleTo( $service, -1 ).because( $alert ) );
            end
            """;

    private final ForgetfulStore store = new ForgetfulStore();
    private final List<Action> performed = new CopyOnWriteArrayList<>();
    private final List<String> rebuilt = new CopyOnWriteArrayList<>();
    private final EngineUnderTest world = new EngineUnderTest(EngineUnderTest.auto());
    private final InstantSource clock = InstantSource.system();
    private volatile Optional<String> stop = Optional.empty();
    private volatile Lease.Standing standing = new Lease.Standing.Ours(1, Duration.ofSeconds(30));
    private volatile Runnable beforeSending = () -> {};
    private final EngineLoop loop = loop();

    @AfterEach
    void stops() throws InterruptedException {
        assertThat(loop.stop(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void carriesOutWhatATurnDecidedOnlyAfterItsCommit() {
        loop.start();
        seeCluster();
        store.is(ForgetfulStore.Mood.REFUSES);
        fires("HighLoad", UP);
        await().atMost(SOON).until(() -> !rebuilt.isEmpty());
        assertThat(performed).isEmpty();

        store.is(ForgetfulStore.Mood.WELL);
        seeCluster();

        await().atMost(SOON).until(() -> performed.size() == 1);
        assertThat(performed).containsExactly(new Action.ScaleService("demo_web", 2, 3));
    }

    @Test
    void aCommitWhoseAnswerWasLostIsNotDoneTwice() {
        loop.start();
        seeCluster();
        store.is(ForgetfulStore.Mood.LOSES_THE_ANSWER);
        long alert = fires("HighLoad", UP);

        await().atMost(SOON).until(() -> !rebuilt.isEmpty() && store.isEverythingRead());
        assertThat(store.turns().stream().filter(turn -> turn.taken().contains(alert))).hasSize(1);
    }

    @Test
    void aMemoryThatWasRebuiltStillKnowsWhereWeRun() {
        loop.start();
        loop.offer(new Signal.PlaceFound(new Place("demo_web", null)));
        seeCluster();
        store.is(ForgetfulStore.Mood.LOSES_THE_ANSWER);
        fires("Watchdog", Map.of("severity", "none"));
        await().atMost(SOON).until(() -> !rebuilt.isEmpty() && store.isEverythingRead());

        seeCluster();
        fires("HighLoad", UP);

        await().atMost(SOON).until(() -> isSaid("Homeostat itself runs on service/demo_web"));
        assertThat(performed).isEmpty();
    }

    @Test
    void aSignalThatBreaksTheStepIsQuarantinedAndTheOthersGoOn() {
        loop.start();
        seeCluster();
        long poison = store.accept(new Signal.RequestMade(impossible()));
        fires("HighLoad", UP);

        await().atMost(SOON).until(() -> store.quarantined().containsKey(poison));
        seeCluster();
        await().atMost(SOON).until(() -> performed.size() == 1);
    }

    @Test
    void aRuleThatThrowsIsPutAsideAndNamedAndTheOthersGoOn() {
        loop.start();
        seeCluster();
        fires("Stumble", UP);

        await().atMost(SOON)
                .until(() -> loop.picture().putAside().containsKey("stumbles over its own feet"));
        seeCluster();
        await().atMost(SOON).until(() -> performed.size() == 1);
    }

    @Test
    void aFreezeThatCameAfterTheDecisionStillHoldsItBack() {
        beforeSending = () -> stop = Optional.of("the file FREEZE stops everything");
        loop.start();
        seeCluster();
        fires("HighLoad", UP);

        await().atMost(SOON).until(() -> isSaid("not sent: the file FREEZE stops everything"));
        assertThat(performed).isEmpty();
    }

    @Test
    void whatTheFileStopsIsNotPlannedAgainAndAgain() {
        stop = Optional.of("the file FREEZE stops everything");
        loop.start();
        seeCluster();
        fires("HighLoad", UP);
        await().atMost(SOON).until(() -> isSaid("waits to scale service/demo_web"));

        stop = Optional.empty();

        await().atMost(SOON).until(() -> performed.size() == 1);
        assertThat(planned()).hasSize(1);
    }

    @Test
    void aLeaseThatRunsOutBetweenDecisionAndSendingHoldsItBack() {
        beforeSending = () -> standing = new Lease.Standing.Ours(1, Duration.ofSeconds(10));
        loop.start();
        seeCluster();
        fires("HighLoad", UP);

        await().atMost(SOON).until(() -> isSaid("not sent: the lease ends in 10000 ms"));
        assertThat(performed).isEmpty();
    }

    @Test
    void aLeaseThatRunsOutWhileTheDiskRecordsTheStartHoldsItBack() {
        store.whenStarting(() -> standing = new Lease.Standing.Unsure("no answer"));
        loop.start();
        seeCluster();
        fires("HighLoad", UP);

        await().atMost(SOON).until(() -> isSaid("not sent: nobody can tell who leads"));
        assertThat(performed).isEmpty();
    }

    @Test
    void withoutTheLeaseItGoesOnDecidingAndSendsNothing() {
        standing = new Lease.Standing.Unsure("Docker does not answer");
        loop.start();
        seeCluster();
        fires("HighLoad", UP);

        await().atMost(SOON).until(() -> isSaid("Docker does not answer"));
        assertThat(planned()).isEmpty();

        standing = new Lease.Standing.Ours(2, Duration.ofSeconds(30));
        await().atMost(SOON).until(() -> performed.size() == 1);
    }

    @Test
    void whileAnotherLeadsItTakesInAndMakesNoTurnAndMakesThemAllWhenItLeads() {
        standing = new Lease.Standing.Elsewhere("other", clock.instant());
        loop.start();
        seeCluster();
        fires("HighLoad", UP);
        Instant began = loop.progressedAt();
        await().atMost(SOON).until(() -> loop.progressedAt().isAfter(began.plusMillis(500)));
        assertThat(store.turns()).isEmpty();
        assertThat(store.isEverythingRead()).isFalse();

        standing = new Lease.Standing.Ours(2, Duration.ofSeconds(30));

        await().atMost(SOON)
                .until(() -> {
                    seeCluster();
                    return performed.size() == 1;
                });
        // The report on it comes in as well.
        await().atMost(SOON).until(store::isEverythingRead);
    }

    @Test
    void aLookFromWhenAnotherLedDoesNotMakeWhatTheStoreRemembersPassForSeen() {
        standing = new Lease.Standing.Elsewhere("other", clock.instant());
        loop.start();
        Instant then = clock.instant();
        loop.wake();
        await().atMost(SOON).until(() -> loop.progressedAt().isAfter(then));
        standing = new Lease.Standing.Ours(2, Duration.ofSeconds(30));
        loop.wake();
        await().atMost(SOON).until(() -> loop.picture().at() != null);

        loop.offer(new Signal.WatcherLooked(Watcher.SERVICES, then, Duration.ofHours(1)));
        loop.offer(new Signal.WatcherLooked(Watcher.NODES, clock.instant(), Duration.ofHours(1)));

        await().atMost(SOON).until(() -> sees(Watcher.NODES));
        assertThat(sees(Watcher.SERVICES)).isFalse();
    }

    private boolean sees(String name) {
        return loop.picture().facts().stream()
                .anyMatch(fact ->
                        fact instanceof Watcher watcher
                                && watcher.name().equals(name)
                                && watcher.isSeeing());
    }

    @Test
    void whoLosesTheLeadDropsWhatItHeldAndReadsTheStoreWhenItLeadsAgain() {
        loop.start();
        seeCluster();
        await().atMost(SOON).until(() -> !loop.picture().facts().isEmpty());

        standing = new Lease.Standing.Elsewhere("other", clock.instant());
        await().atMost(SOON).until(() -> loop.picture().facts().isEmpty());
        standing = new Lease.Standing.Ours(3, Duration.ofSeconds(30));

        await().atMost(SOON).until(() -> !loop.picture().facts().isEmpty());
    }

    private boolean isSaid(String text) {
        return store.turns().stream()
                .flatMap(turn -> turn.lines().stream())
                .anyMatch(line -> line.text().contains(text));
    }

    private List<Undertaking> planned() {
        return store.turns().stream().flatMap(turn -> turn.effects().stream()).toList();
    }

    private void seeCluster() {
        world.now = clock.instant();
        world.views().forEach(loop::offer);
    }

    private long fires(String name, Map<String, String> labels) {
        world.now = clock.instant();
        long id = store.accept(world.firing(name, labels));
        loop.wake();
        return id;
    }

    private Request impossible() {
        Instant now = clock.instant();
        return new Request(
                "r1",
                "explode",
                Subject.service("demo_web"),
                new TreeMap<>(),
                "ann",
                "why not",
                now,
                now.plusSeconds(600));
    }

    private EngineLoop loop() {
        Rulebook rulebook =
                Rulebook.compile(
                        new TreeMap<>(
                                Map.of("up.drl", EngineUnderTest.RULES, "odd.drl", THROWING)));
        Engine.Charter charter =
                new Engine.Charter(
                        rulebook,
                        GuardRail.standard(),
                        EngineUnderTest.auto(),
                        AlertSubjects.DEFAULT,
                        Sorted.copy(List.of("info")),
                        Sorted.copy(List.of("Watchdog")),
                        "test");
        Actuator<Action.OnSwarm> swarm =
                (action, clearance) -> {
                    beforeSending.run();
                    return clearance
                            .request("hash")
                            .<Report>map(Report.Withheld::new)
                            .orElseGet(() -> {
                                performed.add(action);
                                return new Report.Taken("hash");
                            });
                };
        Actuator<Action.ToPeople> people = (notice, clearance) -> new Report.Taken("C1:1");
        Observer observer = new Noted();
        Effects effects =
                new Effects(
                        swarm,
                        people,
                        store,
                        store,
                        new Effects.Gate(() -> stop, () -> standing, Duration.ofSeconds(10)),
                        clock,
                        observer,
                        Duration.ofMillis(50));
        return new EngineLoop(
                charter,
                store,
                store,
                effects,
                clock,
                new EngineLoop.Pace(1000, 100, Duration.ofMillis(200), Duration.ofMillis(50)),
                observer);
    }

    private final class Noted implements Observer {
        @Override
        public void turned(Turn turn, int signals, Duration took) {}

        @Override
        public void rebuilt(String reason) {
            rebuilt.add(reason);
        }

        @Override
        public void quarantined(String reason) {}

        @Override
        public void reported(String kind, String report, Duration took) {}
    }
}
