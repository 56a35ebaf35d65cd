package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Notice;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A storm is remembered from its first sight until it has been calm for long enough, and people
/// hear once of each. Five nodes; two that are down for 30 s are a storm, 5 min without it are
/// calm.
class StormsTest {
    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());
    private final SortedMap<String, Node.State> nodes = new TreeMap<>();
    private final List<Notice> notices = new ArrayList<>();

    StormsTest() {
        for (int i = 1; i <= 5; i++) {
            nodes.put("n" + i, Node.State.READY);
        }
    }

    @Test
    void peopleHearOnceThatItBeganAndOnceThatItIsOver() {
        goesBy(Duration.ofMinutes(1));
        are(Node.State.DOWN, "n4", "n5");
        goesBy(Duration.ofMinutes(10));

        assertThat(notices)
                .singleElement()
                .returns(Notice.Phase.ESCALATED, Notice::phase)
                .returns("critical", Notice::severity)
                .returns(
                        "a storm: 2 of 5 nodes are sick (40 %), host-n4, host-n5; nothing that is"
                                + " well is taken out until fewer than 40 % or fewer than 2 have"
                                + " been sick for 300 s",
                        Notice::title);

        are(Node.State.READY, "n4");
        goesBy(Duration.ofMinutes(10));

        assertThat(notices).hasSize(2);
        assertThat(notices.getLast())
                .returns(Notice.Phase.RESOLVED, Notice::phase)
                .returns(notices.getFirst().incident(), Notice::incident)
                .extracting(Notice::title)
                .asString()
                .startsWith(
                        "the storm of 2026-11-23T10:01:40Z is over: 1 of 5 nodes is sick (20 %)")
                .endsWith("calm for 300 s");
        assertThat(engine.picture().incidents()).isEmpty();
    }

    @Test
    void itBeginsByTimeAloneAndTheEngineAsksToBeWokenThen() {
        look();
        are(Node.State.DOWN, "n4", "n5");
        Turn turn = look();
        Instant sick = engine.now.plusSeconds(30);
        assertThat(turn.wakeAt()).isBeforeOrEqualTo(sick);

        engine.passes(Duration.ofSeconds(29));
        tell(engine.step());
        assertThat(notices).isEmpty();

        engine.passes(Duration.ofSeconds(1));
        tell(engine.step());
        assertThat(notices).hasSize(1);
    }

    @Test
    void aMomentOfCalmDoesNotEndIt() {
        storms();
        are(Node.State.READY, "n4", "n5");
        goesBy(Duration.ofSeconds(290));
        are(Node.State.DOWN, "n4", "n5");
        goesBy(Duration.ofSeconds(20));
        are(Node.State.READY, "n4", "n5");
        goesBy(Duration.ofSeconds(290));
        assertThat(notices).hasSize(1);

        goesBy(Duration.ofSeconds(20));
        assertThat(notices).hasSize(2);
    }

    @Test
    void itIsNotCalmWhileSwarmDoesNotKnowHowTheNodesAre() {
        storms();
        are(Node.State.UNKNOWN, "n4", "n5");

        goesBy(Duration.ofMinutes(10));

        assertThat(notices).hasSize(1);
    }

    @Test
    void nodesThatSwarmDoesNotKnowMakeNoStorm() {
        are(Node.State.UNKNOWN, "n1", "n2", "n3", "n4", "n5");

        goesBy(Duration.ofMinutes(10));

        assertThat(notices).isEmpty();
    }

    @Test
    void itSurvivesARestartAndIsNotToldAgain() {
        storms();
        engine.restart();
        goesBy(Duration.ofMinutes(1));
        assertThat(notices).hasSize(1);

        are(Node.State.READY, "n4", "n5");
        goesBy(Duration.ofMinutes(4));
        engine.restart();
        goesBy(Duration.ofSeconds(50));
        assertThat(notices).hasSize(1);

        goesBy(Duration.ofSeconds(30));
        assertThat(notices).hasSize(2);
    }

    @Test
    void howLongANodeIsDownSurvivesARestart() {
        look();
        are(Node.State.DOWN, "n4", "n5");
        look();
        engine.restart();

        goesBy(Duration.ofSeconds(20));
        assertThat(notices).isEmpty();

        goesBy(Duration.ofSeconds(10));
        assertThat(notices).hasSize(1);
    }

    @Test
    void whatNobodySawIsNotCalm() {
        storms();
        are(Node.State.READY, "n4", "n5");
        goesBy(Duration.ofMinutes(1));
        engine.passes(Duration.ofMinutes(10));

        goesBy(Duration.ofMinutes(4));
        assertThat(notices).hasSize(1);

        goesBy(Duration.ofSeconds(70));
        assertThat(notices).hasSize(2);
    }

    @Test
    void theNextStormIsToldAnew() {
        storms();
        are(Node.State.READY, "n4", "n5");
        goesBy(Duration.ofMinutes(6));

        are(Node.State.DOWN, "n1", "n2");
        goesBy(Duration.ofMinutes(1));

        assertThat(notices)
                .extracting(Notice::phase)
                .containsExactly(
                        Notice.Phase.ESCALATED, Notice.Phase.RESOLVED, Notice.Phase.ESCALATED);
        assertThat(notices.getLast().incident()).isNotEqualTo(notices.getFirst().incident());
    }

    private void storms() {
        are(Node.State.DOWN, "n4", "n5");
        goesBy(Duration.ofMinutes(1));
        assertThat(notices).hasSize(1);
    }

    private void are(Node.State state, String... ids) {
        for (String id : ids) {
            nodes.put(id, state);
        }
    }

    private void goesBy(Duration time) {
        Instant end = engine.now.plus(time);
        while (engine.now.isBefore(end)) {
            engine.passes(Duration.ofSeconds(10));
            look();
        }
    }

    private Turn look() {
        List<Signal> signals = new ArrayList<>();
        for (Signal signal : engine.views()) {
            signals.add(signal instanceof Signal.NodesSeen ? seen() : signal);
        }
        Turn turn = engine.step(signals.toArray(Signal[]::new));
        tell(turn);
        return turn;
    }

    /// Every notice is delivered at once.
    private void tell(Turn turn) {
        for (Undertaking effect : turn.effects()) {
            if (effect.action() instanceof Action.PostNotice(Notice notice)) {
                notices.add(notice);
                tell(
                        engine.step(
                                new Signal.ActionReported(
                                        effect.id(), new Report.Taken("c:1"), engine.now)));
            }
        }
    }

    private Signal.NodesSeen seen() {
        List<Node> all = new ArrayList<>();
        nodes.forEach((id, state) ->
                all.add(
                        new Node(
                                id,
                                "host-" + id,
                                1,
                                Node.Role.WORKER,
                                state,
                                Node.Availability.ACTIVE,
                                Node.Manager.NONE,
                                "",
                                new TreeMap<>())));
        return new Signal.NodesSeen(engine.now, all);
    }
}
