package io.homeostat.guard;

import static io.homeostat.guard.SituationFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Node;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeatherTest {
    private static final Limits.Safety SAFETY = Limits.Safety.DEFAULT;

    private final SituationFixture situation = new SituationFixture();

    @ParameterizedTest(name = "{0} of {1} sick: {2}")
    @CsvSource({
        "0, 0, false",
        "1, 1, false",
        "1, 2, false",
        "2, 2, true",
        "1, 3, false",
        "2, 3, true",
        "2, 5, true",
        "2, 6, false",
        "3, 7, true",
        "19, 50, false",
        "20, 50, true",
    })
    void isAStormFromFortyPercentAndTwoNodesOn(int sick, int nodes, boolean storm) {
        for (int i = 0; i < nodes; i++) {
            situation.with(Nodes.worker("n" + i, i < sick ? Node.State.DOWN : Node.State.READY));
            if (i < sick) {
                situation.down("n" + i, NOW.minus(Duration.ofHours(1)));
            }
        }

        assertThat(Weather.of(situation).isStorm(SAFETY)).isEqualTo(storm);
        assertThat(Weather.of(situation).isHidden(SAFETY)).isFalse();
    }

    @ParameterizedTest(name = "{0} sick and {1} unknown of {2}: {3}")
    @CsvSource({
        "0, 1, 1, true",
        "0, 1, 2, true",
        "0, 1, 3, false",
        "1, 1, 5, true",
        "0, 2, 5, true",
        "0, 2, 6, false",
        "2, 0, 5, false",
    })
    void cannotBeSeenWhenFortyPercentMayBeSickAndOneIsUnknown(
            int sick, int unknown, int nodes, boolean hidden) {
        for (int i = 0; i < nodes; i++) {
            Node.State state =
                    i < sick
                            ? Node.State.DOWN
                            : i < sick + unknown ? Node.State.UNKNOWN : Node.State.READY;
            situation.with(Nodes.worker("n" + i, state));
            if (state == Node.State.DOWN) {
                situation.down("n" + i, NOW.minus(Duration.ofHours(1)));
            }
        }

        assertThat(Weather.of(situation).isHidden(SAFETY)).isEqualTo(hidden);
    }

    @ParameterizedTest
    @CsvSource({"29, 0", "30, 1"})
    void aNodeIsSickWhenItHasBeenDownForLongEnough(long seconds, int sick) {
        situation.with(Nodes.worker("n1", Node.State.DOWN)).down("n1", NOW.minusSeconds(seconds));

        assertThat(Weather.of(situation).sick()).hasSize(sick);
    }

    @Test
    void isNoStormAndNotCalmWhileEnoughNodesHaveJustFallen() {
        for (int i = 1; i <= 5; i++) {
            situation.with(Nodes.worker("n" + i, i < 3 ? Node.State.DOWN : Node.State.READY));
        }
        situation.down("n1", NOW).down("n2", NOW);

        assertThat(Weather.of(situation).isStorm(SAFETY)).isFalse();
        assertThat(Weather.of(situation).isCalm(SAFETY)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"DRAIN", "PAUSE"})
    void aNodeThatSomebodyTookOutIsNotSick(Node.Availability away) {
        situation
                .with(Nodes.worker("n1", Node.State.DOWN, away))
                .down("n1", NOW.minus(Duration.ofHours(1)));

        assertThat(Weather.of(situation).sick()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN", "DISCONNECTED"})
    void aNodeThatSwarmDoesNotKnowIsNeitherSickNorWell(Node.State state) {
        situation.with(Nodes.worker("n1", state)).down("n1", NOW.minus(Duration.ofHours(1)));

        assertThat(Weather.of(situation).sick()).isEmpty();
        assertThat(Weather.of(situation).unseen()).hasSize(1);
    }

    @Test
    void saysItsNumbers() {
        situation
                .with(Nodes.worker("n1", Node.State.DOWN))
                .with(Nodes.worker("n2", Node.State.UNKNOWN))
                .with(Nodes.worker("n3", Node.State.READY))
                .down("n1", NOW.minus(Duration.ofHours(1)));

        assertThat(Weather.of(situation).text()).isEqualTo("1 of 3 nodes is sick (33 %)");
        assertThat(Weather.of(situation).doubt())
                .isEqualTo("2 of 3 nodes are sick or unknown (66 %)");
    }
}
