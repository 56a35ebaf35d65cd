package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Expectation;
import io.homeostat.action.Undertaking;
import io.homeostat.action.Wish;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisruptionGuardTest {
    private static final Instant LONG_AGO = SituationFixture.NOW.minus(Duration.ofHours(1));
    private static final Instant JUST_NOW = SituationFixture.NOW.minus(Duration.ofSeconds(5));

    private final SituationFixture situation = new SituationFixture();
    private final DisruptionGuard guard = new DisruptionGuard();

    /// The budget of a service whose tasks are stopped one by one before they start anew.
    @ParameterizedTest
    @CsvSource({
        "1, 0, ASK",
        "1, 1, ALLOW",
        "2, 0, ASK",
        "2, 1, WAIT",
        "2, 2, ALLOW",
        "3, 0, ALLOW",
        "3, 1, WAIT",
        "3, 2, WAIT",
        "5, 0, ALLOW",
        "5, 1, WAIT",
        "5, 2, WAIT",
        "7, 0, ALLOW",
        "7, 1, WAIT",
        "7, 2, WAIT",
        "50, 0, ALLOW",
        "50, 1, ALLOW",
        "50, 2, ALLOW",
    })
    void restartsOnlyWhenEnoughOthersAreWell(int size, int out, Verdict expected) {
        situation.with(service(size, true, 1));
        run(size - out);

        assertThat(verdict(Sample.restart(situation))).isEqualTo(expected);
    }

    /// The budget of the nodes.
    @ParameterizedTest
    @CsvSource({
        "1, 0, ASK",
        "2, 0, ASK",
        "2, 1, WAIT",
        "3, 0, ALLOW",
        "3, 1, WAIT",
        "3, 2, WAIT",
        "5, 0, ALLOW",
        "5, 1, WAIT",
        "5, 2, WAIT",
        "7, 0, ALLOW",
        "7, 1, WAIT",
        "7, 2, WAIT",
        "50, 0, ALLOW",
        "50, 1, ALLOW",
        "50, 2, ALLOW",
    })
    void drainsOnlyWhenEnoughOtherNodesAreWell(int size, int out, Verdict expected) {
        for (int number = 1; number <= size; number++) {
            situation.with(
                    node(
                            number,
                            number > size - out ? Node.State.DOWN : Node.State.READY,
                            Node.Availability.ACTIVE));
        }

        assertThat(verdict(Sample.proposal(new Wish.Drain("n1"), situation))).isEqualTo(expected);
    }

    @Test
    void saysWithNumbersWhatIsOutAndWhatWouldHaveToChange() {
        for (int number = 1; number <= 5; number++) {
            situation.with(
                    node(
                            number,
                            number > 3 ? Node.State.DOWN : Node.State.READY,
                            Node.Availability.ACTIVE));
        }

        Objection objection =
                guard.judge(Sample.proposal(new Wish.Drain("n1"), situation), situation)
                        .orElseThrow();

        assertThat(objection.reason())
                .isEqualTo("2 of 5 nodes are out (40 %), and it takes out 1; at most 1 may be out");
        assertThat(objection.change()).isEqualTo("node/n4, node/n5 are well again");
        assertThat(objection.evidence()).containsExactly(Subject.node("n4"), Subject.node("n5"));
    }

    @Test
    void aLoneTaskInACrashLoopIsNotServingAnyway() {
        situation.good("former", "web:0");
        situation.with(service(1, true, 1));
        situation.with(task("t1", 1, "n1", Task.State.FAILED, JUST_NOW.minusSeconds(5)));
        situation.with(task("t2", 1, "n1", Task.State.RUNNING, JUST_NOW));

        assertThat(verdict(Sample.proposal(new Wish.Rollback(Sample.WEB), situation)))
                .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void aTaskThatFailedLongAgoIsWellAgainAfterItHasRunForAWhile() {
        situation.with(service(1, true, 1));
        situation.with(task("t1", 1, "n1", Task.State.FAILED, LONG_AGO));
        situation.with(task("t2", 1, "n1", Task.State.RUNNING, LONG_AGO));

        assertThat(verdict(Sample.restart(situation))).isEqualTo(Verdict.ASK);
    }

    @Test
    void twoOfTwoAreRestartedWhenTheNewOnesStartFirst() {
        situation.with(service(2, false, 1));
        run(2);

        assertThat(verdict(Sample.restart(situation))).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void fourOfFourBadOnesAreRolledBack() {
        situation.good("former", "web:0");
        situation.with(service(4, true, 0));
        for (int slot = 1; slot <= 4; slot++) {
            situation.with(task("t" + slot, slot, "n1", Task.State.FAILED, JUST_NOW));
        }

        assertThat(verdict(Sample.proposal(new Wish.Rollback(Sample.WEB), situation)))
                .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void aRollbackCostsNothingOfWhatStillRunsTheFormerImage() {
        situation.good("former", "web:0");
        situation.with(service(3, true, 1));
        situation.with(task("t1", 1, "n1", Task.State.FAILED, JUST_NOW));
        situation.with(task("t2", 2, "n1", Task.State.FAILED, JUST_NOW));
        situation.with(
                new Task(
                        "t3",
                        Sample.WEB,
                        3,
                        "n1",
                        1,
                        Task.State.RUNNING,
                        Task.State.RUNNING,
                        "web:0",
                        LONG_AGO,
                        LONG_AGO,
                        null,
                        null));

        assertThat(verdict(Sample.proposal(new Wish.Rollback(Sample.WEB), situation)))
                .isEqualTo(Verdict.ALLOW);
        assertThat(verdict(Sample.restart(situation))).isEqualTo(Verdict.WAIT);
    }

    @Test
    void anUpdateThatTakesAllAtOnceIsAsked() {
        situation.with(service(5, true, 0));
        run(5);

        Objection objection = guard.judge(Sample.restart(situation), situation).orElseThrow();

        assertThat(objection.verdict()).isEqualTo(Verdict.ASK);
        assertThat(objection.code()).isEqualTo(DisruptionGuard.TOO_MUCH_AT_ONCE);
        assertThat(objection.reason())
                .isEqualTo(
                        "it takes out 5 of 5 tasks of service/demo_web at once; at most 1 may be out");
    }

    @Test
    void aDrainDecidedAMomentAgoCountsAlthoughNoFactShowsIt() {
        for (int number = 1; number <= 5; number++) {
            situation.with(node(number, Node.State.READY, Node.Availability.ACTIVE));
        }
        situation.with(drain("n2"));

        Objection objection =
                guard.judge(Sample.proposal(new Wish.Drain("n1"), situation), situation)
                        .orElseThrow();

        assertThat(objection.verdict()).isEqualTo(Verdict.WAIT);
        assertThat(objection.reason()).contains("what is under way takes out 1 more");
        assertThat(objection.change()).isEqualTo("what is under way has ended");
    }

    @Test
    void aDrainThatIsSeenAlreadyIsNotCountedTwice() {
        for (int number = 1; number <= 10; number++) {
            situation.with(
                    node(
                            number,
                            Node.State.READY,
                            number == 2 ? Node.Availability.DRAIN : Node.Availability.ACTIVE));
        }
        situation.with(drain("n2"));

        assertThat(verdict(Sample.proposal(new Wish.Drain("n1"), situation)))
                .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void aDrainAlsoCostsTheTasksThatItStops() {
        for (int number = 1; number <= 5; number++) {
            situation.with(node(number, Node.State.READY, Node.Availability.ACTIVE));
        }
        situation.with(service(4, false, 1));
        situation.with(task("t1", 1, "n1", Task.State.RUNNING, LONG_AGO));
        situation.with(task("t2", 2, "n1", Task.State.RUNNING, LONG_AGO));
        situation.with(task("t3", 3, "n2", Task.State.RUNNING, LONG_AGO));
        situation.with(task("t4", 4, "n3", Task.State.RUNNING, LONG_AGO));

        Objection objection =
                guard.judge(Sample.proposal(new Wish.Drain("n1"), situation), situation)
                        .orElseThrow();

        assertThat(objection.code()).isEqualTo(DisruptionGuard.TOO_MUCH_AT_ONCE);
        assertThat(objection.reason())
                .isEqualTo(
                        "it takes out 2 of 4 tasks of service/demo_web at once; at most 1 may be out");
    }

    @Test
    void whatAddsOrIsOutAnywayCostsNothing() {
        situation.with(node(1, Node.State.DOWN, Node.Availability.ACTIVE));
        situation.with(node(2, Node.State.READY, Node.Availability.DRAIN));
        situation.with(Sample.web(2));

        assertThat(verdict(Sample.proposal(new Wish.Drain("n1"), situation)))
                .isEqualTo(Verdict.ALLOW);
        assertThat(verdict(Sample.proposal(new Wish.Activate("n2"), situation)))
                .isEqualTo(Verdict.ALLOW);
        assertThat(verdict(Sample.up(situation))).isEqualTo(Verdict.ALLOW);
        assertThat(verdict(Sample.down(situation))).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void aNodeWhoseStateNobodyKnowsIsNotOut() {
        situation.with(node(1, Node.State.READY, Node.Availability.ACTIVE));
        situation.with(node(2, Node.State.UNKNOWN, Node.Availability.ACTIVE));
        situation.with(node(3, Node.State.READY, Node.Availability.ACTIVE));

        assertThat(verdict(Sample.proposal(new Wish.Drain("n1"), situation)))
                .isEqualTo(Verdict.ALLOW);
        assertThat(
                        Disruption.of(
                                        Sample.proposal(new Wish.Drain("n2"), situation).action(),
                                        situation)
                                .nodes())
                .isEqualTo(1);
    }

    @Test
    void aLabelLetsTheOnlyTaskBeDisrupted() {
        situation.with(service(1, true, 1, Map.of(ServiceLabels.DISRUPTION, "allow")));
        run(1);

        assertThat(verdict(Sample.restart(situation))).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void whoRequestsItHasAnsweredWhatWouldBeAskedButNotWhatIsOverBudget() {
        situation.with(service(1, true, 1));
        run(1);
        assertThat(decided(new Wish.Restart(Sample.WEB))).isEqualTo(Verdict.ALLOW);

        situation.with(service(3, true, 1));
        assertThat(decided(new Wish.Restart(Sample.WEB))).isEqualTo(Verdict.WAIT);
    }

    /// What the whole rail says to a person's request.
    private Verdict decided(Wish wish) {
        return GuardRail.standard()
                .judge(Sample.asked(wish, situation), situation, "d-1")
                .verdict();
    }

    private Verdict verdict(Proposal proposal) {
        Optional<Objection> objection = guard.judge(proposal, situation);
        return objection.map(Objection::verdict).orElse(Verdict.ALLOW);
    }

    private void run(int tasks) {
        for (int slot = 1; slot <= tasks; slot++) {
            situation.with(task("t" + slot, slot, "n1", Task.State.RUNNING, LONG_AGO));
        }
    }

    private static Service service(int replicas, boolean stopFirst, int parallelism) {
        return service(replicas, stopFirst, parallelism, Map.of());
    }

    private static Service service(
            int replicas, boolean stopFirst, int parallelism, Map<String, String> labels) {
        Service usual = Sample.web(replicas, labels);
        return new Service(
                usual.id(),
                usual.name(),
                usual.version(),
                usual.stack(),
                usual.mode(),
                usual.replicas(),
                usual.image(),
                usual.forceUpdate(),
                usual.labels(),
                usual.scale(),
                usual.badLabels(),
                usual.update(),
                stopFirst,
                parallelism,
                usual.updatedAt(),
                usual.specHash(),
                usual.contentHash());
    }

    private static Task task(String id, int slot, String node, Task.State state, Instant since) {
        Task.State desired = state == Task.State.RUNNING ? Task.State.RUNNING : Task.State.SHUTDOWN;
        return new Task(
                id, Sample.WEB, slot, node, 1, state, desired, "web:1", since, since, null, null);
    }

    private static Node node(int number, Node.State state, Node.Availability availability) {
        return new Node(
                "n" + number,
                "node" + number,
                1,
                Node.Role.WORKER,
                state,
                availability,
                Node.Manager.NONE,
                "",
                Sorted.copy(Map.<String, String>of()));
    }

    private static Undertaking drain(String node) {
        Instant by = SituationFixture.NOW.plusSeconds(60);
        return new Undertaking(
                "a1",
                "d1",
                "i-1",
                Sample.RULE,
                new Action.SetAvailability(node, Node.Availability.ACTIVE, Node.Availability.DRAIN),
                null,
                1,
                Undertaking.State.PLANNED,
                SituationFixture.NOW,
                by,
                new Expectation.NodeIs(node, Node.Availability.DRAIN, Duration.ZERO, by),
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
