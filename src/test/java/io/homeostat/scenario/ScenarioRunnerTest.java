package io.homeostat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.rules.Rulebook;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A scenario that expects the wrong thing fails, and says what was decided instead.
class ScenarioRunnerTest {
    private static final String STEP_UP =
            """
            scenario: s
            given:
              services: { web: { replicas: 2, max: 5 } }
            when:
              - fires: { alertname: Slow, service: web, scale: up }
            """;

    @Test
    void saysWhatWasDoneAndDecidedInstead() throws Exception {
        ScenarioResult result = run(STEP_UP + "then: [ { actions: [ scale * from 2 to 4 ] } ]");

        assertThat(result.passed()).isFalse();
        assertThat(result.text())
                .contains(
                        "web.yaml:6:",
                        "expected the actions",
                        "scale service/web from 2 to 3",
                        "rule \"scale up a service whose alert asks for it\"",
                        "allow: scale up service/web");
    }

    @Test
    void failsForEveryKindOfUnmetExpectation() throws Exception {
        assertFails("then: [ { replicas: { web: 2 } } ]", "expected replicas of web: 2");
        assertFails("then: [ { running: { web: 9 } } ]", "expected running tasks of web: 9");
        assertFails("then: [ { nothing: true } ]", "expected no action, but these were done");
        assertFails("then: [ { escalations: [ disaster ] } ]", "told of text \"disaster\"");
        assertFails("then: [ { alerts: { Slow: gone } } ]", "expected the alert Slow to be gone");
        assertFails("then: [ { incidents: { service/db: open } } ]", "service/db");
        assertFails("then: [ { decisions: { verdict: deny } } ]", "verdict \"deny\"");
        assertFails("never: [ { action: scale * } ]", "never expected, but done at 0m00s");
        assertFails("never: [ { decision: { verdict: allow } } ]", "never expected, but decided");
    }

    @Test
    void countsTheMessagesToPeople() throws Exception {
        String lone = "scenario: s\nwhen: [ { fires: { alertname: Odd } } ]\n";

        assertThat(run(lone + "then: [ { escalations: [ Odd ] } ]").passed()).isTrue();
        assertThat(run(lone + "then: [ { escalations: [] } ]").passed()).isFalse();
        assertThat(run(lone + "then: [ { escalations: [ Odd, Odd ] } ]").passed()).isFalse();
        assertThat(run(lone + "never: [ { escalation: Odd } ]").passed()).isFalse();
    }

    @Test
    void countsOnlyWhatTheClusterTookAsDone() throws Exception {
        String scenario = STEP_UP.replace("when:\n", "when:\n  - { at: 0s, next-write: fails }\n");

        assertThat(run(scenario + "then: [ { at: 1s, actions: [] } ]").passed()).isTrue();
        assertThat(run(scenario + "then: [ { at: 5m, actions: [] } ]").passed()).isFalse();
    }

    @Test
    void saysWhatAnAlertIsAboutWhenNoRuleWishedAnything() throws Exception {
        ScenarioResult result =
                run(
                        STEP_UP.replace("service: web,", "service: wbe,")
                                + "then: [ { replicas: { web: 3 } } ]");

        assertThat(result.text())
                .contains("about no service that is known; its labels are", "service=wbe");
    }

    @Test
    void seesInWhichPhaseAMessageEnds() throws Exception {
        String lone =
                """
                scenario: s
                when:
                  - { at: 0s, fires: { alertname: Odd } }
                  - { at: 1m, resolves: { alertname: Odd } }
                """;

        String ended = "then: [ { at: 9m, escalations: { text: Odd, phase: resolved } } ]";
        assertThat(run(lone + ended).passed()).isTrue();
        assertThat(run(lone + ended.replace("9m", "59s")).passed()).isFalse();
    }

    @Test
    void saysThatAServiceOfAStepDoesNotExist() throws Exception {
        ScenarioResult result =
                run("scenario: s\nwhen: [ { crashes: wbe } ]\nthen: [ { nothing: true } ]\n");

        assertThat(result.text()).contains("there is no service wbe");
    }

    @Test
    void saysWhatIsDifferentInTheNearestDecisionAndWhatItsGuardsSay() throws Exception {
        String full = STEP_UP.replace("replicas: 2", "replicas: 5");

        assertThat(run(full + "then: [ { decisions: { subject: web, verdict: allow } } ]").text())
                .contains(
                        "deny: scale up service/web, by rule \"scale up a service whose alert asks for it\" (services/self-adaptation.drl:12)",
                        "its verdict is \"deny\", not \"allow\"",
                        "it fired because of alert Slow {alertname=Slow, scale=up, service=web}",
                        "guard bounds says deny (at-max): service/web has 5 replicas, and its maximum is 5",
                        "what would have to change: the label homeostat.scale.max of service/web is raised");
        assertThat(run(STEP_UP + "then: [ { at: 30s, decisions: { guard: quorum } } ]").text())
                .contains("guard pace says wait (cooldown) until 2m00s");
    }

