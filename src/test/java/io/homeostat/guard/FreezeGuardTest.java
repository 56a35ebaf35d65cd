package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Wish;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreezeGuardTest {
    private static final Instant SOON = SituationFixture.NOW.plusSeconds(60);
    private static final Instant LATER = SituationFixture.NOW.plusSeconds(600);

    private final FreezeGuard guard = new FreezeGuard();
    private final SituationFixture situation = new SituationFixture().with(Sample.web(2));

    @Test
    void waitsUntilTheLastFreezeEndsAndNamesThemAll() {
        situation.with(freeze("f2", Freeze.Scope.EVERYTHING, "", LATER));
        situation.with(freeze("f1", Freeze.Scope.SUBJECT, "service/demo_web", SOON));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(FreezeGuard.FROZEN, Objection::code)
                .returns(LATER, Objection::until)
                .satisfies(objection ->
                        assertThat(objection.reason())
                                .contains("everything is frozen")
                                .contains("service/demo_web is frozen"));
    }

    @Test
    void stopsTheFrozenKindOnly() {
        situation.with(freeze("f1", Freeze.Scope.KIND, "scale", SOON));

        assertThat(guard.judge(Sample.up(situation), situation)).isPresent();
        assertThat(guard.judge(Sample.restart(situation), situation)).isEmpty();
    }

    @Test
    void stopsTheFrozenRuleOnly() {
        situation.with(freeze("f1", Freeze.Scope.RULE, Sample.RULE, SOON));

        assertThat(guard.judge(Sample.up(situation), situation)).isPresent();
        assertThat(guard.judge(Sample.asked(new Wish.ScaleUp(Sample.WEB), situation), situation))
                .isEmpty();
    }

    @Test
    void stopsTheFrozenRuleOnThatSubjectOnly() {
        String frozen = Freeze.ruleOn("service/demo_web", Sample.RULE);
        situation.with(freeze("f1", Freeze.Scope.RULE_ON_SUBJECT, frozen, SOON));

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .satisfies(objection ->
                        assertThat(objection.reason())
                                .contains(
                                        "rule \"%s\" on service/demo_web".formatted(Sample.RULE)));
        assertThat(freeze("f2", Freeze.Scope.RULE_ON_SUBJECT, frozen, SOON))
                .returns(false, one -> one.stops("scale", "service/demo_other", Sample.RULE))
                .returns("service/demo_web", Freeze::subject);
        assertThat(guard.judge(Sample.asked(new Wish.ScaleUp(Sample.WEB), situation), situation))
                .isEmpty();
    }

    @Test
    void stopsPeopleToo() {
        situation.with(freeze("f1", Freeze.Scope.EVERYTHING, "", SOON));

        assertThat(guard.judge(Sample.asked(new Wish.ScaleTo(Sample.WEB, 3), situation), situation))
                .isPresent();
    }

    @Test
    void forgetsAFreezeThatEnded() {
        situation.with(freeze("f1", Freeze.Scope.EVERYTHING, "", SituationFixture.NOW));

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    private static Freeze freeze(String id, Freeze.Scope scope, String value, Instant until) {
        return new Freeze(id, scope, value, "anna", "month end", SituationFixture.NOW, until);
    }
}
