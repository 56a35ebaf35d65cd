package io.homeostat.guard;

import static io.homeostat.guard.SituationFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Wish;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StormGuardTest {
    private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));

    private final StormGuard guard = new StormGuard();
    private final SituationFixture situation = new SituationFixture();

    @ParameterizedTest(name = "{0} of {1} nodes sick: {2}")
    @CsvSource({
        "1, 2, false",
        "1, 3, false",
        "2, 5, true",
        "2, 6, false",
        "3, 7, true",
        "19, 50, false",
        "20, 50, true",
    })
    void holdsADrainBackFromFortyPercentAndTwoNodesOn(int sick, int nodes, boolean storm) {
        nodes(sick, nodes);

        assertThat(draining("n9" + (nodes - 1)).isPresent()).isEqualTo(storm);
    }

    @Test
    void saysWithNumbersWhyAndWhatWouldHaveToChange() {
        nodes(2, 5);

        assertThat(draining("n94"))
                .contains(
                        new Objection(
                                "storm",
                                Verdict.WAIT,
                                StormGuard.STORM,
                                "2 of 5 nodes are sick (40 %); from 40 % and 2 nodes on nothing"
                                        + " that is well is taken out",
                                "at least 1 of node/n90, node/n91 is Ready again for 300 s",
                                null,
                                subjects("n90", "n91")));
    }

    @Test
    void holdsBackARestartThatStopsTasksThatAreWell() {
        nodes(2, 5);
        serving(3, true);

        assertThat(judge(new Wish.Restart(Sample.WEB)))
                .get()
                .returns(StormGuard.STORM, Objection::code);
    }

    @Test
    void letsGoOnWhatTakesOutNothingThatIsWell() {
        nodes(2, 5);
        situation.with(Nodes.worker("n95", Node.State.READY, Node.Availability.DRAIN));
        serving(3, false);

        assertThat(judge(new Wish.ScaleUp(Sample.WEB))).as("scaling up").isEmpty();
        assertThat(judge(new Wish.Restart(Sample.WEB))).as("a start-first restart").isEmpty();
        assertThat(draining("n90")).as("draining a node that is down").isEmpty();
        assertThat(judge(new Wish.Activate("n95"))).as("activating").isEmpty();
    }

    @Test
    void letsAServiceBeRolledBackOfWhichNoTaskRuns() {
        nodes(2, 5);
        serving(0, true);
        situation.good("former", "web:0");

        assertThat(judge(new Wish.Rollback(Sample.WEB))).isEmpty();
    }

    @Test
    void holdsForWhatAPersonRequestsToo() {
        nodes(2, 5);

        assertThat(guard.judge(Sample.asked(new Wish.Drain("n94"), situation), situation))
                .isPresent();
    }

    @Test
    void isNotOverWhenTheNodesAreWellAgainButNotForLongEnough() {
        nodes(1, 5);
        Instant calm = NOW.minus(Duration.ofSeconds(100));
        situation.storming(LONG_AGO).calm(calm);

        assertThat(draining("n94"))
                .contains(
                        new Objection(
                                "storm",
                                Verdict.WAIT,
                                StormGuard.NOT_OVER,
                                "the storm that began at 2026-03-01 11:00:00 UTC is not over: 1 of"
                                        + " 5 nodes is sick (20 %), calm since 2026-03-01 11:58:20"
                                        + " UTC, and 300 s of calm are needed",
                                "it stays calm until 2026-03-01 12:03:20 UTC",
                                calm.plus(Duration.ofMinutes(5)),
                                subjects("n90")));
        assertThat(draining("n90")).as("draining a node that is down").isEmpty();
    }

    @Test
    void isNotOverWhileNobodySeesThatItIsCalm() {
        nodes(0, 5);
        situation.storming(LONG_AGO).with(Nodes.worker("n91", Node.State.UNKNOWN));

        assertThat(draining("n94"))
                .get()
                .returns(StormGuard.NOT_OVER, Objection::code)
                .returns("it has been seen to be calm for 300 s", Objection::change)
                .returns(subjects("n91"), Objection::evidence);
    }

    @Test
    void holdsBackActionsOnNodesAndRestartsWhileSwarmDoesNotKnowHowTheNodesAre() {
        situation.good("former", "web:0");
        nodes(1, 5);
        situation.with(Nodes.worker("n94", Node.State.UNKNOWN));
        serving(3, false);

        assertThat(draining("n93"))
                .contains(
                        new Objection(
                                "storm",
                                Verdict.WAIT,
                                StormGuard.CANNOT_SEE,
                                "2 of 5 nodes are sick or unknown (40 %); from 40 % on it cannot"
                                        + " be seen whether there is a storm",
                                "Swarm knows again how node/n94 is",
                                null,
                                subjects("n90", "n94")));
        assertThat(judge(new Wish.Restart(Sample.WEB)))
                .get()
                .returns(StormGuard.CANNOT_SEE, Objection::code);
        assertThat(judge(new Wish.ScaleUp(Sample.WEB))).as("scaling up").isEmpty();
        assertThat(judge(new Wish.Rollback(Sample.WEB))).as("a start-first rollback").isEmpty();
    }

    @Test
    void seesWellEnoughWhenOneOfThreeIsUnknown() {
        nodes(0, 3);
        situation.with(Nodes.worker("n90", Node.State.UNKNOWN));

        assertThat(draining("n92")).isEmpty();
    }

    /// So many nodes, `n90` and on, of which the first are sick.
    private void nodes(int sick, int all) {
        for (int i = 0; i < all; i++) {
            String id = "n9" + i;
            situation.with(Nodes.worker(id, i < sick ? Node.State.DOWN : Node.State.READY));
            if (i < sick) {
                situation.down(id, LONG_AGO);
            }
        }
    }

    /// The service, with so many of three tasks that run.
    private void serving(int running, boolean stopFirst) {
        Service web = Sample.web(3);
        situation.with(
                new Service(
                        web.id(),
                        web.name(),
                        web.version(),
                        web.stack(),
                        web.mode(),
                        web.replicas(),
                        web.image(),
                        web.forceUpdate(),
                        web.labels(),
                        web.scale(),
                        web.badLabels(),
                        web.update(),
                        stopFirst,
                        1,
                        web.updatedAt(),
                        web.specHash(),
                        web.contentHash()));
        for (int slot = 1; slot <= 3; slot++) {
            situation.with(
                    new Task(
                            "t" + slot,
                            Sample.WEB,
                            slot,
                            "n94",
                            1,
                            slot <= running ? Task.State.RUNNING : Task.State.FAILED,
                            Task.State.RUNNING,
                            "web:1",
                            LONG_AGO,
                            LONG_AGO,
                            null,
                            null));
        }
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
