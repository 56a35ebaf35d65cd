package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.action.Action;
import io.homeostat.action.Intent;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.rules.RuleThrew;
import io.homeostat.rules.Rulebook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Other rules take over between two steps.
class SwapTest {
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");
    private static final Map<String, String> RESTART =
            Map.of("service", "demo_web", "restart", "yes");
    private static final Map<String, String> MYSTERY = Map.of("service", "demo_web");
    private static final Rulebook SAME_RULES =
            EngineUnderTest.rulebook("// the same, with a remark\n" + EngineUnderTest.RULES);
    private static final Rulebook SAME_RULES_AGAIN =
            EngineUnderTest.rulebook("// the same, with another\n" + EngineUnderTest.RULES);

    private final EngineUnderTest world = new EngineUnderTest(EngineUnderTest.auto());

    /// What happens between two steps of a story.
    @FunctionalInterface
    private interface Between {
        void happens(EngineUnderTest world);
    }

    @Test
    void theSameIsDecidedDoneAndToldWhetherOrNotRulesAreReloadedAllTheTime() {
        EngineUnderTest undisturbed = new EngineUnderTest(EngineUnderTest.auto());
        boolean[] odd = {false};

        story(undisturbed, _ -> {});
        story(
                world,
                each -> {
                    each.swap(each.candidate(odd[0] ? SAME_RULES : SAME_RULES_AGAIN));
                    odd[0] = !odd[0];
                });

        assertThat(undisturbed.planned()).hasSizeGreaterThan(4);
        assertThat(undisturbed.told()).isNotEmpty();
        assertThat(world.planned().stream().map(Action::text))
                .containsExactlyElementsOf(
                        undisturbed.planned().stream().map(Action::text).toList());
        assertThat(decisions(world)).containsExactlyElementsOf(decisions(undisturbed));
        assertThat(world.outcomes()).containsExactlyElementsOf(undisturbed.outcomes());
        assertThat(world.told()).containsExactlyElementsOf(undisturbed.told());
    }

    @Test
    void anActionUnderWayIsNeitherForgottenNorDoneTwice() {
        world.look();
        Turn decided = world.step(world.firing("HighLoad", UP));
        assertThat(world.plannedOnSwarm()).hasSize(1);

        world.swap(world.candidate(SAME_RULES));
        world.step();
        assertThat(world.plannedOnSwarm()).hasSize(1);
        assertThat(world.picture().unsettled()).hasSize(1);

        world.perform(decided);
        world.goesBy(EngineUnderTest.auto().hold().plusSeconds(20));
        assertThat(world.plannedOnSwarm()).hasSize(1);
        assertThat(world.outcomes()).hasSize(1);
    }