    @Test
    void saysThatNoRuleWishedAnythingAndWhatAloneKeptARuleBack() throws Exception {
        String forPeople = STEP_UP.replace("scale: up", "scale: up, receiver: people");

        assertThat(
                        run(forPeople + "then: [ { at: 10s, actions: [ scale service/web * ] } ]")
                                .text())
                .contains(
                        "no rule wished anything about service/web",
                        "rule \"scale up a service whose alert asks for it\" was kept back only by labels[\"receiver\"] == null || labels[\"receiver\"] == \"system\" (services/self-adaptation.drl:18)",
                        "no rule fired at all");
        assertThat(
                        run(STEP_UP.replace("web,", "wbe,") + "then: [ { replicas: { web: 3 } } ]")
                                .text())
                .contains("was kept back only by service != null", "rules that fired: \"tell the");
    }

    @Test
    void namesTheRulesThereAreWhenOneIsMisspelt() throws Exception {
        assertThat(run(STEP_UP + "then: [ { decisions: { rule: scale sideways } } ]").text())
                .contains("no rule is called \"scale sideways\"; there are: \"a protected");
    }

    @Test
    void saysWhichRuleAndFactsLedToWhatWasNotExpected() throws Exception {
        String because = "it fired because of alert Slow {alertname=Slow";
        assertThat(run(STEP_UP + "then: [ { nothing: service/web } ]").text()).contains(because);
        assertThat(run(STEP_UP + "never: [ { action: scale * } ]").text()).contains(because);
        String lone = "scenario: s\nwhen: [ { fires: { alertname: Odd } } ]\n";
        assertThat(run(lone + "then: [ { escalations: [] } ]").text())
                .contains("by rule \"tell the default channel\" (escalation.drl:", "alert Odd {");
    }

    @Test
    void keepsOfALongTimelineWhatIsAboutTheFailure() throws Exception {
        String noisy =
                """
                scenario: s
                given:
                  services: { web: { replicas: 2, max: 5 } }
                when:
                  - { at: 0s, every: 40s, until: 2h, fires: { alertname: Noise } }
                  - { at: 20s, every: 40s, until: 2h, resolves: { alertname: Noise } }
                  - { at: 1h, fires: { alertname: Slow, service: web, scale: up } }
                then: [ { at: 1h1m, replicas: { web: 9 } } ]
                """;

        ScenarioResult result = run(noisy);

        assertThat(result.story())
                .hasSizeLessThan(100)
                .anyMatch(line -> line.contains("1h0m00s  allow: scale up service/web"))
                .anyMatch(line -> line.startsWith("1h1m00s  ✗ line 8: expected replicas of web"))
                .anyMatch(line -> line.startsWith("…"))
                .noneMatch(line -> line.startsWith("0m20s"));
    }

    @Test
    void seesWhatWaitsNowForWhichGuardAndUntilWhen() throws Exception {
        String twice = STEP_UP + "  - { at: 1m, resolves: { alertname: Slow } }\n";
        String waiting = "waits: { subject: web, guard: pace, until: 2m }";

        assertThat(run(twice + "then: [ { at: 30s, " + waiting + " } ]").passed()).isTrue();
        assertThat(run(twice + "then: [ { at: 61s, waits: [] } ]").passed()).isTrue();
        assertThat(run(twice + "then: [ { at: 61s, " + waiting + " } ]").passed()).isFalse();
        assertThat(run(twice + "then: [ { at: 30s, waits: [] } ]").passed()).isFalse();
        assertThat(run(twice + "then: [ { at: 30s, " + waiting.replace("2m", "3m") + " } ]").text())
                .contains("its until is \"2m00s\", not \"3m00s\"");
    }

    @Test
    void looksAtSeveralTimesAndAtOneSubject() throws Exception {
        String two = STEP_UP.replace("max: 5 } }", "max: 5 }, db: {} }");

        assertThat(run(two + "then: [ { at: [ 1s, 5m ], nothing: service/db } ]").passed())
                .isTrue();
        assertThat(run(two + "then: [ { at: [ 1s, 5m ], nothing: service/* } ]").faults())
                .hasSize(2);
        assertThat(run(two + "then: [ { at: [ 1s, 5m ], running: { web: 3 } } ]").faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("at 0m01s: expected running"));
    }

    private static void assertFails(String expectation, String fault) throws Exception {
        ScenarioResult result = run(STEP_UP + expectation);
        assertThat(result.faults()).hasSize(1);
        assertThat(result.faults().getFirst()).contains(fault);
    }

    private static ScenarioResult run(String text) throws BadScenario, IOException {
        Scenario scenario =
                ScenarioReader.read("web.yaml", text, Path.of("").toAbsolutePath()).getFirst();
        return new ScenarioRunner(Rulebook.compile(RuleFiles.read(Path.of("rules")))).run(scenario);
    }
}
