package io.homeostat.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.engine.Signal;
import io.homeostat.fact.Node;
import io.homeostat.fact.Request;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReplayTest {
    private static final String SCALE =
            """
            rule "scale up when asked"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, labels["scale"] == "up", $service : service != null )
            then
                insertLogical( scaleUp( $service ).because( $alert ) );
            end
            """;

    private static final String RESTART =
            """
            rule "restart when stuck"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, name == "Stuck", $service : service != null )
            then
                insertLogical( restart( $service ).because( $alert ) );
            end
            """;

    private static final String BOTH = SCALE + RESTART;
    private static final Map<String, String> UP = Map.of("scale", "up");

    @SuppressWarnings("NullAway.Init") // each test begins one
    private Recording recording;

    private Recording recording(String rules) throws Exception {
        recording = new Recording(rules);
        recording.pass(Duration.ofMinutes(2));
        return recording;
    }

    @AfterEach
    void close() throws Exception {
        if (recording != null) {
            recording.close();
        }
    }

    /// An alert asks twice for one more task and ends; another is healed by a restart.
    private void plainStory() throws Exception {
        recording.fires("Slow", "shop_api", UP);
        recording.pass(Duration.ofMinutes(4));
        recording.fires("Slow", "shop_api", UP);
        recording.pass(Duration.ofMinutes(3));
        recording.resolves("Slow", "shop_api");
        recording.pass(Duration.ofMinutes(10));
        recording.fires("Stuck", "shop_api", Map.of());
        recording.pass(Duration.ofMinutes(2));
        recording.resolves("Stuck", "shop_api");
        recording.pass(Duration.ofMinutes(20));
    }

    @Test
    void findsNoDivergenceWhenTheSameRulesDecideAgain() throws Exception {
        recording(BOTH);
        plainStory();
        assertThat(recording.done).hasSize(3);

        ReplayReport report = recording.replay(BOTH);

        assertThat(report.divergences()).isEmpty();
        assertThat(report.totals().same()).isEqualTo(2);
        assertThat(report.totals().actionsReally()).isEqualTo(3);
        assertThat(report.totals().actionsNow()).isEqualTo(3);
    }

    @Test
    void findsNoDivergenceInAStoryOfFailuresFreezesPeopleAndRestarts() throws Exception {
        recording(BOTH);
        recording.fires("Stuck", "shop_api", Map.of());
        for (int i = 0; i < 10; i++) {
            recording.pass(Duration.ofMinutes(5));
            recording.fires("Stuck", "shop_api", Map.of());
        }
        assertThat(recording.done).as("it gives up").hasSize(3);
        recording.resolves("Stuck", "shop_api");
        recording.pass(Duration.ofMinutes(70));
        recording.turn(
                List.of(
                        new Signal.FreezeSet(
                                new Freeze(
                                        "f1",
                                        Freeze.Scope.SUBJECT,
                                        "service/shop_api",
                                        "ann",
                                        "release",
                                        recording.now,
                                        recording.now.plusSeconds(200)))));
        recording.fires("Slow", "shop_api", UP);
        recording.pass(Duration.ofMinutes(4));
        recording.fires("Slow", "shop_api", UP);
        recording.pass(Duration.ofMinutes(4));
        recording.restart();
        recording.pass(Duration.ofMinutes(4));
        recording.cluster().scaleByHand("shop_api", 2);
        recording.pass(Duration.ofMinutes(1));
        recording.fires("Slow", "shop_api", UP);
        recording.pass(Duration.ofMinutes(4));
        recording.resolves("Slow", "shop_api");
        recording.pass(Duration.ofMinutes(90));

        ReplayReport report = recording.replay(BOTH);

        assertThat(report.divergences()).isEmpty();
        assertThat(report.totals().same()).isEqualTo(2);
        assertThat(report.totals().actionsNow()).isEqualTo(recording.done.size());
    }

    @Test
    void findsNoDivergenceWhenAlertmanagersOwnListTellsOfSilencesAndAbsences() throws Exception {
        recording(BOTH);
        recording.fires("Stuck", "shop_api", Map.of());
        recording.fires("Other", "shop_api", Map.of("severity", "info"));
        recording.listed("Stuck");
        recording.pass(Duration.ofMinutes(2));
        recording.listed();
        recording.pass(Duration.ofMinutes(2));
        recording.forgets("Stuck", "shop_api");
        for (int i = 0; i < 8; i++) {
            recording.listed();
            recording.pass(Duration.ofMinutes(2));
        }
        assertThat(recording.done).isNotEmpty();

        assertThat(recording.replay(BOTH).divergences()).isEmpty();
    }

    @Test
    void findsNoDivergenceWhenANodeFailsAndIsDrained() throws Exception {
        recording(BOTH);
        recording.cluster().fail("node-3");
        recording.fires("Stuck", "shop_api", Map.of());
        recording.pass(Duration.ofMinutes(3));
        recording.cluster().restore("node-3");
        recording.cluster().availability("node-2", Node.Availability.DRAIN);
        recording.pass(Duration.ofMinutes(8));
        recording.fires("Stuck", "shop_api", Map.of());
        recording.pass(Duration.ofMinutes(8));

        assertThat(recording.replay(BOTH).divergences()).isEmpty();
    }

    @Test
    void saysWhatAnAddedRuleWouldHaveDoneAndHowItReallyEnded() throws Exception {
        recording(SCALE);
        plainStory();

        ReplayReport report = recording.replay(BOTH);

        assertThat(report.divergences())
                .singleElement()
                .satisfies(divergence -> {
                    assertThat(divergence.subject()).isEqualTo("service/shop_api");
                    assertThat(divergence.ended()).startsWith("resolved after");
                    assertThat(divergence.really()).isEmpty();
                    assertThat(divergence.differences())
                            .singleElement()
                            .satisfies(difference -> {
                                assertThat(difference.kind()).isEqualTo("added");
                                assertThat(difference.rule()).isEqualTo("restart when stuck");
                                assertThat(difference.now())
                                        .containsExactly("allow: restart service/shop_api");
                            });
                });
        assertThat(report.totals().added()).isEqualTo(1);
        assertThat(report.totals().same()).isEqualTo(1);
    }

    @Test
    void saysWhatARemovedRuleReallyDid() throws Exception {
        recording(BOTH);
        plainStory();

        ReplayReport report = recording.replay(SCALE);

        assertThat(report.totals().removed()).isEqualTo(1);
        assertThat(report.divergences())
                .singleElement()
                .satisfies(divergence ->
                        assertThat(divergence.really())
                                .singleElement()
                                .asString()
                                .startsWith("restart service/shop_api: healed"));
    }

    @Test
    void saysWhereARuleWouldHaveGoneLessFar() throws Exception {
        recording(BOTH);
        plainStory();

        ReplayReport report =
                recording.replay(
                        BOTH.replaceFirst("@autonomy\\( \"auto\" \\)", "@autonomy( \"ask\" )"));

        assertThat(report.totals().changed()).isEqualTo(1);
        assertThat(report.divergences().getFirst().differences().getFirst().now())
                .allMatch(verdict -> verdict.startsWith("ask"));
    }

    @Test
    void keepsItsPaceWithActionsThatAreNotDone() throws Exception {
        recording(SCALE);
        recording.fires("Stuck", "shop_api", Map.of());
        for (int i = 0; i < 60; i++) {
            recording.pass(Duration.ofSeconds(10));
            recording.fires("Stuck", "shop_api", Map.of());
        }

        ReplayReport report = recording.replay(BOTH);

        assertThat(report.totals().actionsNow())
                .as("one in two minutes at most, in ten")
                .isBetween(2, 6);
    }

    @Test
    void saysTheSameEveryTime() throws Exception {
        recording(SCALE);
        plainStory();

        assertThat(recording.replay(BOTH)).isEqualTo(recording.replay(BOTH));
    }

    @Test
    void beginsInTheMiddleOfHistoryWithWhatWasKnownThen() throws Exception {
        recording(BOTH);
        plainStory();
        Instant middle = Recording.BEGIN.plus(Duration.ofMinutes(15));

        ReplayReport report = recording.replay(middle, BOTH);

        assertThat(report.from()).isAfterOrEqualTo(middle);
        assertThat(report.divergences()).isEmpty();
        assertThat(report.totals().actionsNow()).isEqualTo(1);
    }

    @Test
    void refusesRulesThatAreNotSound() throws Exception {
        recording(BOTH);

        assertThatThrownBy(() -> recording.replay("rule \"x\" when Nonsense() then end"))
                .isInstanceOf(ReplayFault.class)
                .hasMessageContaining("test.drl:1");
    }

    @Test
    void answersOfPeopleCountForTheSameQuestion() throws Exception {
        String asking = RESTART.replace("\"auto\"", "\"ask\"");
        recording(asking);
        recording.fires("Stuck", "shop_api", Map.of());
        recording.pass(Duration.ofMinutes(1));
        String asked =
                recording.decisions.stream()
                        .filter(decision -> decision.verdict() == Verdict.ASK)
                        .findFirst()
                        .orElseThrow()
                        .id();
        recording.turn(
                List.of(new Signal.ApprovalAnswered(asked, true, "ann", "go on", recording.now)));
        recording.pass(Duration.ofMinutes(5));
        assertThat(recording.done).hasSize(1);

        // One rule more, which asks as well, so that the decisions have other IDs.
        ReplayReport report =
                recording.replay(
                        asking
                                + SCALE.replace("labels[\"scale\"] == \"up\"", "name == \"Stuck\"")
                                        .replace("\"auto\"", "\"ask\""));

        assertThat(report.totals().actionsNow()).isEqualTo(1);
        assertThat(report.totals().same()).isEqualTo(1);
        assertThat(report.totals().added()).isEqualTo(1);
    }

    @Test
    void requestsOfPeopleAreHeardAgain() throws Exception {
        recording(BOTH);
        recording.turn(
                List.of(
                        new Signal.RequestMade(
                                new Request(
                                        "r1",
                                        "scale",
                                        Subject.service("shop_api"),
                                        Sorted.copy(new TreeMap<>(Map.of("replicas", "5"))),
                                        "ann",
                                        "load",
                                        recording.now,
                                        recording.now.plusSeconds(600)))));
        recording.pass(Duration.ofMinutes(5));
        assertThat(recording.done).containsExactly("scale service/shop_api from 3 to 5");

        ReplayReport report = recording.replay(SCALE);

        assertThat(report.divergences()).isEmpty();
        assertThat(report.totals().actionsNow()).isEqualTo(1);
    }
}
