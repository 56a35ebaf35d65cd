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
                "web.yaml:4:5: unknown key 'fire'; known are at, blinds, body");
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
