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
        assertFails("then: [ { nothing: true } ]", "expected the actions none");
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
