package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.Signal.AlertsListed;
import io.homeostat.engine.Signal.AlertsReceived;
import io.homeostat.engine.Signal.ListedAlert;
import io.homeostat.fact.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Alerts of which it is not certain that they fire: believed neither too soon nor too late, acted
/// on only when certain, and never forgotten.
class DoubtfulAlertsTest {
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");
    private static final Instant LONG_AGO = Instant.EPOCH;

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());
    private final Signal.ReportedAlert old = engine.alert("HighLoad", UP, true);

    @Test
    void aRepeatThatIsLateByLittleIsNotActedOnAndAlertmanagerIsAsked() {
        hasEnded();
        assertThat(engine.picture().alertsWantedAt()).isNull();

        engine.step(engine.firing("HighLoad", UP));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(engine.picture().accounts()).isEmpty();
        assertThat(engine.picture().alertsWantedAt()).isEqualTo(engine.now);
    }

    @Test
    void whatAlertmanagerListsIsBelieved() {
        hasEnded();
        engine.step(engine.firing("HighLoad", UP));
        engine.passes(Duration.ofSeconds(1));

        engine.step(listed(old));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void whatAlertmanagerDoesNotListWasALateRepeat() {
        hasEnded();
        engine.step(engine.firing("HighLoad", UP));
        engine.passes(Duration.ofSeconds(1));

        engine.step(listed());
        engine.goesBy(Duration.ofMinutes(15));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(engine.told()).isEmpty();
        assertThat(engine.lines()).anyMatch(line -> line.contains("it was a late repeat"));
    }

    @Test
    void anAnswerThatIsNotWholeSaysNothing() {
        hasEnded();
        engine.step(engine.firing("HighLoad", UP));
        engine.passes(Duration.ofSeconds(1));

        engine.step(new AlertsListed(engine.now, engine.now, List.of()));
        engine.goesBy(Duration.ofMinutes(3));

        assertThat(engine.picture().accounts()).hasSize(1);
    }

    @Test
    void withoutAnybodyToAskItComesToPeopleAndIsNotActedOn() {
        hasEnded();
        engine.step(engine.firing("HighLoad", UP));

        engine.goesBy(Duration.ofMinutes(13));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(engine.told()).singleElement().asString().contains("nobody has confirmed it");
    }

    @Test
    void confirmedByAFurtherMessageItIsActedOn() {
        hasEnded();
        engine.step(engine.firing("HighLoad", UP));
        engine.goesBy(Duration.ofMinutes(3));
        assertThat(engine.plannedOnSwarm()).isEmpty();

        engine.step(engine.firing("HighLoad", UP));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void aSecondEndEndsTheDoubt() {
        hasEnded();
        engine.step(engine.firing("HighLoad", UP));
        engine.step(engine.resolved("HighLoad", UP));

        engine.goesBy(Duration.ofMinutes(15));

        assertThat(engine.picture().accounts()).isEmpty();
        assertThat(engine.told()).isEmpty();
    }

    @Test
    void theDoubtSurvivesARestart() {
        hasEnded();
        engine.step(engine.firing("HighLoad", UP));
        engine.restart();

        engine.goesBy(Duration.ofMinutes(13));

        assertThat(engine.told()).hasSize(1);
    }

    @Test
    void aNewOccurrenceRightAfterTheEndIsBelievedAtOnce() {
        hasEnded();

        engine.step(
                new AlertsReceived(
                        engine.now,
                        "homeostat",
                        List.of(
                                new Signal.ReportedAlert(
                                        old.fingerprint(),
                                        true,
                                        engine.now,
                                        null,
                                        old.labels(),
                                        new TreeMap<>())),
                        0,
                        0,
                        ""));

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void aMessageThatItsOwnEndHasOvertakenIsNotActedOn() {
        engine.look();
        engine.step(engine.resolved("HighLoad", UP));

        engine.step(engine.firing("HighLoad", UP));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(engine.picture().accounts()).isEmpty();
    }

    @Test
    void aLateRepeatThatLayInTheInboxIsNoLessDoubtful() {
        hasEnded();
        Signal.AlertsReceived late = engine.firing("HighLoad", UP);
        engine.passes(Duration.ofMinutes(5));

        engine.step(late);
        engine.goesBy(Duration.ofMinutes(1));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(engine.picture().accounts()).isEmpty();
    }

    @Test
    void theEndOfAnEarlierOccurrenceDoesNotEndTheNewOne() {
        engine.look();
        Signal.ReportedAlert ended = engine.alert("HighLoad", UP, false);
        engine.passes(Duration.ofMinutes(1));
        Signal.ReportedAlert anew =
                new Signal.ReportedAlert(
                        old.fingerprint(), true, engine.now, null, old.labels(), new TreeMap<>());
        engine.step(new AlertsReceived(engine.now, "homeostat", List.of(anew), 0, 0, ""));

        engine.step(new AlertsReceived(engine.now, "homeostat", List.of(ended), 0, 0, ""));

        assertThat(alerts()).hasSize(1);
    }

    @Test
    void theEarliestBeginningOfAnOpenAlertIsKept() {
        engine.look();
        engine.step(listed(old));
        Instant first = alerts().getFirst().startsAt();

        engine.step(
                new AlertsReceived(
                        engine.now,
                        "homeostat",
                        List.of(
                                new Signal.ReportedAlert(
                                        old.fingerprint(),
                                        true,
                                        engine.now,
                                        null,
                                        old.labels(),
                                        new TreeMap<>())),
                        0,
                        0,
                        ""));

        assertThat(alerts().getFirst().startsAt()).isEqualTo(first);
        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void anAlertThatNobodyConfirmsForLongIsForPeopleOnly() {
        engine.look();
        Map<String, String> down = Map.of("service", "demo_web", "scale", "down");
        engine.step(engine.firing("LowLoad", down));

        engine.goesBy(Duration.ofHours(5).plusMinutes(11));
        engine.replicas.put("demo_web", 4);
        engine.goesBy(Duration.ofMinutes(10));

        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(engine.told())
                .isNotEmpty()
                .allSatisfy(title -> assertThat(title).contains("for 5 h"));
    }

    @Test
    void aTruncatedMessageMakesAlertmanagerBeAskedForTheRest() {
        engine.look();

        engine.step(new AlertsReceived(engine.now, "homeostat", List.of(old), 9, 0, ""));

        assertThat(engine.picture().alertsWantedAt()).isEqualTo(engine.now);
    }

    @Test
    void absenceFromTheListClosesAnAlertOnlyTheSecondTimeAndFiveMinutesLater() {
        engine.look();
        engine.step(engine.firing("HighLoad", UP));
        Signal.ReportedAlert other = engine.alert("Watchdog", Map.of("severity", "none"), true);
        engine.passes(Duration.ofSeconds(10));
        engine.step(listed(other));
        engine.goesBy(Duration.ofMinutes(4));
        engine.step(listed(other));
        assertThat(engine.picture().accounts()).hasSize(2);

        engine.goesBy(Duration.ofMinutes(1));
        engine.step(listed(other));

        assertThat(engine.picture().accounts()).hasSize(1);
    }

    @Test
    void anEmptyListOrAnAlertmanagerThatIsJustUpClosesNothing() {
        engine.look();
        engine.step(engine.firing("HighLoad", UP));
        Signal.ReportedAlert other = engine.alert("Watchdog", Map.of("severity", "none"), true);
        for (int i = 0; i < 20; i++) {
            engine.goesBy(Duration.ofMinutes(1));
            engine.step(listed());
            engine.step(
                    new AlertsListed(
                            engine.now,
                            engine.now.minus(Duration.ofMinutes(9)),
                            List.of(new ListedAlert(other, List.of()))));
        }

        assertThat(engine.picture().accounts()).hasSize(2);
    }

    private void hasEnded() {
        engine.look();
        engine.step(engine.resolvedAfterFiring("HighLoad", UP));
        engine.passes(Duration.ofSeconds(30));
        engine.look();
    }

    private List<Alert> alerts() {
        return engine.picture().facts().stream()
                .filter(Alert.class::isInstance)
                .map(Alert.class::cast)
                .toList();
    }

    private AlertsListed listed(Signal.ReportedAlert... alerts) {
        return new AlertsListed(
                engine.now,
                LONG_AGO,
                List.of(alerts).stream().map(alert -> new ListedAlert(alert, List.of())).toList());
    }
}
