package io.homeostat.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.Signal;
import io.homeostat.engine.Signal.ReportedAlert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedAlertmanagerTest {
    private static final Map<String, String> NONE = Map.of();

    private final Stage stage = new Stage(2);
    private final SimulatedAlertmanager alertmanager =
            new SimulatedAlertmanager(
                    stage.cluster,
                    new SimulatedAlertmanager.Rhythm(
                            0.9,
                            0.3,
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(100),
                            Duration.ofSeconds(60)));

    @Test
    void asksToScaleUpAServiceThatHasTooMuchToDo() {
        stage.cluster.load(Stage.WEB, 190, 100);

        assertThat(told(4)).isEmpty();
        assertThat(told(2))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.firing()).isTrue();
                    assertThat(alert.labels())
                            .containsEntry("alertname", SimulatedAlertmanager.HIGH_LOAD)
                            .containsEntry("service", Stage.WEB)
                            .containsEntry("scale", "up")
                            .containsEntry("receiver", "system");
                });
    }

    @Test
    void asksToScaleDownAServiceThatHasTooLittleToDo() {
        stage.cluster.load(Stage.WEB, 10, 100);

        assertThat(told(6))
                .singleElement()
                .satisfies(alert ->
                        assertThat(alert.labels())
                                .containsEntry("alertname", SimulatedAlertmanager.LOW_LOAD)
                                .containsEntry("scale", "down"));
    }

    @Test
    void saysNothingOfAServiceWithoutLoad() {
        assertThat(told(60)).isEmpty();
    }

    @Test
    void doesNotFireForAShortPeak() {
        stage.cluster.load(Stage.WEB, 190, 100);
        assertThat(told(2)).isEmpty();
        stage.cluster.load(Stage.WEB, 100, 100);

        assertThat(told(10)).isEmpty();
    }

    @Test
    void tellsOfTheEndAtTheNextGroupInterval() {
        stage.cluster.load(Stage.WEB, 190, 100);
        told(6);
        stage.cluster.load(Stage.WEB, 100, 100);

        assertThat(told(20)).isEmpty();
        assertThat(told(20))
                .singleElement()
                .returns(false, ReportedAlert::firing)
                .satisfies(alert -> assertThat(alert.endsAt()).isAfter(alert.startsAt()));
    }

    @Test
    void repeatsTheSameAfterTheRepeatInterval() {
        String fingerprint = fire("Watchdog");

        List<ReportedAlert> first = told(10);
        assertThat(first).extracting(ReportedAlert::fingerprint).containsExactly(fingerprint);
        assertThat(told(80)).isEmpty();
        assertThat(told(50)).isEqualTo(first);
    }

    @Test
    void neverTellsOfAnAlertThatEndedBeforeAnybodyWasTold() {
        fire("Blip");
        alertmanager.resolve("Blip", NONE, stage.now());

        assertThat(told(60)).isEmpty();
    }

    @Test
    void listsWhatFiresAndWhatSilencesIt() {
        String fingerprint = fire("Watchdog");
        alertmanager.silence("s-1", Map.of("alertname", "Watchdog"));

        List<Signal> signals = pass(10);
        assertThat(signals).noneMatch(Signal.AlertsReceived.class::isInstance);
        assertThat(signals)
                .filteredOn(Signal.AlertsListed.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Signal.AlertsListed.class,
                        listed ->
                                assertThat(listed.alerts())
                                        .singleElement()
                                        .satisfies(alert -> {
                                            assertThat(alert.alert().fingerprint())
                                                    .isEqualTo(fingerprint);
                                            assertThat(alert.suppressedBy()).containsExactly("s-1");
                                        }));

        alertmanager.unsilence("s-1");
        assertThat(told(30)).hasSize(1);
    }

    @Test
    void hashesLabelsAsTheRealOneDoes() {
        String fingerprint =
                alertmanager.fire(
                        "HighLoad",
                        Map.of(
                                "cluster", "stb",
                                "instance", "198.18.77.11:8080",
                                "job", "tasks",
                                "node", "node1",
                                "region", "eu-west-1",
                                "service", "web",
                                "severity", "critical",
                                "slot", "1"),
                        NONE,
                        stage.now());

        assertThat(fingerprint).isEqualTo("235f77db6d1c789b");
    }

    private String fire(String name) {
        return alertmanager.fire(name, NONE, NONE, stage.now());
    }

    private List<ReportedAlert> told(int seconds) {
        return pass(seconds).stream()
                .filter(Signal.AlertsReceived.class::isInstance)
                .map(Signal.AlertsReceived.class::cast)
                .flatMap(received -> received.alerts().stream())
                .toList();
    }

    private List<Signal> pass(int seconds) {
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            stage.pass(1);
            signals.addAll(alertmanager.advance(stage.now()));
        }
        return signals;
    }
}
