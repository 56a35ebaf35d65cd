package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.rules.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What comes of each version of each rule.
class RuleRecordsTest {
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");
    private static final Map<String, String> RESTART =
            Map.of("service", "demo_web", "restart", "yes");
    private static final String RULE = "scale up when asked";
    private static final String RESTARTS = "restart when asked";

    private final EngineUnderTest world = new EngineUnderTest(EngineUnderTest.auto());

    @Test
    void aRuleHasARecordOfWhatItMatchedAndWishedAndOfWhatCameOfThat() {
        world.look();
        assertThat(world.picture().records()).isEmpty();
        world.perform(world.step(world.firing("HighLoad", UP)));
        world.goesBy(EngineUnderTest.auto().hold().plusSeconds(20));

        RuleStanding record = record(RULE);
        assertThat(record.matched()).isPositive();
        assertThat(record.wished()).isEqualTo(1);
        assertThat(record.decisions()).containsEntry("allow", 1L);
        assertThat(record.outcomes()).containsExactly(Map.entry("healed", 1L));
        assertThat(record.lastFired()).isNotNull();
        assertThat(world.picture().records().values())
                .extracting(RuleStanding::rule)
                .contains(RULE)
                .doesNotContain(RESTARTS);
    }

    @Test
    void itSurvivesARestartWhichCountsNothingTwice() {
        world.look();
        world.perform(world.step(world.firing("HighLoad", UP)));
        RuleStanding before = record(RULE);

        world.restart();
        world.look();

        assertThat(record(RULE).matched()).isEqualTo(before.matched());
        assertThat(record(RULE).wished()).isEqualTo(before.wished());
        world.goesBy(EngineUnderTest.auto().hold().plusSeconds(20));
        assertThat(record(RULE).outcomes()).containsExactly(Map.entry("healed", 1L));
    }

    @Test
    void anActionCountsForTheVersionThatWishedItAlsoWhenAnotherHasTakenOver() {
        world.look();
        Turn decided = world.step(world.firing("HighLoad", UP));
        RuleStanding old = record(RULE);
        Rulebook changed =
                EngineUnderTest.rulebook(
                        EngineUnderTest.RULES.replace(
                                "labels[\"scale\"] == \"up\"",
                                "name == \"HighLoad\", labels[\"scale\"] == \"up\""));

        world.swap(world.candidate(changed));
        world.step();
        RuleStanding begun = version(changed.versions().get(RULE));
        world.perform(decided);
        world.goesBy(EngineUnderTest.auto().hold().plusSeconds(20));

        RuleStanding then = version(old.version());
        RuleStanding now = version(changed.versions().get(RULE));
        assertThat(then.outcomes()).containsExactly(Map.entry("healed", 1L));
        assertThat(now.outcomes()).isEmpty();
        assertThat(begun.matched()).as("it matched when it took over").isEqualTo(1);
        assertThat(now.wished()).as("its wish stood already").isZero();
    }

    @Test
    void aReloadOfTheSameRulesCountsNothing() {
        world.look();
        world.step(world.firing("HighLoad", UP));
        RuleStanding before = record(RULE);

        world.swap(world.candidate(EngineUnderTest.rulebook("// again\n" + EngineUnderTest.RULES)));
        world.look();

        assertThat(record(RULE).matched()).isEqualTo(before.matched());
        assertThat(record(RULE).wished()).isEqualTo(before.wished());
    }

    @Test
    void nothingIsSavedWhereNobodyKnowsHowLongPeopleTake() {
        heals();

        assertThat(record(RESTARTS).outcomes()).containsEntry("healed", 1L);
        assertThat(record(RESTARTS).minutesSaved()).isNull();
    }

    @Test
    void whatPeopleTookForAnAlertBeforeIsWhatARuleSavesThem() {
        // Nothing is for it yet, so people hear of it, and it takes them an hour.
        Map<String, String> unheard = Map.of("service", "demo_web");
        world.look();
        happens(world.firing("Stuck", unheard));
        for (int minute = 0; minute < 60; minute++) {
            passes(Duration.ofMinutes(1));
            happens(world.firing("Stuck", unheard));
        }
        happens(world.resolved("Stuck", unheard));
        passes(Duration.ofMinutes(10));
        assertThat(world.picture().incidents()).isEmpty();

        heals();

        assertThat(record(RESTARTS).minutesSaved()).isBetween(45L, 60L);
    }

    @Test
    void aRuleThatOnlyFiresIsWrittenDownOnceAMinuteAndAnIdleTurnNotAtAll() {
        world.look();
        world.perform(world.step(world.firing("HighLoad", UP)));
        Memo.RuleRecord record =
                world.current.values().stream()
                        .filter(Memo.RuleRecord.class::isInstance)
                        .map(Memo.RuleRecord.class::cast)
                        .findFirst()
                        .orElseThrow();
        Instant minute = Instant.parse("2026-11-23T10:07:00Z");
        Memo.RuleRecord fired = record.fired(1, minute);

        assertThat(fired.fired(2, minute.plusSeconds(59)).isNews(fired)).isFalse();
        assertThat(fired.fired(2, minute.plusSeconds(60)).isNews(fired)).isTrue();
        assertThat(world.step().isEmpty()).isTrue();
    }

    /// An alert makes its service restart, which ends it.
    private void heals() {
        world.look();
        happens(world.firing("Stuck", RESTART));
        passes(Duration.ofMinutes(2));
        happens(world.resolved("Stuck", RESTART));
        passes(Duration.ofMinutes(4));
    }

    private void passes(Duration time) {
        for (long seconds = 0; seconds < time.toSeconds(); seconds += 10) {
            world.passes(Duration.ofSeconds(10));
            happens(world.views().toArray(Signal[]::new));
        }
    }

    private void happens(Signal... signals) {
        for (Undertaking effect : world.step(signals).effects()) {
            if (effect.action() instanceof Action.OnSwarm) {
                world.arrives(effect);
            }
            world.step(new Signal.ActionReported(effect.id(), new Report.Taken("C1:1"), world.now));
        }
    }

    private RuleStanding version(@Nullable String version) {
        return Objects.requireNonNull(world.picture().records().get(RULE + "/" + version));
    }

    private RuleStanding record(String rule) {
        return world.picture().records().values().stream()
                .filter(each -> each.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }
}
