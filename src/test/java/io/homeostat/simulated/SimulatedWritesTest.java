package io.homeostat.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Node;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatedWritesTest {
    private static final Action.ScaleService SCALE = new Action.ScaleService(Stage.WEB, 3, 4);

    private final Stage stage = new Stage(3);
    private final List<String> traces = new ArrayList<>();
    private final Clearance cleared =
            trace -> {
                traces.add(trace);
                return Optional.empty();
            };

    @Test
    void scalesAndTellsTheHashThatWasRecordedBefore() {
        long version = stage.web().version();

        Report report = stage.cluster.perform(SCALE, cleared);

        assertThat(report).isEqualTo(new Report.Taken(stage.web().specHash()));
        assertThat(traces).containsExactly(stage.web().specHash());
        assertThat(stage.web())
                .returns(4, Service::replicas)
                .satisfies(service -> assertThat(service.version()).isGreaterThan(version));
        assertThat(stage.cluster.writes()).isOne();
    }

    @Test
    void honoursARefusedClearance() {
        Report report = stage.cluster.perform(SCALE, trace -> Optional.of("frozen"));

        assertThat(report).isEqualTo(new Report.Withheld("frozen"));
        assertThat(stage.web().replicas()).isEqualTo(3);
        assertThat(stage.cluster.writes()).isZero();
    }

    @Test
    void asksForClearanceBeforeAnythingChanges() {
        List<Integer> seen = new ArrayList<>();

        stage.cluster.perform(
                SCALE,
                trace -> {
                    seen.add(stage.web().replicas());
                    return Optional.empty();
                });

        assertThat(seen).containsExactly(3);
    }

    @Test
    void conflictsWhenTheNumberFoundIsAnother() {
        stage.cluster.scaleByHand(Stage.WEB, 2);

        assertThat(stage.cluster.perform(SCALE, cleared))
                .isEqualTo(new Report.Conflicted("demo_web wants 2 replicas, not 3"));
        assertThat(traces).isEmpty();
    }

    @Test
    void conflictsWhenSomebodyWritesWhileClearanceIsAsked() {
        Report report =
                stage.cluster.perform(
                        SCALE,
                        trace -> {
                            stage.cluster.relabel(Stage.WEB, Map.of("owner", "anna"));
                            return Optional.empty();
                        });

        assertThat(report).isInstanceOf(Report.Conflicted.class);
        assertThat(stage.web().replicas()).isEqualTo(3);
    }

    @Test
    void failsWhenThereIsNoSuchService() {
        assertThat(stage.cluster.perform(new Action.RestartService("gone", 0), cleared))
                .isEqualTo(new Report.Failed("there is no service gone"));
    }

    @Test
    void goesWrongAsOrderedOnce() {
        stage.cluster.failNext("no space left");
        stage.cluster.conflictNext("update out of sequence");

        assertThat(stage.cluster.perform(SCALE, cleared))
                .isEqualTo(new Report.Failed("no space left"));
        assertThat(stage.cluster.perform(SCALE, cleared))
                .isEqualTo(new Report.Conflicted("update out of sequence"));
        assertThat(stage.web().replicas()).isEqualTo(3);
        assertThat(stage.cluster.perform(SCALE, cleared)).isInstanceOf(Report.Taken.class);
    }

    @Test
    void losesTheAnswerWhetherOrNotTheWriteArrives() {
        stage.cluster.loseNext("timeout", false);
        assertThat(stage.cluster.perform(SCALE, cleared)).isEqualTo(new Report.Lost("timeout"));
        assertThat(stage.web().replicas()).isEqualTo(3);

        stage.cluster.loseNext("timeout", true);
        assertThat(stage.cluster.perform(SCALE, cleared)).isEqualTo(new Report.Lost("timeout"));
        assertThat(stage.web().replicas()).isEqualTo(4);
    }

    @Test
    void restartsTasksOneByOneWithFreshOnes() {
        Instant before = stage.now();
        stage.cluster.perform(new Action.RestartService(Stage.WEB, 0), cleared);
        assertThat(stage.web())
                .returns(1L, Service::forceUpdate)
                .returns(Service.Update.UPDATING, Service::update);

        for (int i = 0; i < 200 && stage.web().updating(); i++) {
            stage.passMillis(100);
            assertThat(stage.running()).hasSizeGreaterThanOrEqualTo(2);
        }

        assertThat(stage.web().update()).isEqualTo(Service.Update.COMPLETED);
        assertThat(stage.running()).hasSize(3).allMatch(task -> task.createdAt().isAfter(before));
        assertThat(stage.inState(Task.State.SHUTDOWN)).isEqualTo(3);
    }

    @Test
    void pausesARestartWhoseTasksFail() {
        stage.cluster.breakImage(Stage.WEB);
        stage.cluster.perform(new Action.RestartService(Stage.WEB, 0), cleared);
        stage.pass(30);

        assertThat(stage.web().update()).isEqualTo(Service.Update.PAUSED);
        assertThat(stage.running()).hasSize(2);
    }

    @Test
    void goesBackToTheImageBeforeADeploymentThatCrashes() {
        String good = stage.web().contentHash();
        stage.cluster.deployCrashing(Stage.WEB, "web:bad");
        stage.pass(30);
        assertThat(stage.web().update()).isEqualTo(Service.Update.PAUSED);

        stage.cluster.perform(
                new Action.RollbackService(Stage.WEB, stage.web().specHash(), good), cleared);
        stage.pass(60);

        assertThat(stage.web())
                .returns("web:1", Service::image)
                .returns(Service.Update.COMPLETED, Service::update);
        assertThat(stage.running()).hasSize(3).allMatch(task -> task.image().equals("web:1"));
    }

    @Test
    void drainsANodeWhoseTasksGoElsewhere() {
        Action.SetAvailability drain =
                new Action.SetAvailability(
                        "node-2", Node.Availability.ACTIVE, Node.Availability.DRAIN);

        assertThat(stage.cluster.perform(drain, cleared)).isInstanceOf(Report.Taken.class);
        stage.pass(20);

        assertThat(stage.running()).hasSize(3).noneMatch(task -> "node-2".equals(task.node()));
        assertThat(stage.cluster.perform(drain, cleared)).isInstanceOf(Report.Conflicted.class);
    }

    @Test
    void refusesASecondRestartFromTheSameCounter() {
        Action.RestartService restart = new Action.RestartService(Stage.WEB, 0);
        stage.cluster.perform(restart, cleared);

        assertThat(stage.cluster.perform(restart, cleared)).isInstanceOf(Report.Conflicted.class);
        assertThat(stage.web().forceUpdate()).isEqualTo(1);
    }

    @Test
    void tellsWhoseAChangeWasBeforeTheViewThatShowsIt() {
        stage.cluster.perform(SCALE, cleared);
        stage.cluster.scaleByHand(Stage.WEB, 2);

        List<Signal.Volatile> signals = stage.passMillis(100);

        assertThat(signals.subList(0, 2))
                .extracting(signal -> ((Signal.ServiceChanged) signal).whose())
                .containsExactly(Provenance.OURS, Provenance.PERSON);
        assertThat(signals.get(2)).isInstanceOf(Signal.ServicesSeen.class);
        assertThat(stage.pass(5)).noneMatch(Signal.ServiceChanged.class::isInstance);
    }
}
