package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Alert;
import io.homeostat.fact.AlertedService;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What rules make of custom facts and of the beginnings of alerts.
class CustomFactsInRulesTest {
    private static final AlertedService WEB = Facts.service("web", Map.of());

    /// So often a condition is interpreted before Drools compiles it, which must not change what it
    /// means.
    private static final int BEFORE_COMPILED = 20;

    @ParameterizedTest
    @CsvSource({
        "120, 'number( \"depth\" ) > 100', true",
        "100, 'number( \"depth\" ) > 100', false",
        "100, 'number( \"depth\" ) >= 100', true",
        "99.5, 'number( \"depth\" ) < 100', true",
        "1e3, 'number( \"depth\" ) == 1000', true",
        "-3, 'number( \"depth\" ) < 0', true",
        "120, 'values[ \"depth\" ] == \"120\"', true",
        "120, 'value( \"depth\" ) == \"120\"', true",
        "120, 'value( \"state\" ) == null', true",
        "120, 'number( \"depth\" ) != null', true",
    })
    void comparesValues(String depth, String condition, boolean holds) {
        assertThat(wishes(condition, Map.of("depth", depth), 1) > 0).isEqualTo(holds);
        assertThat(wishes(condition, Map.of("depth", depth), 3 * BEFORE_COMPILED) > 0)
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "number( \"depth\" ) > 100",
                "number( \"depth\" ) < 100",
                "number( \"depth\" ) >= 0",
                "number( \"depth\" ) <= 0",
                "number( \"depth\" ) > -1",
                "number( \"depth\" ) == 0",
            })
    void comparesWhatIsNoNumberWithNothing(String condition) {
        for (Map<String, String> values :
                List.of(
                        Map.of("state", "x"),
                        Map.of("depth", "deep", "state", "x"),
                        Map.of("depth", "", "state", "x"),
                        Map.of("depth", "NaN", "state", "x"),
                        Map.of("depth", "0x10", "state", "x"))) {
            assertThat(wishes(condition, values, 1)).isZero();
            assertThat(wishes(condition, values, 3 * BEFORE_COMPILED)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 60, false", "2, 60, true", "2, 59, false", "3, 60, true"})
    void countsHowOftenAnAlertBegan(int times, int minutesBack, boolean holds) {
        Instant last = Facts.MORNING;
        Alert alert =
                Facts.begun(
                        Facts.alert("Deep", WEB, Map.of()),
                        Sorted.copy(
                                IntStream.range(0, times)
                                        .mapToObj(i ->
                                                i == 0
                                                        ? last
                                                        : last.minus(
                                                                Duration.ofMinutes(59 + i % 2)))
                                        .toList()));
        try (RuleSession session =
                session(
                        """
                        rule "restart what is deep again"
                        when
                            $alert : Alert( firing, name == "Deep", $service : service != null,
                                firedWithin( Duration.ofMinutes( %d ) ) >= 2 )
                        then
                            insertLogical( restart( $service ).because( $alert ) );
                        end
                        """
                                .formatted(minutesBack))) {
            session.put(alert);

            assertThat(!session.consult().isEmpty()).isEqualTo(holds);
        }
    }

    @Test
    void joinsAnAlertWithWhatIsToldOfItsService() {
        try (RuleSession session =
                session(
                        """
                        rule "leave the service alone that is being moved"
                        when
                            $alert : Alert( firing, $service : service != null )
                            CustomFact( kind == "queue", key == $service.name, number( "depth" ) > 9 )
                        then
                            insertLogical( restart( $service ).because( $alert ) );
                        end
                        """)) {
            session.put(Facts.alert("Slow", WEB, Map.of()));
            assertThat(session.consult()).isEmpty();

            session.put(fact("web", Map.of("depth", "10")));
            assertThat(session.consult()).hasSize(1);

            session.remove(CustomFact.class, Subject.custom("queue", "web"));
            assertThat(session.consult()).isEmpty();
        }
    }

    private static int wishes(String condition, Map<String, String> values, int facts) {
        try (RuleSession session =
                session(
                        """
                        rule "restart what has much to do"
                        when
                            $fact : CustomFact( kind == "queue", %s )
                            $alert : Alert( firing, $service : service != null )
                        then
                            insertLogical( restart( $service ).because( $fact ) );
                        end
                        """
                                .formatted(condition))) {
            session.put(Facts.alert("Slow", WEB, Map.of()));
            int wishes = 0;
            for (int i = 0; i < facts; i++) {
                session.put(fact("orders-" + i, values));
                wishes = session.consult().size();
            }
            return wishes;
        }
    }

    private static RuleSession session(String rules) {
        Rulebook rulebook = Rulebook.compile(new TreeMap<>(Map.of("test.drl", rules)));
        assertThat(rulebook.faults()).isEmpty();
        return new RuleSession(rulebook);
    }

    private static CustomFact fact(String key, Map<String, String> values) {
        SortedMap<String, String> told = new TreeMap<>(values);
        return new CustomFact(
                "queue",
                key,
                told,
                Facts.MORNING,
                Facts.MORNING,
                Facts.MORNING.plusSeconds(900),
                "ann",
                "it grows");
    }
}
