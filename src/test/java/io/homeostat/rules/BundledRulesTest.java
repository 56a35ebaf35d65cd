package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Intent;
import io.homeostat.action.Wish;
import io.homeostat.fact.Alert;
import io.homeostat.fact.AlertedService;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Tracking;
import io.homeostat.scenario.RuleFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundledRulesTest {
    private static final AlertedService WEB = Facts.service("web", Map.of());
    private static Rulebook rulebook;

    @BeforeAll
    static void compile() throws IOException {
        rulebook = Rulebook.compile(RuleFiles.read(Path.of("rules")));
    }

    private static Set<Intent> wishes(Fact fact) {
        try (RuleSession session = new RuleSession(rulebook)) {
            session.put(fact);
            return session.consult();
        }
    }

    @Test
    void haveNoFaultsAndAct() {
        assertThat(rulebook.faults()).isEmpty();
        assertThat(rulebook.rules()).isNotEmpty();
        assertThat(rulebook.rules().values())
                .filteredOn(rule -> !rule.file().equals("policy.drl"))
                .allSatisfy(rule -> assertThat(rule.autonomy()).isEqualTo(Autonomy.AUTO));
    }

    @Test
    void scaleUpWhenAnAlertOfTheBookAsksForIt() {
        Alert alert =
                Facts.alert(
                        "RespTimeAbove",
                        WEB,
                        Map.of("scale", "up", "receiver", "system", "type", "service"));

        assertThat(wishes(alert))
                .singleElement()
                .satisfies(intent -> {
                    assertThat(intent.wish()).isEqualTo(new Wish.ScaleUp("web"));
                    assertThat(intent.evidence()).containsExactly(alert.subject());
                });
    }

    @Test
    void scaleDownWhenAnAlertAsksForItInFewerWords() {
        assertThat(wishes(Facts.alert("Quiet", WEB, Map.of("scale", "down"))))
                .extracting(Intent::wish)
                .containsExactly(new Wish.ScaleDown("web"));
    }

    @ParameterizedTest
    @CsvSource({
        "no, system, service",
        "UP, system, service",
        "up, slack, service",
        "up, system, node",
        "down, system, errors",
    })
    void leaveServicesAloneWhenLabelsDoNotFit(String scale, String receiver, String type) {
        Map<String, String> labels = Map.of("scale", scale, "receiver", receiver, "type", type);

        assertThat(wishes(Facts.alert("X", WEB, labels))).isEmpty();
    }

    @Test
    void leaveServicesAloneWhenNoneIsKnownOrTheAlertIsSilenced() {
        Alert alert = Facts.alert("X", WEB, Map.of("scale", "up"));

        assertThat(wishes(Facts.alert("X", null, Map.of("scale", "up")))).isEmpty();
        assertThat(wishes(Facts.suppressed(alert))).isEmpty();
        assertThat(wishes(Facts.alert("X", WEB, Map.of()))).isEmpty();
    }

    @Test
    void wishWhatTheMetricsOfAServiceAskFor() {
        Tracking tracking = tracking(Tracking.Hold.NONE);

        assertThat(wishes(tracking))
                .singleElement()
                .satisfies(intent -> {
                    assertThat(intent.wish()).isEqualTo(new Wish.ScaleTo("web", 4));
                    assertThat(intent.evidence()).containsExactly(tracking.subject());
                });
    }

    @Test
    void wishNothingBeforeMetricsWereLookedAtAgain() {
        assertThat(wishes(tracking(Tracking.Hold.NEXT_LOOK))).isEmpty();
    }

    private static Tracking tracking(Tracking.Hold hold) {
        return new Tracking(WEB, 4, hold, new TreeSet<>(), "load is high");
    }

    @Test
    void tellTheDefaultChannelOfWhatNothingSolves() {
        assertThat(wishes(Facts.unsolved(Facts.alert("Odd", null, Map.of()))))
                .extracting(Intent::wish)
                .containsExactly(
                        new Wish.Escalate("print-Odd", "", "warning", "Odd: no rule knows it"));
    }

    @Test
    void tellTheOwnerOfTheServiceRatherThanTheAlertsChannel() {
        AlertedService owned = Facts.service("web", Map.of("homeostat.slack", "#web"));
        Alert alert =
                Facts.annotated(
                        Facts.alert("Odd", owned, Map.of("slack", "#any", "severity", "critical")),
                        Map.of("summary", "web is odd"));

        assertThat(wishes(Facts.unsolved(alert)))
                .extracting(Intent::wish)
                .containsExactly(
                        new Wish.Escalate(
                                "print-Odd", "#web", "critical", "web is odd: no rule knows it"));
    }

    @Test
    void tellTheChannelThatTheAlertNames() {
        for (@Nullable AlertedService service : Arrays.asList(null, WEB)) {
            Alert alert = Facts.alert("Odd", service, Map.of("slack", "#any"));

            assertThat(wishes(Facts.unsolved(alert)))
                    .extracting(Intent::wish)
                    .containsExactly(
                            new Wish.Escalate(
                                    "print-Odd", "#any", "warning", "Odd: no rule knows it"));
        }
    }

    /// After some evaluations Drools compiles a condition, and null must mean the same as before.
    @Test
    void meanTheSameHoweverOftenTheyAreHeard() {
        AlertedService owned = Facts.service("web", Map.of("homeostat.slack", "#web"));
        try (RuleSession session = new RuleSession(rulebook)) {
            for (int i = 0; i < 300; i++) {
                for (@Nullable AlertedService service : Arrays.asList(null, WEB, owned)) {
                    Alert alert = Facts.alert("Odd", service, Map.of("scale", "up", "n", "" + i));
                    session.put(alert);
                    session.put(Facts.unsolved(alert));

                    assertThat(session.consult()).hasSize(service == null ? 1 : 2);
                }
            }
        }
    }
}
