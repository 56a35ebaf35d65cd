package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.Objection;
import io.homeostat.rules.Explanation;
import io.homeostat.rules.Explanation.Miss;
import io.homeostat.rules.Explanation.OfCondition;
import io.homeostat.rules.Explanation.OfRule;
import io.homeostat.rules.Explanation.Standing;
import io.homeostat.rules.Explanation.Value;
import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.RuleFiles;
import io.homeostat.tracking.Measured;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Why was demo_web not scaled? The bundled rules, asked about what the engine holds.
class WhyTest {
    private static final String UP = "scale up a service whose alert asks for it";
    private static final String DOWN = "scale down a service whose alert asks for it";
    private static final Map<String, String> SLOW = Map.of("service", "demo_web", "scale", "up");

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());
    private final Why why = new Why(WhyTest::bundled, ZoneOffset.UTC);

    @Test
    void becauseItIsAtItsMaximum() throws Exception {
        engine.replicas.put("demo_web", 5);
        engine.look();
        engine.step(engine.firing("Slow", SLOW));

        OfRule up = rules("demo_web", null).getFirst();
        assertThat(up.name()).isEqualTo(UP);
        assertThat(up.wishes())
                .extracting(Explanation.Wished::intent)
                .containsExactly("scale up service/demo_web");
        Decision decision = engine.decisions().getLast();
        assertThat(decision.wish().text()).isEqualTo("scale up service/demo_web");
        assertThat(decision.objections()).extracting(Objection::code).contains("at-max");
    }

    @Test
    void becauseItsMetricsAskForWhatThereIs() throws Exception {
        engine.labels.put("homeostat.metric.load.query", "q");
        engine.labels.put("homeostat.metric.load.target", "1");
        engine.look();
        engine.step(TrackingsTest.look(engine, Measured.of(1)));

        OfRule follow = rules("demo_web", null).getFirst();
        assertThat(follow.name()).isEqualTo("follow the metrics of a service");
        assertThat(follow.wishes())
                .singleElement()
                .satisfies(wished -> {
                    assertThat(wished.intent()).isEqualTo("scale service/demo_web to 2");
                    assertThat(wished.because()).containsExactly(Subject.tracking("demo_web"));
                });
    }

    @Test
    void becauseItsAlertIsOver() throws Exception {
        engine.look();
        engine.step(engine.resolvedAfterFiring("Slow", SLOW));

        assertThat(rules("demo_web", null)).isEmpty();
        OfCondition condition = rules("demo_web", "scale up").getFirst().conditions().getFirst();
        assertThat(condition.standing()).isEqualTo(Standing.FAILS);
        assertThat(condition.seen()).isZero();
    }

    @Test
    void becauseTheAlertDoesNotAskForIt() throws Exception {
        engine.look();
        engine.step(engine.firing("Slow", Map.of("service", "demo_web")));

        List<OfRule> rules = rules("demo_web", null);
        assertThat(rules).extracting(OfRule::name).containsSubsequence(DOWN, UP);
        assertThat(rules).noneMatch(OfRule::isWishing);
        Miss miss = rules.getLast().conditions().getFirst().nearest().getFirst();
        assertThat(miss.fact()).contains("Slow about service/demo_web");
        assertThat(miss.constraint()).isEqualTo("labels[\"scale\"] == \"up\"");
        assertThat(miss.found()).containsExactly(new Value("labels[\"scale\"]", "null"));
    }

    @Test
    void becauseItIsFrozen() throws Exception {
        engine.look();
        engine.step(
                new Signal.FreezeSet(
                        new Freeze(
                                "f1",
                                Freeze.Scope.SUBJECT,
                                "service/demo_web",
                                "ann",
                                "closing",
                                engine.now,
                                engine.now.plus(Duration.ofHours(1)))),
                engine.firing("Slow", SLOW));

        assertThat(rules("Slow", null).getFirst().isWishing()).isTrue();
        assertThat(engine.decisions().getLast().objections())
                .extracting(Objection::guard)
                .contains("freeze");
    }

    @Test
    void aPolicyIsExplainedByTheLabelThatTheServiceDoesNotHave() throws Exception {
        engine.look();
        engine.step(engine.firing("Slow", SLOW));

        OfRule policy = rules("demo_web", "a protected service is left alone").getFirst();
        assertThat(policy.conditions())
                .extracting(OfCondition::standing)
                .containsExactly(Standing.FAILS, Standing.OPEN);
        assertThat(policy.conditions().getFirst().nearest().getFirst().found())
                .containsExactly(new Value("labels[\"homeostat.policy\"]", "null"));
    }

    @Test
    void aRuleThatIsPutAsideSaysWhatItThrew() throws Exception {
        engine.look();
        engine.step(engine.firing("Slow", SLOW));
        Picture picture = engine.picture();

        Why.Moment moment =
                new Why.Moment(
                        Objects.requireNonNull(picture.at()),
                        picture.facts(),
                        Sorted.copy(new TreeMap<>(Map.of(UP, "it threw"))));
        OfRule rule = why.of(moment, "demo_web", null, UP).why().rules().getFirst();

        assertThat(rule.putAside()).isEqualTo("it threw");
        assertThat(rule.isWishing()).isFalse();
        assertThat(rule.conditions().getFirst().standing()).isEqualTo(Standing.HOLDS);
    }

    @Test
    void namesAreUnderstoodAsDockerShowsThem() throws Exception {
        engine.look();
        engine.step(engine.firing("Slow", SLOW));
        Names names = new Names(engine.picture().facts());
        Subject task = new Subject(Subject.Kind.TASK, "task-demo_web-1-0");

        assertThat(names.find("demo_web", null)).isEqualTo(Subject.service("demo_web"));
        assertThat(names.find("id-demo", null)).isEqualTo(Subject.service("demo_web"));
        assertThat(names.find("demo_web.1", null)).isEqualTo(task);
        assertThat(names.find("demo_web.1.task-demo_web-1-0", null)).isEqualTo(task);
        assertThat(names.find("demo_web.1.task-d", null)).isEqualTo(task);
        assertThat(names.find("n1", null)).isEqualTo(Subject.node("n1"));
        assertThat(names.find("Slow", null).kind()).isEqualTo(Subject.Kind.ALERT);
        assertThat(names.find("alert/Slow-", null).kind()).isEqualTo(Subject.Kind.ALERT);
        assertThat(why.of(moment(), "Slow", null, null).decidedOn())
                .isEqualTo(Subject.service("demo_web"));
    }

    @Test
    void namesThatAreUnknownOrUnclearListTheNearest() {
        engine.replicas.put("demo_api", 1);
        engine.look();
        engine.step(
                engine.firing("Slow", SLOW), engine.firing("Slow", Map.of("service", "demo_api")));
        Names names = new Names(engine.picture().facts());

        assertThatThrownBy(() -> names.find("demo_wbe", null))
                .isInstanceOfSatisfying(
                        Names.NotOne.class, none -> assertThat(none.isSeveral()).isFalse())
                .hasMessageStartingWith(
                        "nothing is known by 'demo_wbe' now; nearest are service/demo_web");
        assertThatThrownBy(() -> names.find("Slow", null))
                .isInstanceOfSatisfying(
                        Names.NotOne.class, many -> assertThat(many.isSeveral()).isTrue())
                .hasMessageContaining("can be each of 2")
                .hasMessageContaining("Slow about service/demo_api")
                .hasMessageContaining("Slow about service/demo_web");
        assertThatThrownBy(() -> names.find("task-demo", null))
                .hasMessageContaining("can be each of 3");
        assertThatThrownBy(() -> names.find("node/demo_web", null))
                .hasMessageContaining("no node is known by 'node/demo_web'");
        assertThatThrownBy(() -> rules("demo_web", "scale"))
                .hasMessageContaining("more than one rule has 'scale' in its name")
                .hasMessageContaining(DOWN);
        assertThatThrownBy(() -> rules("demo_web", "restart everything"))
                .hasMessageContaining("no rule has 'restart everything'");
    }

    private List<OfRule> rules(String subject, @Nullable String rule) throws Names.NotOne {
        return why.of(moment(), subject, null, rule).why().rules();
    }

    private Why.Moment moment() {
        return Objects.requireNonNull(Why.Moment.of(engine.picture()));
    }

    private static Rulebook bundled() {
        return Books.BUNDLED;
    }

    /// Compiled once for all tests.
    private static final class Books {
        static final Rulebook BUNDLED = read();

        private static Rulebook read() {
            try {
                return Rulebook.compile(RuleFiles.bundled());
            } catch (IOException missing) {
                throw new java.io.UncheckedIOException(missing);
            }
        }
    }
}
