package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Node;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumGuardTest {
    private static final Node LOST_7 =
            Nodes.manager("7", Node.State.DOWN, Node.Manager.UNREACHABLE);

    private final QuorumGuard guard = new QuorumGuard();
    private final SituationFixture situation = new SituationFixture();

    @Test
    void letsOneOfThreeReachableManagersBeDrained() {
        situation.with(Nodes.leader("1")).with(Nodes.manager("2")).with(Nodes.manager("3"));

        assertThat(draining("3")).isEmpty();
    }

    @Test
    void refusesTheNextWhenOneOfThreeIsLost() {
        situation.with(Nodes.leader("1")).with(Nodes.manager("2")).with(LOST_7);

        assertThat(draining("2"))
                .contains(
                        new Objection(
                                "quorum",
                                Verdict.DENY,
                                QuorumGuard.MAJORITY,
                                "2 of 3 managers are reachable, and a majority is 2; at least 1"
                                        + " more must be reachable before another is taken out",
                                "node/7 is reachable again",
                                null,
                                subjects("2", "7")));
    }

    @Test
    void refusesTheNextOfFiveAlthoughAMajorityWouldBeLeft() {
        five().with(LOST_7);

        assertThat(draining("2"))
                .contains(
                        new Objection(
                                "quorum",
                                Verdict.DENY,
                                QuorumGuard.ONE_AT_A_TIME,
                                "4 of 5 managers are reachable, and a majority is 3, and only one"
                                        + " at a time may be out: node/7 is down",
                                "node/7 is reachable and active",
                                null,
                                subjects("2", "7")));
    }

    @ParameterizedTest
    @CsvSource({"DRAIN, drained", "PAUSE, paused"})
    void takesADrainedOrPausedManagerForOneThatIsOut(Node.Availability away, String word) {
        situation.with(Nodes.leader("1")).with(Nodes.manager("2")).with(Nodes.manager("3", away));

        assertThat(draining("2"))
                .get()
                .returns(Verdict.DENY, Objection::verdict)
                .returns(QuorumGuard.ONE_AT_A_TIME, Objection::code)
                .extracting(Objection::reason)
                .asString()
                .contains("3 of 3 managers are reachable", "node/3 is " + word);
    }

    @Test
    void takesAManagerThatDoesNotSpeakWithTheOthersForLostAlthoughItsNodeIsReady() {
        five().with(Nodes.manager("7", Node.State.READY, Node.Manager.UNREACHABLE));

        assertThat(draining("2"))
                .get()
                .extracting(Objection::reason)
                .asString()
                .contains("4 of 5 managers are reachable", "node/7 is unreachable");
    }

    @Test
    void letsTheLostOneBeDrainedWhichTakesNothingAway() {
        situation.with(Nodes.leader("1")).with(Nodes.manager("2")).with(LOST_7);

        assertThat(draining("7")).isEmpty();
    }

    @Test
    void neverTakesTheOnlyManager() {
        situation.with(Nodes.leader("1")).with(Nodes.worker("2", Node.State.READY));

        assertThat(draining("1"))
                .get()
                .returns(Verdict.DENY, Objection::verdict)
                .returns(QuorumGuard.LAST, Objection::code)
                .returns("node/1 is the only manager", Objection::reason)
                .returns("two more managers have joined", Objection::change);
    }

    @Test
    void neverTakesTheLastManagerThatIsLeft() {
        situation
                .with(Nodes.leader("1"))
                .with(LOST_7)
                .with(Nodes.manager("8", Node.State.DOWN, Node.Manager.UNREACHABLE));

        assertThat(draining("1"))
                .get()
                .returns(QuorumGuard.LAST, Objection::code)
                .returns(
                        "node/1 is the last manager; 1 of 3 managers is reachable, and a majority"
                                + " is 2",
                        Objection::reason)
                .returns("node/7, node/8 are reachable again", Objection::change)
                .returns(subjects("1", "7", "8"), Objection::evidence);
    }

    @Test
    void takesNeitherOfTwoManagers() {
        situation.with(Nodes.leader("1")).with(Nodes.manager("2"));

        assertThat(draining("2"))
                .get()
                .returns(Verdict.DENY, Objection::verdict)
                .returns(QuorumGuard.MAJORITY, Objection::code)
                .returns("another manager has joined", Objection::change);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, REACHABLE",
        "DISCONNECTED, REACHABLE",
        "READY, UNKNOWN",
        "READY, NONE",
    })
    void waitsWhileItIsNotKnownWhetherAnotherCanBeReached(
            Node.State state, Node.Manager reachability) {
        situation
                .with(Nodes.leader("1"))
                .with(Nodes.manager("2"))
                .with(Nodes.manager("3", state, reachability));

        assertThat(draining("2"))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(QuorumGuard.UNKNOWN, Objection::code)
                .returns(
                        "2 of 3 managers are reachable, and a majority is 2; whether node/3 can"
                                + " be reached is not known",
                        Objection::reason)
                .returns("node/3 is reachable again", Objection::change);
    }

    @Test
    void doesNotCountADemotedManagerThoughItStillSpeaksWithTheOthers() {
        situation
                .with(Nodes.leader("1"))
                .with(Nodes.manager("2"))
                .with(
                        Nodes.node(
                                "3",
                                Node.Role.WORKER,
                                Node.State.READY,
                                Node.Availability.ACTIVE,
                                Node.Manager.REACHABLE));

        assertThat(draining("2"))
                .get()
                .extracting(Objection::reason)
                .asString()
                .startsWith("2 of 2 managers are reachable, and a majority is 2");
        assertThat(draining("3")).isEmpty();
    }

    @Test
    void waitsForTheOutcomeOfAnActionOnAnother() {
        five().with(Nodes.manager("7")).with(Nodes.draining("7"));

        assertThat(draining("2"))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(QuorumGuard.UNSETTLED, Objection::code)
                .returns(subjects("2", "7"), Objection::evidence);
    }

    @Test
    void holdsForWhatAPersonRequestsToo() {
        situation.with(Nodes.leader("1")).with(Nodes.manager("2")).with(LOST_7);

        assertThat(guard.judge(Sample.asked(new Wish.Drain("2"), situation), situation))
                .get()
                .returns(Verdict.DENY, Objection::verdict);
    }

    @Test
    void hasNothingAgainstActivatingAManager() {
        situation
                .with(Nodes.leader("1"))
                .with(LOST_7)
                .with(Nodes.manager("3", Node.Availability.DRAIN));

        assertThat(judge(new Wish.Activate("3"))).isEmpty();
    }

    @Test
    void hasNothingAgainstDrainingAWorker() {
        situation.with(Nodes.leader("1")).with(LOST_7).with(Nodes.worker("4", Node.State.READY));

        assertThat(draining("4")).isEmpty();
    }

    @Test
    void takesAPauseForAWayOut() {
        situation.with(Nodes.leader("1"));
        Action pause =
                new Action.SetAvailability("1", Node.Availability.ACTIVE, Node.Availability.PAUSE);
        Proposal asked = Sample.asked(new Wish.Drain("1"), situation);

        assertThat(
                        guard.judge(
                                new Proposal(
                                        asked.wish(),
                                        pause,
                                        "",
                                        Sorted.copy(Map.of()),
                                        asked.evidence(),
                                        asked.incident(),
                                        asked.openedAt(),
                                        null),
                                situation))
                .get()
                .returns(QuorumGuard.LAST, Objection::code);
    }

    private SituationFixture five() {
        return situation
                .with(Nodes.leader("1"))
                .with(Nodes.manager("2"))
                .with(Nodes.manager("3"))
                .with(Nodes.manager("4"));
    }

    private Optional<Objection> draining(String id) {
        return judge(new Wish.Drain(id));
    }

    private Optional<Objection> judge(Wish wish) {
        return guard.judge(Sample.proposal(wish, situation), situation);
    }

    private static SortedSet<Subject> subjects(String... ids) {
        return Sorted.copy(List.of(ids).stream().map(Subject::node).toList());
    }
}
