package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules that want more than to look at facts and to wish.
class HostileRulesTest {
    static List<Corpus.Sample> samples() {
        return Corpus.below("hostile");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void areRefusedByTheCheckWhichNamesWhat(Corpus.Sample sample) {
        String word = sample.text().lines().findFirst().orElseThrow().replace("// names: ", "");
        Scan scan = Scan.of("a.drl", sample.text());

        // The check refuses it before the rule engine's compiler sees it.
        List<RuleFault> faults = RuleCheck.read(scan, FileShape.of(scan));

        assertThat(faults)
                .extracting(RuleFault::text)
                .anySatisfy(text -> assertThat(text).contains(word));
        assertThat(faults).extracting(RuleFault::severity).contains(RuleFault.Severity.ERROR);
    }

    @Test
    void areAHundredAtLeast() {
        assertThat(samples()).hasSizeGreaterThanOrEqualTo(100);
    }

    @Test
    void neverMakeItIntoARulebook() {
        TreeMap<String, String> sources = new TreeMap<>();
        for (Corpus.Sample sample : samples()) {
            sources.put(sample.name() + ".drl", sample.text());
        }
        sources.put("honest.drl", HONEST);

        assertThat(Rulebook.compile(sources).rules()).containsOnlyKeys("honest");
    }

    private static final String HONEST =
            """
            rule "honest"
            when
                $alert : Alert( firing, $service : service != null )
            then
                insertLogical( restart( $service ).because( $alert ) );
            end
            """;

    @Test
    void doNotKeepHonestOnesOut() {
        assertThat(RuleCheck.check(new TreeMap<>(Map.of("a.drl", HONEST)))).isEmpty();
    }
}