    @Test
    void aRuleThatRestsAfterAnActionRestsOnUnderNewRules() {
        world.look();
        world.perform(world.step(world.firing("HighLoad", UP)));
        int decided = world.decisions().size();

        world.swap(world.candidate(SAME_RULES));
        world.goesBy(Duration.ofSeconds(30));

        assertThat(world.plannedOnSwarm()).hasSize(1);
        assertThat(world.decisions().size() - decided)
                .as("a wait that was recorded is not recorded again")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void peopleAreNotToldAgainOfWhatTheyWereToldUnderTheRulesBefore() {
        world.look();
        world.step(world.firing("Mystery", MYSTERY));
        goesByWithNotices(world, Duration.ofMinutes(1), _ -> {});
        assertThat(world.told()).hasSize(1);

        world.swap(world.candidate(SAME_RULES));
        goesByWithNotices(world, Duration.ofMinutes(1), _ -> {});

        assertThat(world.told()).hasSize(1);
    }

    @Test
    void whatNewRulesDoNotWishGoesAndWhatTheyWishComesInTheNextStep() {
        world.look();
        world.step(
                world.firing("HighLoad", Map.of("service", "demo_web", "restart", "no")),
                world.firing("Stuck", MYSTERY));
        assertThat(world.picture().intents()).isEmpty();
        Rulebook restarts =
                EngineUnderTest.rulebook(
                        """
                        rule "restart what is stuck"
                            @autonomy( "auto" )
                        when
                            $alert : Alert( firing, name == "Stuck", $service : service != null )
                        then
                            insertLogical( restart( $service ).because( $alert ) );
                        end
                        """);

        world.swap(world.candidate(restarts));
        world.step();

        assertThat(world.picture().intents())
                .extracting(Intent::rule)
                .containsExactly("restart what is stuck");
        assertThat(world.plannedOnSwarm()).hasSize(1);
        assertThat(world.picture().rulebook()).isEqualTo(restarts.hash());
        assertThat(world.lines()).contains("other rules take over");

        world.swap(world.candidate(SAME_RULES));
        world.step();
        assertThat(world.picture().intents()).isEmpty();
    }

    @Test
    void whatChangedWhileRulesGotReadyIsKnownToThemWhenTheyTakeOver() {
        world.look();
        world.step(world.firing("HighLoad", UP));
        Candidate candidate = world.candidate(SAME_RULES);
        assertThat(candidate.intents()).hasSize(1);

        world.replicas.put("demo_other", 3);
        world.look();
        world.step(
                world.resolved("HighLoad", UP),
                world.firing("Stuck", Map.of("service", "demo_other", "restart", "yes")));
        world.replicas.remove("demo_web");
        world.look();
        world.swap(candidate);
        world.step();

        assertThat(world.picture().intents())
                .extracting(intent -> intent.wish().text())
                .containsExactly("restart service/demo_other");
        try (Engine anew = world.anew()) {
            anew.step(List.of(), List.of(), world.now);
            assertThat(anew.picture(0).intents()).isEqualTo(world.picture().intents());
        }
    }

    @Test
    void aNewRuleThatThrowsOnTheFactsOfNowNeverTakesOver() {
        world.look();
        world.step(world.firing("Stumble", MYSTERY));

        assertThatThrownBy(() ->
                        world.candidate(
                                EngineUnderTest.rulebook(EngineUnderTest.RULES + throwing(-1))))
                .isInstanceOf(RuleThrew.class)
                .hasMessageContaining("stumbles");
    }

    @Test
    void aRuleThatThrewBeforeDoesNotKeepOthersFromBeingChanged() {
        Rulebook before = EngineUnderTest.rulebook(EngineUnderTest.RULES + throwing(-1));
        Rulebook other =
                EngineUnderTest.rulebook("// changed\n" + EngineUnderTest.RULES + throwing(-1));
        Rulebook mended = EngineUnderTest.rulebook(EngineUnderTest.RULES + throwing(3));
        world.look();
        world.step(world.firing("Stumble", MYSTERY));

        try (Candidate unmended = candidate(other, before);
                Candidate heard = candidate(mended, before)) {
            assertThat(unmended.putAside()).containsOnlyKeys("stumbles over its own feet");
            assertThat(heard.putAside()).isEmpty();
            assertThat(heard.intents()).hasSize(1);
        }
    }

    private Candidate candidate(Rulebook rulebook, Rulebook inForce) {
        return Candidate.of(rulebook, inForce, world.picture(), world.limits.safety().zone());
    }

    private static String throwing(int replicas) {
        return """

        rule "stumbles over its own feet"
            @autonomy( "auto" )
        when
            $alert : Alert( firing, name == "Stumble", $service : service != null )
        then
            insertLogical( scaleTo( $service, %d ).because( $alert ) );
        end
        """
                .formatted(replicas);
    }

    /// A service is scaled up as long as its alert fires, then restarted, and something happens
    /// that no rule is for.
    private static void story(EngineUnderTest world, Between between) {
        world.look();
        between.happens(world);
        for (int minute = 0; minute < 8; minute++) {
            happens(world, between, world.firing("HighLoad", UP));
            goesByWithNotices(world, Duration.ofMinutes(1), between);
        }
        happens(world, between, world.resolved("HighLoad", UP));
        happens(world, between, world.firing("Mystery", MYSTERY));
        goesByWithNotices(world, Duration.ofMinutes(2), between);
        happens(world, between, world.resolved("Mystery", MYSTERY));
        goesByWithNotices(world, Duration.ofMinutes(10), between);
        happens(world, between, world.firing("Stuck", RESTART));
        goesByWithNotices(world, Duration.ofMinutes(3), between);
    }

    private static void goesByWithNotices(EngineUnderTest world, Duration time, Between between) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plusSeconds(10)) {
            world.passes(Duration.ofSeconds(10));
            happens(world, between, world.views().toArray(Signal[]::new));
        }
    }

    private static void happens(EngineUnderTest world, Between between, Signal... signals) {
        Turn turn = world.step(signals);
        between.happens(world);
        for (Undertaking effect : turn.effects()) {
            if (effect.action() instanceof Action.OnSwarm) {
                world.arrives(effect);
            }
            world.step(new Signal.ActionReported(effect.id(), new Report.Taken("C1:1"), world.now));
            between.happens(world);
        }
    }

    private static List<String> decisions(EngineUnderTest world) {
        List<String> decisions = new ArrayList<>();
        world.decisions()
                .forEach(each ->
                        decisions.add(
                                "%s %s %s: %s"
                                        .formatted(
                                                each.at(),
                                                each.rule(),
                                                each.verdict().word(),
                                                each.reason())));
        return decisions;
    }
}
