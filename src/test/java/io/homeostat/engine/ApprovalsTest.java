package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Autonomy;
import io.homeostat.guard.Approval;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people are asked, and what becomes of their answer.
class ApprovalsTest {
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");
    private static final Map<String, String> RESTART =
            Map.of("service", "demo_web", "restart", "yes");

    private final EngineUnderTest engine =
            new EngineUnderTest(
                    Limits.DEFAULT.reaching(
                            Autonomy.ASK, Limits.DEFAULT.scope(), Limits.DEFAULT.replicasMax()));

    @BeforeEach
    void look() {
        engine.look();
    }

    @Test
    void peopleAreAskedOnceAndToldHowToAnswer() {
        String id = asks(UP);
        engine.goesBy(Duration.ofMinutes(3));

        assertThat(decisions(Verdict.ASK)).hasSize(1);
        assertThat(open())
                .singleElement()
                .returns(id, Approval::id)
                .returns("scale service/demo_web from 2 to 3", asked -> asked.action().text());
        assertThat(engine.picture().approvals().getFirst().now())
                .returns(Verdict.ASK, Decision::verdict);
        assertThat(engine.planned())
                .filteredOn(Action.PostNotice.class::isInstance)
                .extracting(action -> ((Action.PostNotice) action).notice().lines().toString())
                .anyMatch(lines -> lines.contains("approved or rejected") && lines.contains(id));
        assertThat(engine.plannedOnSwarm()).isEmpty();
    }

    @Test
    void whatIsApprovedIsDoneOnceAndTheNextStepIsAskedAnew() {
        String id = asks(UP);

        engine.perform(answer(id, true));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.ScaleService("demo_web", 2, 3));
        assertThat(engine.lines())
                .anyMatch(line -> line.startsWith("ann approves to scale service/demo_web"));

