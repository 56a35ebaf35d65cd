package io.homeostat.rules;

import static io.homeostat.rules.Explaining.alert;
import static io.homeostat.rules.Explaining.explain;
import static io.homeostat.rules.Explaining.node;
import static io.homeostat.rules.Explaining.rule;
import static io.homeostat.rules.Explaining.service;
import static io.homeostat.rules.Explaining.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.rules.Explanation.Miss;
import io.homeostat.rules.Explanation.OfCondition;
import io.homeostat.rules.Explanation.OfRule;
import io.homeostat.rules.Explanation.Standing;
import io.homeostat.rules.Explanation.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainerTest {
    private static final Subject WEB = Subject.service("web");

    @Test
    void namesTheConstraintThatFailsWithTheValueFound() {
        OfRule rule =
                only(
                        "$alert : Alert( firing, labels[\"scale\"] == \"up\", $service : service != null )",
                        alert("Slow", "web", Map.of("scale", "down")));

        OfCondition condition = rule.conditions().getFirst();
        assertThat(rule.isWishing()).isFalse();
        assertThat(condition.standing()).isEqualTo(Standing.FAILS);
        assertThat(condition.nearest())
                .containsExactly(
                        new Miss(
                                "alert/print-Slow Slow about service/web",
                                true,
                                1,
                                "labels[\"scale\"] == \"up\"",
                                List.of(new Value("labels[\"scale\"]", "\"down\"")),
                                ""));
        assertThat(rule.satisfied()).isEqualTo(1);
        assertThat(rule.constraints()).isEqualTo(3);
    }

    @Test
    void showsTheFactsThatMatchARuleThatWishes() {
        OfRule rule =
                only(
                        "$alert : Alert( firing, $service : service != null )",
                        alert("Slow", "web", Map.of()));

        assertThat(rule.wishes())
                .extracting(Explanation.Wished::intent)
                .containsExactly("restart service/web");
        assertThat(rule.conditions().getFirst().standing()).isEqualTo(Standing.HOLDS);
        assertThat(rule.conditions().getFirst().matches())
                .containsExactly("alert/print-Slow Slow about service/web");
    }

    @Test
    void leavesOutRulesThatAreFarAndCountsThem() {
        Explanation far =
                explain(
                        WEB,
                        null,
                        rule("r", "$alert : Alert( name == \"Slow\", $service : service != null )"),
                        alert("Other", "web", Map.of()),
                        alert("Slow", "api", Map.of()));

        assertThat(far.rules()).isEmpty();
        assertThat(far.others()).isEqualTo(1);
    }

    @Test
    void explainsARuleThatIsAskedForHoweverFar() {
        OfRule rule =
                explain(
                                WEB,
                                "r",
                                rule(
                                        "r",
                                        "$alert : Alert( name == \"Slow\", $service : service != null )"),
                                alert("Slow", "api", Map.of()))
                        .rules()
                        .getFirst();

        assertThat(rule.isWishing()).isFalse();
        assertThat(rule.elsewhere()).containsExactly("service/api");
        assertThat(rule.conditions().getFirst().own()).isZero();
        assertThat(rule.conditions().getFirst().matches())
                .containsExactly("alert/print-Slow Slow about service/api");
    }

    @Test
    void picksTheFactsThatCameFurthestOutOfMany() {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            facts.add(
                    alert("A%02d".formatted(i), "web", i == 41 ? Map.of("scale", "up") : Map.of()));
        }

        OfCondition condition =
                only(
                                "$alert : Alert( firing, labels[\"scale\"] == \"up\", labels[\"type\"] == \"service\", $service : service != null )",
                                facts)
                        .conditions()
                        .getFirst();

        assertThat(condition.own()).isEqualTo(50);
        assertThat(condition.nearest()).hasSize(3);
        assertThat(condition.nearest().getFirst().fact()).contains("A41");
        assertThat(condition.nearest().getFirst().satisfied()).isEqualTo(2);
        assertThat(condition.nearest().getFirst().found())
                .containsExactly(new Value("labels[\"type\"]", "null"));
        assertThat(condition.nearest().get(1).satisfied()).isEqualTo(1);
    }

    @Test
    void followsAJoinWithTheFactThatMatchedBefore() {
        OfRule rule =
                only(
                        """
                        $alert : Alert( firing, $service : service != null )
                        $task : Task( service == $service.name, state == Task.State.FAILED )
                        """,
                        alert("Slow", "web", Map.of()),
                        task("t1", "web", Task.State.RUNNING),
                        task("t2", "api", Task.State.FAILED));

        OfCondition join = rule.conditions().get(1);
        assertThat(rule.conditions().getFirst().standing()).isEqualTo(Standing.HOLDS);
        assertThat(join.standing()).isEqualTo(Standing.FAILS);
        assertThat(join.given())
                .containsExactly("$alert = alert/print-Slow Slow about service/web");
        assertThat(join.nearest())
                .containsExactly(
                        new Miss(
                                "task/t1 of web.1, running",
                                true,
                                1,
                                "state == Task.State.FAILED",
                                List.of(new Value("state", "RUNNING")),
                                ""));
    }

    @Test
    void saysOfAConditionThatItUsesWhatNothingMatches() {
        OfRule rule =
                only(
                        """
                        $alert : Alert( firing, name == "Slow", $service : service != null )
                        Task( service == $service.name )
                        Node( state == Node.State.READY )
                        """,
                        alert("Other", "web", Map.of()),
                        node("n1"));

        assertThat(rule.conditions())
                .extracting(OfCondition::standing)
                .containsExactly(Standing.FAILS, Standing.OPEN, Standing.HOLDS);
        assertThat(rule.conditions().get(1).note()).contains("uses what no fact matches above");
    }

    @Test
    void showsWhatStandsInTheWayOfNot() {
        String when =
                """
                $alert : Alert( firing, $service : service != null )
                not Task( service == $service.name, running )
                """;
        Alert alert = alert("Slow", "web", Map.of());

        OfCondition not =
                only(when, alert, task("t1", "web", Task.State.RUNNING)).conditions().get(1);
        assertThat(not.negated()).isTrue();
        assertThat(not.standing()).isEqualTo(Standing.FAILS);
        assertThat(not.matches()).containsExactly("task/t1 of web.1, running");

        OfRule free = only(when, alert, task("t1", "api", Task.State.RUNNING));
        assertThat(free.isWishing()).isTrue();
        assertThat(free.conditions().get(1).standing()).isEqualTo(Standing.HOLDS);
    }

    @Test
    void showsWhatComesNearestToExists() {
        OfCondition exists =
                only(
                                """
                                $alert : Alert( firing, $service : service != null )
                                exists Task( service == $service.name, running )
                                """,
                                alert("Slow", "web", Map.of()),
                                task("t1", "web", Task.State.FAILED))
                        .conditions()
                        .get(1);

        assertThat(exists.standing()).isEqualTo(Standing.FAILS);
        assertThat(exists.nearest()).extracting(Miss::constraint).containsExactly("running");
        assertThat(exists.nearest().getFirst().found())
                .containsExactly(new Value("running", "false"));
    }

    @Test
    void saysOnlyWhetherWhatCannotBeTakenApartHolds() {
        String when =
                """
                $alert : Alert( firing, $service : service != null )
                accumulate( Task( service == $service.name, running, $t : id ); $many : count( $t ); $many > 1 )
                ( Node( state == Node.State.DOWN ) or Node( hostname == "n1" ) )
                forall( $n : Node() Node( this == $n, state == Node.State.READY ) )
                """;
        Alert alert = alert("Slow", "web", Map.of());

        OfRule fails = only(when, alert, node("n1"), task("t1", "web", Task.State.RUNNING));
        assertThat(fails.conditions())
                .extracting(OfCondition::standing)
                .containsExactly(Standing.HOLDS, Standing.FAILS, Standing.HOLDS, Standing.HOLDS);
        assertThat(fails.conditions().get(1).note()).isEqualTo("not taken apart");

        OfRule holds =
                only(
                        when,
                        alert,
                        node("n1"),
                        task("t1", "web", Task.State.RUNNING),
                        task("t2", "web", Task.State.RUNNING));
        assertThat(holds.isWishing()).isTrue();
        assertThat(holds.conditions())
                .extracting(OfCondition::standing)
                .containsOnly(Standing.HOLDS);
    }

    @Test
    void saysThatConditionsHoldButNotTogether() {
        OfRule rule =
                only(
                        """
                        $service : Service( labels["team"] == "shop" )
                        Alert( service.name == $service.name, service != null )
                        $other : Node( hostname == $service.name )
                        """,
                        service("web", Map.of("team", "shop")),
                        alert("Slow", "web", Map.of()),
                        node("web"));
        assertThat(rule.conditions())
                .extracting(OfCondition::standing)
                .containsOnly(Standing.HOLDS);

        OfRule apart =
                only(
                        """
                        $alert : Alert( firing, $service : service != null )
                        $task : Task( service == $service.name, slot == 1 )
                        Node( id == $task.node, hostname == $alert.name )
                        """,
                        alert("n1", "web", Map.of()),
                        alert("n2", "web", Map.of()),
                        task("t1", "web", Task.State.RUNNING),
                        node("n9"));
        assertThat(apart.conditions().getLast().standing()).isEqualTo(Standing.FAILS);
        assertThat(apart.conditions().getLast().given()).hasSize(2);
    }

    @Test
    void countsAFactThatAConstraintThrowsForAsOneThatDoesNotFulfilIt() {
        OfCondition condition =
                explain(
                                Subject.alert("print-Lonely"),
                                null,
                                rule("r", "$alert : Alert( firing, service.name == \"web\" )")
                                        .replace("$service", "$alert.service()"),
                                alert("Lonely", null, Map.of()),
                                alert("Slow", "api", Map.of()))
                        .rules()
                        .getFirst()
                        .conditions()
                        .getFirst();

        assertThat(condition.nearest()).hasSize(1);
        assertThat(condition.nearest().getFirst().threw()).contains("null pointer: service.name");
        assertThat(condition.nearest().getFirst().satisfied()).isEqualTo(1);
    }

    private static OfRule only(String when, Fact... facts) {
        return only(when, Arrays.asList(facts));
    }

    private static OfRule only(String when, List<Fact> facts) {
        Explanation explanation = explain(WEB, null, rule("r", when), facts.toArray(Fact[]::new));
        assertThat(explanation.rules()).hasSize(1);
        return explanation.rules().getFirst();
    }
}
