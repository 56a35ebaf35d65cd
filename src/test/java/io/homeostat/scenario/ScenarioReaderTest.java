package io.homeostat.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScenarioReaderTest {
    @Test
    void refusesAnUnknownKeyWithItsPlaceAndTheKnownOnes() {
        assertFault(
                """
                scenario: s
                when:
                  - at: 0s
                    fire: { alertname: A }
                then: [ { nothing: true } ]
                """,
                "web.yaml:4:5: unknown key 'fire'; known are asks-to-deploy, at, blinds");
    }

    @Test
    void refusesAScenarioThatExpectsNothing() {
        assertFault(
                "scenario: s\nwhen: [ { fires: { alertname: A } } ]\n",
                "web.yaml:1:1: nothing is expected");
    }

    @Test
    void refusesAnExpectationThatSaysNothing() {
        assertFault(
                "scenario: s\nwhen: [ { thaws: all } ]\nthen: [ { at: 5m } ]\n",
                "web.yaml:3:9: nothing is expected here");
    }

    @Test
    void refusesTheSameKeyTwice() {
        assertFault(
                "scenario: s\nscenario: t\nwhen: []\nthen: []\n",
                "web.yaml:2:1: the key 'scenario' is here twice");
    }

    @Test
    void refusesADurationWithoutAUnit() {
        assertFault(
                "scenario: s\nwhen: [ { at: 90, thaws: all } ]\nthen: []\n",
                "web.yaml:2:15: this is not a duration; write 30s, 2m or 1h30m");
    }

    @Test
    void refusesAnUnknownSettingAndAnUnknownAccount() {
        assertFault(
                "scenario: s\ngiven: { settings: { ceilin: auto } }\nwhen: []\nthen: []\n",
                "web.yaml:2:22: unknown key 'ceilin'");
        assertFault(
                "scenario: s\nwhen: []\nthen: [ { alerts: { A: wating } } ]\n",
                "web.yaml:3:24: 'wating' is not one of acting, asked");
    }

    @Test
    void refusesWhatCouldNotFail() {
        String head =
                "scenario: s\ngiven: { services: { web: {} } }\nwhen: [ { thaws: all } ]\nthen: [ ";
        assertFault(
                head + "{ nothing: service/wbe } ]",
                "web.yaml:4:20: 'service/wbe' is not given, so nothing could ever happen to it; given are node/node-1, service/web");
        assertFault(head + "{ nothing: false } ]", "web.yaml:4:20: write nothing: true, or about");
        assertFault(head + "{ nothing: [] } ]", "web.yaml:4:20: it is not said about what");
        assertFault(head + "{ decisions: [] } ]", "web.yaml:4:22: no decision is named here");
        assertFault(head + "{ at: [], nothing: true } ]", "web.yaml:4:15: no time is named");
        assertFault(
                head + "{ waits: { verdict: deny } } ]", "web.yaml:4:20: unknown key 'verdict'");
        assertFault(head + "{ waits: { until: soon } } ]", "web.yaml:4:27: this is not a duration");
    }

    @Test
    void refusesRulesThatAreNotBesideIt() {
        assertFault(
                "scenario: s\ngiven: { rules: no.drl }\nwhen: [ { thaws: all } ]\nthen: [ { nothing: true } ]\n",
                "web.yaml:2:17: the file /nowhere/facts-samples/no.drl cannot be read");
    }

    @Test
    void pointsAtWhatIsNoYaml() {
        assertFault("scenario: s\nwhen: [ {\n", "web.yaml:3:1: this is not YAML");
    }

    @Test
    void refusesABodyOutsideOfItsDirectory() {
        assertFault(
                "scenario: s\nwhen: [ { body: ../../secret.json } ]\nthen: []\n",
                "web.yaml:2:17: the file must be beside the scenario or below");
    }

    private static void assertFault(String text, String fault) {
        assertThatThrownBy(() ->
                        ScenarioReader.read("web.yaml", text, Path.of("/nowhere/facts-samples")))
                .isInstanceOf(BadScenario.class)
                .satisfies(thrown ->
                        assertThat(((BadScenario) thrown).fault().text()).startsWith(fault));
    }
}