        engine.goesBy(Duration.ofMinutes(3));
        engine.step(engine.firing("Busy", UP));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
        assertThat(open())
                .singleElement()
                .satisfies(asked -> {
                    assertThat(asked.id()).isNotEqualTo(id);
                    assertThat(asked.action()).isEqualTo(new Action.ScaleService("demo_web", 3, 4));
                });
    }

    @Test
    void anAnswerIsGoodAfterARestart() {
        String id = asks(UP);
        engine.restart();
        engine.passes(Duration.ofSeconds(1));

        engine.step(new Signal.ApprovalAnswered(id, true, "ann", "go on", engine.now));
        engine.restart();
        engine.passes(Duration.ofSeconds(1));
        engine.perform(engine.look());

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void whatWasApprovedIsStillGoodWhenItWasPlannedAndNeverSent() {
        String id = asks(UP);
        Undertaking planned = onSwarm(answer(id, true));
        engine.step(
                new Signal.ActionReported(
                        planned.id(), new Report.Withheld("no lease"), engine.now));

        engine.goesBy(Duration.ofSeconds(20));

        assertThat(engine.plannedOnSwarm()).hasSize(2);
        assertThat(decisions(Verdict.ASK)).hasSize(1);
    }

    @Test
    void whatWasApprovedIsUsedUpWhenItWasTriedAndFailed() {
        String id = asks(UP);
        Undertaking planned = onSwarm(answer(id, true));
        engine.step(new Signal.ActionReported(planned.id(), new Report.Failed("no"), engine.now));

        engine.goesBy(Duration.ofMinutes(1));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
        assertThat(open()).hasSize(1);
    }

    @Test
    void anApprovalOfOtherParametersIsAskedAnew() {
        String id = asks(UP);
        engine.replicas.put("demo_web", 3);
        engine.passes(Duration.ofSeconds(1));
        engine.look();
        answer(id, true);
        engine.goesBy(Duration.ofMinutes(2));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(open())
                .singleElement()
                .returns(
                        new Action.ScaleService("demo_web", 3, 4),
                        asked -> (Action.ScaleService) asked.action());
    }

    @Test
    void whatIsRejectedIsNotAskedAgainAndSaysWhoAndWhy() {
        String id = asks(UP);

        engine.step(new Signal.ApprovalAnswered(id, false, "ann", "the sale is over", engine.now));
        engine.goesBy(Duration.ofMinutes(20));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(decisions(Verdict.ASK)).hasSize(1);
        assertThat(decisions(Verdict.DENY))
                .singleElement()
                .satisfies(denied ->
                        assertThat(denied.reason())
                                .contains("ann rejected it", "the sale is over"));
    }

    @Test
    void whatNobodyAnswersComesToPeopleOnceMoreAndIsNotAskedAgain() {
        String id = asks(UP);
        engine.goesBy(Duration.ofMinutes(31));

        assertThat(open()).isEmpty();
        assertThat(engine.picture().accounts()).containsValue("escalated");
        assertThat(engine.lines()).anyMatch(line -> line.startsWith("nobody answered in time"));

        answer(id, true);
        engine.goesBy(Duration.ofMinutes(31));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(decisions(Verdict.ASK)).hasSize(1);
        assertThat(engine.lines())
                .filteredOn(line -> line.startsWith("nobody answered in time"))
                .hasSize(1);
    }

    @Test
    void aQuestionSurvivesAFlapOfItsAlert() {
        String id = asks(UP);
        engine.passes(Duration.ofSeconds(10));
        engine.step(engine.resolved("Busy", UP));
        engine.goesBy(Duration.ofSeconds(90));

        assertThat(open()).singleElement().returns(id, Approval::id);
        assertThat(open().getFirst().goneSince()).isNotNull();

        fireAgain();
        assertThat(open()).singleElement().returns(id, Approval::id);
        engine.perform(answer(id, true));
        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void whatWasApprovedSurvivesAFlapOfItsAlert() {
        String id = asks(UP);
        engine.passes(Duration.ofSeconds(10));
        engine.step(engine.resolved("Busy", UP));
        answer(id, true);
        engine.goesBy(Duration.ofSeconds(60));
        assertThat(engine.plannedOnSwarm()).isEmpty();

        fireAgain();

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void aQuestionWhoseWishIsGoneForLongerIsOver() {
        String id = asks(UP);
        engine.passes(Duration.ofSeconds(10));
        engine.step(engine.resolved("Busy", UP));
        engine.goesBy(Duration.ofSeconds(130));

        assertThat(open()).isEmpty();
        answer(id, true);
        fireAgain();
        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(engine.lines()).anyMatch(line -> line.contains("came too late"));
    }

    @Test
    void theFirstAnswerCounts() {
        String id = asks(RESTART);

        engine.step(
                new Signal.ApprovalAnswered(id, false, "ann", "no", engine.now),
                new Signal.ApprovalAnswered(id, true, "bob", "yes", engine.now));
        engine.goesBy(Duration.ofMinutes(1));

        assertThat(engine.plannedOnSwarm()).isEmpty();
    }

    @Test
    void anAnswerToALaterDecisionOfTheSameQuestionIsGood() {
        String first = asks(UP);
        engine.step(new Signal.WatcherFailed("services", engine.now, "refused"));
        engine.passes(Duration.ofMinutes(3));
        engine.step();
        engine.look();
        List<Decision> asked = decisions(Verdict.ASK);
        assertThat(asked).hasSize(2);
        assertThat(open()).singleElement().returns(first, Approval::id);

        engine.perform(answer(asked.getLast().id(), true));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    private String asks(Map<String, String> labels) {
        engine.step(engine.firing("Busy", labels));
        return decisions(Verdict.ASK).getLast().id();
    }

    private Turn answer(String id, boolean granted) {
        engine.passes(Duration.ofSeconds(1));
        return engine.step(new Signal.ApprovalAnswered(id, granted, "ann", "go on", engine.now));
    }

    /// The same alert with another beginning, as a flapping one has.
    private void fireAgain() {
        Signal.ReportedAlert alert = engine.alert("Busy", UP, true);
        engine.passes(Duration.ofSeconds(1));
        engine.step(
                new Signal.AlertsReceived(
                        engine.now,
                        "homeostat",
                        List.of(
                                new Signal.ReportedAlert(
                                        alert.fingerprint(),
                                        true,
                                        engine.now,
                                        null,
                                        alert.labels(),
                                        alert.annotations())),
                        0,
                        0,
                        ""));
    }

    private static Undertaking onSwarm(Turn turn) {
        return turn.effects().stream()
                .filter(each -> each.action() instanceof Action.OnSwarm)
                .findFirst()
                .orElseThrow();
    }

    private List<Decision> decisions(Verdict verdict) {
        return engine.decisions().stream().filter(each -> each.verdict() == verdict).toList();
    }

    private List<Approval> open() {
        return engine.picture().approvals().stream()
                .map(Picture.Asked::approval)
                .filter(approval -> approval.state() == Approval.State.ASKED)
                .toList();
    }
}
