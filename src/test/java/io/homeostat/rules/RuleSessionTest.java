package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.action.Intent;
import io.homeostat.action.Wish;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Subject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuleSessionTest {
    private static final String RULES =
            """
            rule "scale up a slow service"
                @autonomy( "auto" ) @cooldown( "2m" ) @owner( "platform" )
            when
                $alert : Alert( firing, name == "Slow", $service : service != null )
            then
                insertLogical( scaleUp( $service ).because( $alert ) );
            end

            rule "scale up a slow service too"
            when
                $alert : Alert( firing, labels["scale"] == "up", $service : service != null )
            then
                Intent wish = scaleUp( $service );
                insertLogical( wish.because( $alert ) );
            end

            rule "scale to as many as the label says"
            when
                $alert : Alert( firing, name == "Count", service != null )
            then
                insertLogical( scaleTo( $alert.service(), Integer.parseInt( $alert.label( "count" ) ) ) );
            end

            rule "restart what is called odd"
            when
                $alert : Alert( firing, name == "Odd", service.name == "odd" )
            then
                insertLogical( restart( $alert.service() ).because( $alert ) );
            end

            rule "restart a service about which several alerts fire"
            when
                $alert : Alert( firing, labels["many"] == "yes", $service : service != null )
            then
                insertLogical( restart( $service ) );
            end
            """;

    private static final Rulebook RULEBOOK =
            Rulebook.compile(new TreeMap<>(Map.of("test.drl", RULES)));

    private RuleSession session;

    @BeforeEach
    void open() {
        assertThat(RULEBOOK.faults()).isEmpty();
        session = new RuleSession(RULEBOOK);
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void wishesAsLongAsItsReasonHolds() {
        Alert slow = Facts.alert("Slow", Facts.service("web", Map.of()), Map.of());

        session.put(slow);
        assertThat(session.consult())
                .containsExactly(
                        new Intent(
                                "scale up a slow service",
                                new Wish.ScaleUp("web"),
                                new TreeSet<>(Set.of(slow.subject()))));
        assertThat(session.consult()).hasSize(1);

        session.remove(Alert.class, slow.subject());
        assertThat(session.consult()).isEmpty();
    }

    @Test
    void withdrawsAWishWhenItsAlertIsSuppressedAndRenewsItAfterwards() {
        Alert slow = Facts.alert("Slow", Facts.service("web", Map.of()), Map.of());
        session.put(slow);
        assertThat(session.consult()).hasSize(1);

        session.put(Facts.suppressed(slow));
        assertThat(session.consult()).isEmpty();

        session.put(slow);
        assertThat(session.consult()).hasSize(1);
    }

    @Test
    void keepsEqualWishesOfTwoRulesApart() {
        session.put(Facts.alert("Slow", Facts.service("web", Map.of()), Map.of("scale", "up")));

        assertThat(session.consult())
                .extracting(Intent::rule)
                .containsExactly("scale up a slow service", "scale up a slow service too");
    }

    @Test
    void keepsAWishThatAnotherFactStillCallsFor() {
        Alert one = Facts.alert("One", Facts.service("web", Map.of()), Map.of("many", "yes"));
        Alert two = Facts.alert("Two", Facts.service("web", Map.of()), Map.of("many", "yes"));
        session.put(one);
        session.put(two);
        assertThat(session.consult()).hasSize(1);

        session.remove(Alert.class, one.subject());
        assertThat(session.consult()).hasSize(1);

        session.remove(Alert.class, two.subject());
        assertThat(session.consult()).isEmpty();
    }

    @Test
    void movesAWishToTheServiceThatTheAlertIsAboutNow() {
        session.put(Facts.alert("Slow", Facts.service("web", Map.of()), Map.of()));
        assertThat(session.consult()).hasSize(1);

        session.put(Facts.alert("Slow", Facts.service("api", Map.of()), Map.of()));
        assertThat(session.consult())
                .extracting(Intent::wish)
                .containsExactly(new Wish.ScaleUp("api"));
    }

    @Test
    void listsWishesInOrderHoweverFactsArrived() {
        session.put(Facts.alert("Odd", Facts.service("odd", Map.of()), Map.of()));
        session.put(Facts.alert("Slow", Facts.service("web", Map.of()), Map.of()));
        session.put(Facts.alert("B", Facts.service("b", Map.of()), Map.of("many", "yes")));

        assertThat(session.consult())
                .extracting(intent -> intent.wish().subject().name())
                .containsExactly("b", "odd", "web");
    }

    @Test
    void forgetsNothingWhenSomethingUnknownIsRemoved() {
        session.put(Facts.alert("Slow", Facts.service("web", Map.of()), Map.of()));

        session.remove(Alert.class, Subject.alert("never seen"));

        assertThat(session.consult()).hasSize(1);
    }

    @Test
    void namesTheRuleWhoseConsequenceThrows() {
        session.put(Facts.alert("Count", Facts.service("web", Map.of()), Map.of("count", "many")));

        assertThatThrownBy(session::consult)
                .isInstanceOfSatisfying(
                        RuleThrew.class,
                        threw ->
                                assertThat(threw.rule())
                                        .isEqualTo("scale to as many as the label says"))
                .hasCauseInstanceOf(NumberFormatException.class)
                .hasMessageContaining("many");
    }

    @Test
    void namesTheRuleWhoseConditionThrows() {
        session.put(Facts.alert("Odd", null, Map.of()));

        assertThatThrownBy(session::consult)
                .isInstanceOfSatisfying(
                        RuleThrew.class,
                        threw ->
                                assertThat(threw.rules())
                                        .containsExactly("restart what is called odd"))
                .hasMessageContaining("service != null");
    }

    @Test
    void hearsTheOthersOnceTheThrowingRuleIsPutAside() {
        try (RuleSession next = new RuleSession(RULEBOOK, Set.of("restart what is called odd"))) {
            next.put(Facts.alert("Odd", null, Map.of()));
            next.put(Facts.alert("Slow", Facts.service("web", Map.of()), Map.of()));

            assertThat(next.consult())
                    .extracting(Intent::rule)
                    .containsExactly("scale up a slow service");
        }
    }

    @Test
    void stopsRulesThatDoNotComeToAnEnd() {
        try (RuleSession small = new RuleSession(RULEBOOK.within(new RuleBudget(3, 1000)))) {
            small.put(Facts.alert("Slow", Facts.service("web", Map.of()), Map.of()));
            small.put(Facts.alert("A", Facts.service("a", Map.of()), Map.of("many", "yes")));
            small.put(Facts.alert("B", Facts.service("b", Map.of()), Map.of("many", "yes")));

            assertThatThrownBy(small::consult)
                    .isInstanceOfSatisfying(
                            RuleThrew.class,
                            threw ->
                                    assertThat(threw.rule())
                                            .isEqualTo(
                                                    "restart a service about which several alerts"
                                                            + " fire"));
        }
    }

    @Test
    void stopsARuleThatWishesWithoutMeasureAndNamesIt() {
        try (RuleSession small = new RuleSession(RULEBOOK.within(new RuleBudget(1000, 5)))) {
            for (int i = 0; i < 6; i++) {
                String name = "s" + i;
                small.put(Facts.alert(name, Facts.service(name, Map.of()), Map.of("many", "yes")));
            }

            assertThatThrownBy(small::consult)
                    .isInstanceOfSatisfying(
                            RuleThrew.class,
                            threw ->
                                    assertThat(threw.getMessage())
                                            .contains("More than 5 wishes", "several alerts"));
        }
    }
}
