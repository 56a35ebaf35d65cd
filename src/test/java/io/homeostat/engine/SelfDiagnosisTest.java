package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.diagnosis.Change;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Aspect;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What the watchers see comes to alerts of our own, and goes with it.
final class SelfDiagnosisTest {
    private static final String LOOP = "homeostat:CrashLoop:service/demo_web";

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());
    private final List<Task> failed = new ArrayList<>();

    /// A task of slot 2 failed so many seconds ago; nothing has come in its place yet.
    private void fails(int secondsAgo) {
        Instant at = engine.now.minusSeconds(secondsAgo);
        failed.add(
                new Task(
                        "failed-" + failed.size(),
                        "demo_web",
                        2,
                        "n1",
                        1,
                        Task.State.FAILED,
                        Task.State.SHUTDOWN,
                        "demo/web:1.0",
                        at,
                        at.minusSeconds(1),
                        1,
                        "task: non-zero exit (1)"));
    }

    private void crashes() {
        fails(30);
        fails(20);
        fails(10);
    }

    /// A look in which slot 2 has only what failed, or runs as well.
    private Turn look(boolean isWell, Signal... more) {
        List<Signal> signals = new ArrayList<>(List.of(more));
        for (Signal signal : engine.views()) {
            if (signal instanceof Signal.TasksSeen(var began, var service, var tasks)) {
                List<Task> all = new ArrayList<>(tasks);
                all.removeIf(task -> !isWell && task.id().startsWith("task-demo_web-2"));
                all.addAll(isWell ? List.of() : failed);
                signals.add(new Signal.TasksSeen(began, service, all));
            } else {
                signals.add(signal);
            }
        }
        return engine.step(signals.toArray(Signal[]::new));
    }

    private void goesBy(Duration time, boolean isWell) {
        Instant end = engine.now.plus(time);
        while (engine.now.isBefore(end)) {
            engine.passes(Duration.ofSeconds(10));
            look(isWell);
        }
    }

    private List<Alert> open() {
        return engine.picture().facts().stream()
                .filter(Alert.class::isInstance)
                .map(Alert.class::cast)
                .toList();
    }

    private Memo.AlertMemory remembered() {
        return (Memo.AlertMemory) engine.current.get(Memo.AlertMemory.class + LOOP);
    }

    @Test
    void isAnAlertAboutItsServiceThatComesToPeopleAtOnce() {
        crashes();
        look(false);

        assertThat(open()).hasSize(1);
        Alert alert = open().getFirst();
        assertThat(alert.fingerprint()).isEqualTo(LOOP);
        assertThat(alert.isOwn()).isTrue();
        assertThat(alert.about()).isEqualTo(Subject.service("demo_web"));
        assertThat(alert.labels())
                .containsEntry("alertname", "CrashLoop")
                .containsEntry("service", "demo_web")
                .containsEntry("source", "homeostat");
        assertThat(alert.annotations().get("description")).contains("exit code 1");
        assertThat(engine.picture().accounts()).containsEntry(LOOP, "escalated");
        assertThat(engine.told()).singleElement().asString().contains("crash again and again");
        assertThat(((Action.PostNotice) engine.planned().getFirst()).notice().lines())
                .as("people read the evidence")
                .anyMatch(line -> line.contains("exit code 1"));
    }

    @Test
    void endsOnlyWhenItWasAwayForAWhile() {
        crashes();
        look(false);

        goesBy(Duration.ofSeconds(120), true);
        assertThat(open()).hasSize(1);
        engine.passes(Duration.ofSeconds(10));
        look(true);
        assertThat(open()).isEmpty();
        assertThat(engine.lines()).contains("alert CrashLoop is over: it was not seen for 2 min");
    }

    @Test
    void aMomentWithoutItIsNotItsEnd() {
        crashes();
        look(false);

        goesBy(Duration.ofSeconds(110), true);
        goesBy(Duration.ofSeconds(10), false);
        goesBy(Duration.ofSeconds(110), true);

        assertThat(open()).hasSize(1);
    }

    @Test
    void alertmanagerKnowsNothingOfIt() {
        crashes();
        look(false);
        for (int i = 0; i < 20; i++) {
            engine.passes(Duration.ofSeconds(20));
            look(
                    false,
                    new Signal.AlertsListed(
                            engine.now,
                            engine.now.minus(Duration.ofHours(1)),
                            List.of(
                                    new Signal.ListedAlert(
                                            engine.alert("Watchdog", Map.of(), true), List.of()))));
        }

        assertThat(open()).extracting(Alert::fingerprint).contains(LOOP);
        assertThat(remembered().absentSince()).isNull();
    }

    @Test
    void isConfirmedForAsLongAsItIsSeen() {
        crashes();
        look(false);
        goesBy(Duration.ofMinutes(3), false);

        assertThat(remembered().confirmedAt()).isAfter(engine.now.minusSeconds(11));
    }

    @Test
    void blindWatchersNeitherConfirmItNorEndIt() {
        crashes();
        look(false);
        Instant confirmed = remembered().confirmedAt();
        goesBy(Duration.ofSeconds(60), true);
        for (int i = 0; i < 10; i++) {
            // Longer than a pause, so nobody looked.
            engine.passes(Duration.ofSeconds(40));
            engine.step();
        }

        assertThat(open()).hasSize(1);
        assertThat(remembered().confirmedAt()).isBeforeOrEqualTo(confirmed.plusSeconds(10));
        // What was not seen before counts anew.
        goesBy(Duration.ofSeconds(120), true);
        assertThat(open()).hasSize(1);
        goesBy(Duration.ofSeconds(20), true);
        assertThat(open()).isEmpty();
    }

    @Test
    void survivesARestart() {
        crashes();
        look(false);
        Instant began = open().getFirst().startsAt();

        engine.restart();
        engine.step();
        assertThat(open()).hasSize(1);
        engine.passes(Duration.ofSeconds(5));
        look(false);

        assertThat(open()).hasSize(1);
        assertThat(open().getFirst().startsAt()).isEqualTo(began);
        assertThat(engine.lines()).filteredOn(line -> line.contains("comes to people")).hasSize(1);
    }

    @Test
    void endsWithItsService() {
        crashes();
        look(false);

        engine.replicas.remove("demo_web");
        engine.replicas.put("demo_db", 1);
        engine.passes(Duration.ofSeconds(5));
        engine.look();

        assertThat(open()).isEmpty();
    }

    @Test
    void doesNotLookAtAServiceWhoseLabelSaysSo() {
        engine.labels.put("homeostat.diagnosis", "off");
        crashes();
        look(false);

        assertThat(open()).isEmpty();
    }

    @Test
    void knowsWhoseTheLastChangeWas() {
        Instant at = engine.now.minusSeconds(60);
        crashes();
        look(
                false,
                new Signal.ServiceChanged(
                        "demo_web",
                        at,
                        Provenance.DEPLOYMENT,
                        Sorted.copy(List.of("TaskTemplate.ContainerSpec.Image"))));

        assertThat(open().getFirst().labels())
                .containsEntry("cause", "after-change")
                .containsEntry("change", "deployment");
        assertThat(open().getFirst().annotations().get("description"))
                .contains("its image was last changed at 2026-11-23 09:59:00 UTC by a deployment");
    }

    @Test
    void anotherNumberOfReplicasIsNoSuchChange() {
        crashes();
        look(
                false,
                new Signal.ServiceChanged(
                        "demo_web",
                        engine.now.minusSeconds(60),
                        Provenance.DEPLOYMENT,
                        Sorted.copy(List.of("Mode.Replicated.Replicas", "Labels.a"))));

        assertThat(open().getFirst().labels()).doesNotContainKey("change");
    }

    @Test
    void aLaterChangeOfOursTakesItsPlace() {
        LastChangesUnderTest changes = new LastChangesUnderTest();
        changes.note(Provenance.DEPLOYMENT, 10);
        changes.note(Provenance.OURS, 20);

        assertThat(changes.last().whose()).isEqualTo(Provenance.OURS);
        assertThat(changes.last().aspects()).containsExactly(Aspect.IMAGE);
    }

    /// Those of one service.
    private static final class LastChangesUnderTest {
        private final LastChanges changes =
                new LastChanges(Memory.of(new Journal.Recovered(0, null, List.of())));

        void note(Provenance whose, long second) {
            Instant at = Instant.EPOCH.plusSeconds(second);
            changes.note(
                    new Signal.ServiceChanged("web", at, whose, Sorted.copy(List.<String>of())),
                    Sorted.copy(List.of(Aspect.IMAGE)),
                    at);
        }

        Change last() {
            return Objects.requireNonNull(changes.of("web"));
        }
    }
}
