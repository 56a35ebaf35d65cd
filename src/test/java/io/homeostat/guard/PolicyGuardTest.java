package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.PolicyObjection;
import io.homeostat.action.PolicyObjection.Strength;
import io.homeostat.action.Wish;
import org.junit.jupiter.api.Test;

class PolicyGuardTest {
    private final SituationFixture situation = new SituationFixture().with(Sample.web(2));
    private final PolicyGuard guard = new PolicyGuard();

    @Test
    void namesTheRuleThatObjectsAndItsWords() {
        situation.objected(objection("quiet nights", Strength.WAIT, "it is night"));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns("rule \"quiet nights\" objects: it is night", Objection::reason)
                .returns("the rule objects no longer", Objection::change);
    }

    @Test
    void theStrictestOfSeveralObjectionsCounts() {
        situation.objected(objection("one", Strength.ASK, "a"));
        situation.objected(objection("two", Strength.DENY, "b"));
        situation.objected(objection("three", Strength.WAIT, "c"));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.DENY, Objection::verdict)
                .returns("rule \"two\" objects: b", Objection::reason);
    }

    @Test
    void whoRequestsItHasAnsweredWhatWouldBeAsked() {
        situation.objected(objection("one", Strength.ASK, "a"));
        assertThat(decided()).isEqualTo(Verdict.ALLOW);

        situation.objected(objection("two", Strength.WAIT, "b"));
        assertThat(decided()).isEqualTo(Verdict.WAIT);
    }

    /// What the whole rail says to a person's request.
    private Verdict decided() {
        Proposal asked = Sample.asked(new Wish.ScaleTo(Sample.WEB, 3), situation);
        return GuardRail.standard().judge(asked, situation, "d-1").verdict();
    }

    @Test
    void hasNothingAgainstWhatNoRuleObjectsTo() {
        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    private static PolicyObjection objection(String rule, Strength strength, String reason) {
        return new PolicyObjection(rule, "scale up service/demo_web", strength, reason);
    }
}
