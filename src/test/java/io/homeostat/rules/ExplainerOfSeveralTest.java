package io.homeostat.rules;

import static io.homeostat.rules.Explaining.alert;
import static io.homeostat.rules.Explaining.explain;
import static io.homeostat.rules.Explaining.rule;
import static io.homeostat.rules.Explaining.rulebook;
import static io.homeostat.rules.Explaining.service;
import static io.homeostat.rules.Explaining.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.homeostat.fact.Fact;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.rules.Explanation.Miss;
import io.homeostat.rules.Explanation.OfRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is explained of rules beside each other.
class ExplainerOfSeveralTest {
    private static final Subject WEB = Subject.service("web");

    @Test
    void explainsOtherRulesBesideOneThatThrows() {
        Explanation both =
                explain(
                        WEB,
                        null,
                        rule(
                                        "bad",
                                        "$alert : Alert( firing, node.id == \"n1\", $service : service != null )")
                                + rule(
                                        "good",
                                        "$alert : Alert( firing, $service : service != null )"),
                        alert("Slow", "web", Map.of()));

        assertThat(both.rules()).extracting(OfRule::name).containsExactly("good", "bad");
        assertThat(both.rules().getFirst().isWishing()).isTrue();
        assertThat(both.rules().getLast().putAside()).contains("node.id == \"n1\"");
    }

    @Test
    void ordersByWishesThenByHowFarARuleCame() {
        Explanation three =
                explain(
                        WEB,
                        null,
                        rule(
                                        "c",
                                        "$alert : Alert( firing, name == \"Fast\", $service : service != null )")
                                + rule(
                                        "b",
                                        "$alert : Alert( firing, name == \"Slow\", labels[\"x\"] == \"y\", $service : service != null )")
                                + rule("z", "$alert : Alert( firing, $service : service != null )"),
                        alert("Slow", "web", Map.of()));

        assertThat(three.rules()).extracting(OfRule::name).containsExactly("z", "b", "c");
    }

    @Test
    void seesTheWishesOfOtherRules() {
        String policy =
                """
                rule "no restarts"
                when
                    $intent : Intent( kind == "scale", serviceName == "web" )
                then
                    insertLogical( objection( $intent, "no" ) );
                end
                """;
        Explanation explained =
                explain(
                        WEB,
                        "no restarts",
                        rule("r", "$alert : Alert( firing, $service : service != null )") + policy,
                        alert("Slow", "web", Map.of()));

        assertThat(explained.rules().getFirst().conditions().getFirst().nearest())
                .extracting(Miss::fact, Miss::constraint)
                .containsExactly(
                        tuple(
                                "the wish of rule \"r\" to restart service/web",
                                "kind == \"scale\""));
    }

    @Test
    void refusesARuleThatIsNotThere() {
        assertThatThrownBy(() ->
                        explain(
                                WEB,
                                "none",
                                rule("r", "$alert : Alert( $service : service != null )")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"none\"");
    }

    @Test
    void explainsAHundredRulesOverAThousandServicesInSeconds() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            rules.append(
                    rule(
                            "r%02d".formatted(i),
                            """
                            $alert : Alert( firing, labels["scale"] == "up%d", $service : service != null )
                            $known : Service( name == $service.name, labels["team"] == "t%d" )
                            not Task( service == $service.name, state == Task.State.FAILED )
                            """
                                    .formatted(i, i)));
        }
        List<Fact> facts = new ArrayList<>();
        IntStream.range(0, 1_000)
                .forEach(i -> {
                    facts.add(service("s" + i, Map.of()));
                    facts.add(alert("A" + i, "s" + i, Map.of("scale", "up" + i % 50)));
                    for (int slot = 0; slot < 3; slot++) {
                        facts.add(task("s" + i + "." + slot, "s" + i, Task.State.RUNNING));
                    }
                });
        Explainer explainer = new Explainer(rulebook(rules.toString()));

        long began = System.nanoTime();
        Explanation explained =
                explainer.explain(
                        facts,
                        Focus.on(Subject.service("s7"), facts),
                        null,
                        Collections.emptySortedMap());

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(2));
        assertThat(explained.rules()).hasSize(100);
        assertThat(explained.rules().getFirst().name()).isEqualTo("r07");
    }
}
