package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Autonomy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApprovalGuardTest {
    private static final Instant NOW = SituationFixture.NOW;

    private final SituationFixture situation = new SituationFixture().with(Sample.web(2));
    private final GuardRail rail = GuardRail.standard();

    @Test
    void deniesWhatAPersonRejectedWithWhoAndWhy() {
        situation.with(asked(2, 3).answered(false, "ann", "the sale is over", NOW));

        assertThat(new ApprovalGuard().judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.DENY, Objection::verdict)
                .returns(ApprovalGuard.REJECTED, Objection::code)
                .satisfies(objection ->
                        assertThat(objection.reason()).contains("ann", "the sale is over"));
    }

    @Test
    void deniesTheSameWithOtherParametersInThatIncidentToo() {
        situation.with(asked(4, 5).answered(false, "ann", "no", NOW));

        assertThat(new ApprovalGuard().judge(Sample.up(situation), situation)).isPresent();
        assertThat(new ApprovalGuard().judge(Sample.restart(situation), situation)).isEmpty();
    }

    @Test
    void whatWasApprovedIsAllowedAlthoughAnotherNumberWasNotAnswered() {
        situation.with(asked(4, 5).unanswered());
        situation.with(asked(2, 3).answered(true, "ann", "go on", NOW.plusSeconds(60)));

        assertThat(rail.judge(upOf(Autonomy.ASK), situation, "d9").verdict())
                .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void whatWasRejectedIsDeniedAlthoughItWasApprovedBefore() {
        situation.with(asked(2, 3).answered(true, "ann", "go on", NOW.plusSeconds(60)));
        situation.with(asked(4, 5).answered(false, "bob", "no more", NOW));

        assertThat(new ApprovalGuard().judge(Sample.up(situation), situation))
                .get()
                .returns(ApprovalGuard.REJECTED, Objection::code);
    }

    @Test
    void leavesOtherIncidentsAndPeopleAlone() {
        Approval rejected = asked(2, 3).answered(false, "ann", "no", NOW);
        situation.with(
                new Approval(
                        rejected.id(),
                        rejected.repeats(),
                        "i-other",
                        rejected.rule(),
                        rejected.wish(),
                        rejected.action(),
                        rejected.reason(),
                        rejected.state(),
                        rejected.askedAt(),
                        rejected.expires(),
                        null,
                        rejected.by(),
                        rejected.why(),
                        null));
        situation.with(asked(2, 3).answered(false, "ann", "no", NOW));

        assertThat(
                        new ApprovalGuard()
                                .judge(
                                        Sample.asked(new Wish.ScaleUp(Sample.WEB), situation),
                                        situation))
                .isEmpty();
        assertThat(new ApprovalGuard().judge(Sample.down(situation), situation)).isEmpty();
    }

    @Test
    void whatWasApprovedIsAllowedAlthoughItWouldAskOrStayInShadow() {
        situation.with(asked(2, 3).answered(true, "ann", "go on", NOW.plusSeconds(60)));

        for (Autonomy autonomy : new Autonomy[] {Autonomy.ASK, Autonomy.SHADOW}) {
            Decision decision = rail.judge(upOf(autonomy), situation, "d9");

            assertThat(decision.verdict()).isEqualTo(Verdict.ALLOW);
            assertThat(decision.reason()).contains("ann approved it: go on");
        }
    }

    @Test
    void anApprovalMeetsAttemptsButNoOtherGuard() {
        situation.with(asked(2, 3).answered(true, "ann", "go on", NOW.plusSeconds(60)));
        situation.attempted(3);

        assertThat(rail.judge(upOf(Autonomy.ASK), situation, "d9").verdict())
                .isEqualTo(Verdict.ALLOW);

        situation.with(
                new Freeze(
                        "f1",
                        Freeze.Scope.EVERYTHING,
                        "",
                        "bob",
                        "month end",
                        NOW,
                        NOW.plusSeconds(60)));
        assertThat(rail.judge(upOf(Autonomy.ASK), situation, "d9"))
                .returns(Verdict.WAIT, Decision::verdict)
                .satisfies(decision ->
                        assertThat(decision.objections())
                                .extracting(Objection::code)
                                .containsExactly(FreezeGuard.FROZEN));
    }

    @Test
    void anApprovalHoldsForTheParametersThatPeopleReadAndNoOthers() {
        situation.with(asked(3, 4).answered(true, "ann", "go on", NOW.plusSeconds(60)));

        assertThat(rail.judge(upOf(Autonomy.ASK), situation, "d9").verdict())
                .isEqualTo(Verdict.ASK);
    }

    @Test
    void anApprovalThatWasUsedMeetsNothing() {
        situation.with(asked(2, 3).answered(true, "ann", "go on", NOW.plusSeconds(60)).used("a1"));

        assertThat(rail.judge(upOf(Autonomy.ASK), situation, "d9").verdict())
                .isEqualTo(Verdict.ASK);
    }

    @Test
    void anApprovedWishKeepsThePaceOfWhatIsDone() {
        situation.with(asked(2, 3).answered(true, "ann", "go on", NOW.plusSeconds(60)));
        situation.acted(Sample.RULE, Sample.up(situation).subject(), false, NOW.minusSeconds(1));

        assertThat(rail.judge(upOf(Autonomy.SHADOW), situation, "d9").verdict())
                .isEqualTo(Verdict.WAIT);
    }

    @Test
    void whatNobodyAnsweredIsDeniedAsLongAsItWouldAsk() {
        situation.with(asked(2, 3).unanswered());

        assertThat(rail.judge(upOf(Autonomy.ASK), situation, "d9"))
                .returns(Verdict.DENY, Decision::verdict);
        assertThat(rail.judge(upOf(Autonomy.AUTO), situation, "d9"))
                .returns(Verdict.ALLOW, Decision::verdict);
    }

    private Proposal upOf(Autonomy autonomy) {
        return Sample.wished(
                new Wish.ScaleUp(Sample.WEB),
                situation,
                Map.of(Sample.RULE, new Proposal.Wisher(autonomy, null)),
                "a1");
    }

    private Approval asked(int from, int to) {
        Decision decision = rail.judge(upOf(Autonomy.ASK), situation, "d1");
        return Approval.asking(
                decision,
                new Action.ScaleService(Sample.WEB, from, to),
                NOW.plus(Duration.ofMinutes(30)));
    }
}
