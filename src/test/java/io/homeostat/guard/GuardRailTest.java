package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Watcher;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardRailTest {
    private final GuardRail rail = GuardRail.standard();
    private final SituationFixture situation =
            new SituationFixture()
                    .with(Sample.web(2))
                    .firing("a1", "HighLoad", SituationFixture.NOW);

    @Test
    void holdsTheGuardsInTheirOrder() {
        assertThat(rail.names())
                .containsExactly(
                        "clearance",
                        "self",
                        "freeze",
                        "autonomy",
                        "knowledge",
                        "bounds",
                        "quorum",
                        "disruption",
                        "storm",
                        "hands-off",
                        "in-flight",
                        "wishes",
                        "pace",
                        "attempts",
                        "rate",
                        "policy",
                        "approval");
    }

    @Test
    void allowsWhatNobodyObjectsToAndSaysWhy() {
        Decision decision = rail.judge(Sample.up(situation), situation, "d-1");

        assertThat(decision)
                .returns("d-1", Decision::id)
                .returns(Verdict.ALLOW, Decision::verdict)
                .returns(Verdict.ALLOW, Decision::shadowed)
                .returns(new Action.ScaleService(Sample.WEB, 2, 3), Decision::action)
                .returns(
                        "scale service/demo_web from 2 to 3 (bounds 2..5), because alert HighLoad"
                                + " fires",
                        Decision::reason);
        assertThat(decision.objections()).isEmpty();
    }

    @Test
    void recordsInShadowWhatItWouldHaveDone() {
        situation.with(Limiting.ceiling(Autonomy.SHADOW));

        assertThat(rail.judge(Sample.up(situation), situation, "d-1"))
                .returns(Verdict.SHADOW, Decision::verdict)
                .returns(Verdict.ALLOW, Decision::shadowed)
                .returns(
                        "would scale service/demo_web from 2 to 3 (bounds 2..5), because alert"
                                + " HighLoad fires: the ceiling is shadow",
                        Decision::reason);
    }

    @Test
    void takesTheStrictestAndListsAllThatObject() {
        situation
                .with(Limiting.ceiling(Autonomy.SHADOW))
                .with(Sample.web(5))
                .blind(Watcher.TASKS, "no answer");

        Decision decision = rail.judge(Sample.up(situation), situation, "d-1");

        assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
        assertThat(decision.shadowed()).isEqualTo(Verdict.DENY);
        assertThat(decision.objections())
                .extracting(Objection::guard)
                .containsExactly("autonomy", "knowledge", "bounds");
        assertThat(decision.reason())
                .isEqualTo(
                        "does not scale up service/demo_web, because alert HighLoad fires:"
                                + " service/demo_web has 5 replicas, and its maximum is 5");
    }

    @Test
    void waitsRatherThanAsks() {
        situation
                .with(Limiting.ceiling(Autonomy.ASK))
                .notBefore("scale", Sample.WEB_SUBJECT, SituationFixture.NOW.plusSeconds(5));

        assertThat(rail.judge(Sample.up(situation), situation, "d-1"))
                .returns(Verdict.WAIT, Decision::verdict);
    }

    @Test
    void namesThePersonWhoWishes() {
        Decision decision =
                rail.judge(Sample.asked(new Wish.Restart(Sample.WEB), situation), situation, "d-1");

        assertThat(decision.reason()).isEqualTo("restart service/demo_web, because anna wishes it");
    }

    @Test
    void aPersonIsAskedNothingAboutWhatTheyRequest() {
        SituationFixture situation = new SituationFixture().with(Sample.web(2));
        GuardRail asking = new GuardRail(List.of(saying("budget", Verdict.ASK)));

        assertThat(asking.judge(Sample.up(situation), situation, "d1").verdict())
                .isEqualTo(Verdict.ASK);
        assertThat(
                        asking.judge(
                                        Sample.asked(new Wish.ScaleTo(Sample.WEB, 3), situation),
                                        situation,
                                        "d2")
                                .verdict())
                .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void aPersonMayOverridePaceAndRateAndNothingElse() {
        SituationFixture situation = new SituationFixture().with(Sample.web(2));
        GuardRail waiting =
                new GuardRail(List.of(saying("pace", Verdict.WAIT), saying("rate", Verdict.WAIT)));

        assertThat(waiting.judge(overriding(situation, "pace"), situation, "d1"))
                .returns(Verdict.WAIT, Decision::verdict);
        assertThat(waiting.judge(overriding(situation, "pace", "rate"), situation, "d2"))
                .returns(Verdict.ALLOW, Decision::verdict)
                .satisfies(decision ->
                        assertThat(decision.reason()).contains("overriding pace and rate"));
        assertThatThrownBy(() -> overriding(situation, "quorum"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Proposal overriding(SituationFixture situation, String... guards) {
        Proposal asked = Sample.asked(new Wish.ScaleTo(Sample.WEB, 3), situation);
        return new Proposal(
                asked.wish(),
                asked.action(),
                asked.nothing(),
                asked.wishers(),
                asked.evidence(),
                asked.incident(),
                asked.openedAt(),
                asked.by(),
                Sorted.copy(List.of(guards)));
    }

    private static Guard saying(String name, Verdict verdict) {
        return new Guard() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<Objection> judge(Proposal proposal, Situation situation) {
                return Optional.of(Objection.of(name, verdict, "code", "a reason", "a change"));
            }
        };
    }
}
