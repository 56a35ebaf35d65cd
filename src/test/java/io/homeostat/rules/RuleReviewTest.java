package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.scenario.RuleFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuleReviewTest {
    private static String rule(String name, String constraints) {
        return """
        rule "%s"
            @owner( "platform" )
        when
            $alert : Alert( %s, $service : service != null )
        then
            insertLogical( restart( $service ).because( $alert ) );
        end
        """
                .formatted(name, constraints);
    }

    private static RuleReview review(String text) {
        return RuleReview.of(new TreeMap<>(Map.of("a.drl", text)), Optional.empty());
    }

    @Test
    void saysWhichFieldWasMeant() {
        assertThat(review(rule("a", "firing, headlne == \"x\"")).faults())
                .extracting(RuleFault::text)
                .containsExactly(
                        "a.drl:4:29: error: Alert has no field `headlne`; did you mean `headline`?");
    }

    @Test
    void saysWhatIsAllowedWhereNothingIsMuchLikeIt() {
        assertThat(review(rule("a", "firing, service.replicas2x > 3")).faults())
                .extracting(RuleFault::text)
                .containsExactly(
                        "a.drl:4:37: error: AlertedService has no field `replicas2x`. It has labels,"
                                + " mode, name, replicas, scale, stack, subject.");
    }

    @Test
    void looksUpFieldsOfWhatNamesStandFor() {
        String text =
                rule("a", "firing")
                        .replace("\nthen", "\n    Task( service == $service.hostname )\nthen");

        assertThat(review(text).faults())
                .extracting(RuleFault::text)
                .singleElement()
                .asString()
                .startsWith("a.drl:5:31: error: AlertedService has no field `hostname`.");
    }

    @Test
    void saysThatAFieldIsCalledAfterThen() {
        String text =
                rule("a", "firing").replace("restart( $service )", "restart( $alert.service )");

        assertThat(review(text).faults())
                .extracting(RuleFault::message)
                .containsExactly("After 'then', a field is read with parentheses: `service()`.");
    }

    @Test
    void saysAllErrorsOfAllFiles() {
        SortedMap<String, String> files = new TreeMap<>();
        files.put(
                "a.drl",
                rule("a", "nmae == \"x\"") + rule("b", "startsAt > 3") + rule("c", "sattus == 3"));
        files.put("b.drl", rule("d", "name == ") + rule("e", "startsAt > 3") + rule("f", "firing"));

        List<RuleFault> faults = RuleReview.of(files, Optional.empty()).faults();

        assertThat(faults)
                .extracting(fault -> fault.file() + ":" + fault.line())
                .containsExactly("a.drl:4", "a.drl:11", "a.drl:18", "b.drl:4", "b.drl:11");
    }

    @Test
    void findsNothingWrongWithTheBundledRules() throws IOException {
        SortedMap<String, String> bundled = RuleFiles.read(Path.of("rules"));
        RuleReview review = RuleReview.of(bundled, Optional.empty());

        assertThat(review.faults()).isEmpty();
        assertThat(review.rules()).isEqualTo(Rulebook.compile(bundled).rules().size());
    }

    @Test
    void countsWhatItCannotDecide() {
        RuleReview review = review(rule("a", "name.length() * 2 > 5") + rule("b", "name == \"b\""));

        assertThat(review.faults()).isEmpty();
        assertThat(review.undecided()).containsExactly(Map.entry("never-fires", 1));
    }

    @Test
    void namesBothSidesOfAContradiction() {
        assertThat(review(rule("a", "firing, name == \"a\", name == \"b\"")).faults())
                .extracting(RuleFault::text)
                .containsExactly(
                        "a.drl:4:42: warning: Rule \"a\" can never fire: `name == \"b\"` contradicts"
                                + " `name == \"a\"` in line 4. Take one of them out, or write two"
                                + " rules.");
    }

    @Test
    void checksAHundredRulesInSeconds() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append(rule("rule " + i, "firing, name == \"A%d\"".formatted(i)));
        }
        review(text.toString());

        long began = System.nanoTime();
        RuleReview review = review(text.toString());

        assertThat(review.faults()).isEmpty();
        // The aim is 3 s; a machine under load is given ten times that.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }
}
