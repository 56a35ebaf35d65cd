package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Wish;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Node;
import io.homeostat.fact.ServiceLabels;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AutonomyGuardTest {
    private final AutonomyGuard guard = new AutonomyGuard();
    private final SituationFixture situation = new SituationFixture().with(Sample.web(2));

    @Test
    void letsPassWhatMayGoAllTheWay() {
        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void shadowsBelowAShadowCeiling() {
        situation.with(Limiting.ceiling(Autonomy.SHADOW));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.SHADOW, Objection::verdict)
                .returns(AutonomyGuard.CEILING, Objection::code)
                .returns("the ceiling is shadow", Objection::reason);
    }

    @Test
    void takesTheLeastOfCeilingAndLabel() {
        situation.with(Limiting.ceiling(Autonomy.ASK));
        situation.with(Sample.web(2, Map.of(ServiceLabels.AUTONOMY, "shadow")));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.SHADOW, Objection::verdict)
                .returns(AutonomyGuard.LABEL, Objection::code);
    }

    @Test
    void asksWhenNoRuleMayGoFurther() {
        assertThat(judgeRules(Map.of("one", Autonomy.SHADOW, "two", Autonomy.ASK)))
                .get()
                .returns(Verdict.ASK, Objection::verdict)
                .returns(AutonomyGuard.RULE, Objection::code);
    }

    @Test
    void goesAsFarAsTheMostAutonomousOfTheRules() {
        assertThat(judgeRules(Map.of("one", Autonomy.SHADOW, "two", Autonomy.AUTO))).isEmpty();
    }

    @Test
    void takesAnUnreadableLabelForShadowAndSaysSo() {
        situation.with(Sample.web(2, Map.of(ServiceLabels.AUTONOMY, "full")));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.SHADOW, Objection::verdict)
                .returns(AutonomyGuard.BAD_LABEL, Objection::code)
                .satisfies(objection -> assertThat(objection.reason()).contains("'full'"));
    }

    @Test
    void shadowsWhatIsOutsideTheScopeAndSaysWhichLabelIsMissing() {
        situation.with(Limiting.scope(Scope.of(Scope.Kind.LABELLED)));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.SHADOW, Objection::verdict)
                .returns(AutonomyGuard.SCOPE, Objection::code)
                .returns("service/demo_web is outside the scope labelled", Objection::reason)
                .returns(
                        "the label homeostat.autonomy=auto is added to service/demo_web",
                        Objection::change);
    }

    @Test
    void letsPassWhatIsInTheScope() {
        situation.with(Limiting.scope(Scope.of(Scope.Kind.LABELLED)));
        situation.with(Sample.web(2, Map.of(ServiceLabels.AUTONOMY, "auto")));

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void shadowsWhatIsDoneToANodeWithoutALabel() {
        situation.with(Limiting.scope(Scope.of(Scope.Kind.LABELLED)));
        situation.with(Nodes.worker("n1", Node.State.READY));
        Proposal drain = Sample.proposal(new Wish.Drain("n1"), situation);

        assertThat(guard.judge(drain, situation))
                .get()
                .returns(Verdict.SHADOW, Objection::verdict)
                .returns(AutonomyGuard.SCOPE, Objection::code)
                .returns(
                        "the label homeostat.autonomy=auto is added to node/n1", Objection::change);

        situation.with(Limiting.scope(Scope.of(Scope.Kind.ALL)));
        assertThat(guard.judge(drain, situation)).isEmpty();

        situation.with(Limiting.scope(Scope.parse("stack:demo")));
        assertThat(guard.judge(drain, situation)).isPresent();
    }

    @Test
    void letsAPersonActAnywhere() {
        situation.with(Limits.DEFAULT);

        assertThat(guard.judge(Sample.asked(new Wish.ScaleTo(Sample.WEB, 3), situation), situation))
                .isEmpty();
    }

    private Optional<Objection> judgeRules(Map<String, Autonomy> rules) {
        Map<String, Proposal.Wisher> wishers = new TreeMap<>();
        rules.forEach((name, autonomy) -> wishers.put(name, new Proposal.Wisher(autonomy, null)));
        return guard.judge(
                Sample.wished(new Wish.ScaleUp(Sample.WEB), situation, wishers, "a1"), situation);
    }
}
