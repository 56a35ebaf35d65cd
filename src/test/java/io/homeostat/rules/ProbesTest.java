package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Alert;
import io.homeostat.fact.AlertedService;
import io.homeostat.fact.Fact;
import io.homeostat.scenario.RuleFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Which parts of rules are met, told by Drools itself.
class ProbesTest {
    private static final AlertedService WEB = Facts.service("web", Map.of());

    /// What was heard of a session.
    private static final class Heard implements RuleObserver {
        private final List<String> fired = new ArrayList<>();
        private final SortedSet<String> patterns = new TreeSet<>();
        private final SortedSet<String> missing = new TreeSet<>();

        @Override
        public void fired(String rule, List<Fact> facts) {
            fired.add(rule + " " + facts.stream().map(Fact::subject).toList());
        }

        @Override
        public void met(RuleProbe probe, List<Fact> facts) {
            (probe.kind() == RuleProbe.Kind.PATTERN ? patterns : missing).add(probe.text());
        }
    }

    private static Rulebook probed(String when) {
        Rulebook rulebook =
                Rulebook.compile(
                        new TreeMap<>(
                                Map.of(
                                        "t.drl",
                                        "rule \"t\"\nwhen\n"
                                                + when
                                                + "\nthen insertLogical( restart( $a.service() ) );\nend\n")));
        assertThat(rulebook.faults()).isEmpty();
        return rulebook.probed();
    }

    private static Heard heard(String when, Fact... facts) {
        Heard heard = new Heard();
        try (RuleSession session = new RuleSession(probed(when).observedBy(heard))) {
            for (Fact fact : facts) {
                session.put(fact);
            }
            session.consult();
        }
        return heard;
    }

    @Test
    void saysHowFarTheFactsReach() {
        String when =
                "$a : Alert( firing, $service : service != null )\n"
                        + "Service( name == $service.name )";

        Heard heard = heard(when, Facts.alert("A", WEB, Map.of()));

        assertThat(heard.fired).isEmpty();
        assertThat(heard.patterns)
                .containsExactly("$a : Alert( firing, $service : service != null )");
    }

    @Test
    void saysWhatFiredAndBecauseOfWhat() {
        Heard heard = heard("$a : Alert( firing )", Facts.alert("A", WEB, Map.of()));

        assertThat(heard.fired).containsExactly("t [alert/print-A]");
        assertThat(heard.missing).isEmpty();
    }

    @Test
    void namesTheOnlyConditionThatIsMissing() {
        String when =
                "$a : Alert( firing, name == \"A\", labels[\"x\"] matches \"a.*\", $s : service != null )";
        Alert right = Facts.alert("A", WEB, Map.of("x", "ab"));

        assertThat(heard(when, right).missing).isEmpty();
        assertThat(heard(when, Facts.suppressed(right)).missing).containsExactly("firing");
        assertThat(heard(when, Facts.alert("B", WEB, Map.of("x", "ab"))).missing)
                .containsExactly("name == \"A\"");
        assertThat(heard(when, Facts.alert("A", WEB, Map.of("x", "b"))).missing)
                .containsExactly("labels[\"x\"] matches \"a.*\"");
        assertThat(heard(when, Facts.alert("A", null, Map.of("x", "ab"))).missing)
                .containsExactly("service != null");
        assertThat(heard(when, Facts.alert("B", null, Map.of("x", "ab"))).missing).isEmpty();
    }

    @Test
    void asksNothingOfWhatIsNotThere() {
        String when =
                "$a : Alert( service != null, service.name == \"web\", $s : service )\n"
                        + "not Alert( service != null, name != \"A\", service.name == $s.name )";

        Heard heard = heard(when, Facts.alert("A", null, Map.of()));

        assertThat(heard.missing).containsExactly("service != null");
    }

    @Test
    void turnsNotAndExistsAround() {
        String when =
                "$a : Alert( name == \"A\" )\nnot Alert( name == \"B\" )\nexists Alert( name == \"C\" )";
        Alert a = Facts.alert("A", WEB, Map.of());
        Alert b = Facts.alert("B", WEB, Map.of());
        Alert c = Facts.alert("C", WEB, Map.of());

        assertThat(heard(when, a, c).fired).hasSize(1);
        assertThat(heard(when, a, b, c).missing).contains("not Alert( name == \"B\" )");
        assertThat(heard(when, a).missing).contains("exists Alert( name == \"C\" )");
    }

    @Test
    void leavesOutWhatCannotBeTurnedAround() {
        String when =
                "( $a : Alert( name == \"A\" ) or $a : Alert( name == \"B\" ) )\n"
                        + "accumulate( Alert( $n : name ); $count : count( $n ); $count > 1 )";

        assertThat(probed(when).probes())
                .extracting(RuleProbe::kind)
                .containsExactly(RuleProbe.Kind.PATTERN, RuleProbe.Kind.PATTERN);
        assertThat(heard(when, Facts.alert("B", WEB, Map.of())).patterns).hasSize(1);
    }

    @Test
    void changesNothingOfWhatTheRulesWish() throws Exception {
        Rulebook plain = Rulebook.compile(RuleFiles.read(Path.of("rules")));
        Rulebook probed = plain.probed();
        Alert alert = Facts.alert("A", WEB, Map.of("scale", "up"));
        try (RuleSession one = new RuleSession(plain);
                RuleSession other = new RuleSession(probed)) {
            for (RuleSession session : List.of(one, other)) {
                session.put(alert);
                session.put(Facts.unsolved(alert));
            }

            assertThat(other.consult()).isEqualTo(one.consult()).hasSize(2);
        }
        assertThat(probed.hash()).isEqualTo(plain.hash());
        assertThat(plain.probes()).isEmpty();
    }

    @Test
    void pointAtTheirPlaces() {
        assertThat(probed("$a : Alert( firing,\n    name == \"A\" )").probes())
                .extracting(probe -> probe.line() + ":" + probe.column() + " " + probe.text())
                .containsExactly(
                        "3:1 $a : Alert( firing, name == \"A\" )",
                        "3:13 firing",
                        "4:5 name == \"A\"");
    }
}
