package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What somebody who writes the first rule gets wrong, and is told.
class CompileAdviceTest {
    @Test
    void saysThatAMemberIsCalledAfterThen() {
        assertThat(faults("firing, service != null", "restart( $alert.service ).because( $alert )"))
                .anyMatch(text -> text.contains("a field is read with parentheses: `service()`"));
    }

    @Test
    void saysWhatAMethodTakes() {
        assertThat(
                        faults(
                                "firing, service != null, firedWithin( \"1h\" ) >= 2",
                                "restart( $alert.service() ).because( $alert )"))
                .anyMatch(text -> text.contains("It is firedWithin( Duration );"))
                .anyMatch(text -> text.contains("Duration.ofMinutes( 5 )"));
    }

    @Test
    void saysHowAlertsAreCountedToWhoeverTriesAWindow() {
        assertThat(
                        faults(
                                "firing ) over window:time( 1h",
                                "restart( $alert.service() ).because( $alert )"))
                .anyMatch(text -> text.contains("To count alerts: Alert( firedWithin("));
    }

    @Test
    void saysWhyThereIsNothingToWishFor() {
        Rulebook rulebook =
                Rulebook.compile(
                        new TreeMap<>(
                                Map.of(
                                        "test.drl",
                                        rule(
                                                "firing",
                                                "restart( $alert.service() ).because( $alert )"))));
        try (RuleSession session = new RuleSession(rulebook)) {
            session.put(Facts.alert("Deep", null, Map.of()));

            assertThatThrownBy(session::consult)
                    .hasMessageContaining("its alert names none that is known")
                    .hasMessageContaining("$service : service != null");
        }
    }

    private static List<String> faults(String condition, String wish) {
        return RuleCheck.check(new TreeMap<>(Map.of("test.drl", rule(condition, wish)))).stream()
                .map(RuleFault::text)
                .toList();
    }

    private static String rule(String condition, String wish) {
        return """
        rule "restart what is deep"
        when
            $alert : Alert( %s )
        then
            insertLogical( %s );
        end
        """
                .formatted(condition, wish);
    }
}
