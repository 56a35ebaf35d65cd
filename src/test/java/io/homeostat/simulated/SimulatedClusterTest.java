package io.homeostat.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.homeostat.engine.Signal;
import io.homeostat.fact.Node;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedClusterTest {
    private final Stage stage = new Stage(3);

    @Test
    void spreadsTasksOverNodes() {
        assertThat(stage.running())
                .extracting(Task::node)
                .containsExactlyInAnyOrder("node-1", "node-2", "node-3");
        assertThat(stage.web().scale()).isEqualTo(new ScaleBounds(2, 5, 1, 1));
    }

    @Test
    void takesItsTimeToStartTasks() {
        stage.cluster.scaleByHand(Stage.WEB, 4);

        stage.pass(1);
        assertThat(stage.running()).hasSize(3);
        assertThat(stage.cluster.tasks()).hasSize(4);
        stage.pass(2);
        assertThat(stage.running()).hasSize(4);
    }

    @Test
    void stopsTasksWhenScaledDown() {
        stage.cluster.scaleByHand(Stage.WEB, 1);
        stage.passMillis(10);
        assertThat(stage.running()).hasSize(1);

        stage.pass(2);
        assertThat(stage.cluster.tasks()).extracting(Task::slot).containsExactly(1);
    }

    @Test
    void replacesACrashedTaskAfterTheRestartDelay() {
        stage.cluster.crash(Stage.WEB);

        stage.pass(4);
        assertThat(stage.running()).hasSize(2);
        assertThat(stage.cluster.tasks())
                .filteredOn(task -> task.state() == Task.State.FAILED)
                .singleElement()
                .returns(1, Task::exitCode);
        stage.pass(4);
        assertThat(stage.running()).hasSize(3);
    }

    @Test
    void rejectsNewTasksOfABrokenImageUntilItIsMended() {
        stage.cluster.breakImage(Stage.WEB);
        stage.pass(20);
        assertThat(stage.running()).hasSize(3);

        stage.cluster.crash(Stage.WEB);
        stage.pass(60);
        assertThat(stage.running()).hasSize(2);
        assertThat(stage.inState(Task.State.REJECTED)).isBetween(1L, 5L);

        stage.cluster.mend(Stage.WEB);
        stage.pass(20);
        assertThat(stage.running()).hasSize(3);
    }

    @Test
    void keepsCrashingUntilItIsMended() {
        stage.cluster.crashLoop(Stage.WEB);
        stage.pass(60);
        assertThat(stage.inState(Task.State.FAILED)).isGreaterThan(3);

        stage.cluster.mend(Stage.WEB);
        stage.pass(20);
        assertThat(stage.running()).hasSize(3);
    }

    @Test
    void callsANodeDownAfterTheHeartbeatAndStartsItsTasksElsewhere() {
        stage.cluster.fail("node-2");

        stage.pass(4);
        assertThat(node("node-2").state()).isEqualTo(Node.State.READY);
        assertThat(stage.running()).hasSize(3);
        stage.pass(1);
        assertThat(node("node-2").state()).isEqualTo(Node.State.DOWN);
        stage.pass(10);
        assertThat(stage.running()).hasSize(3).extracting(Task::node).doesNotContain("node-2");
        assertThat(stage.cluster.tasks())
                .filteredOn(task -> "node-2".equals(task.node()))
                .singleElement()
                .returns(Task.State.RUNNING, Task::state)
                .returns(Task.State.SHUTDOWN, Task::desired);
    }

    @Test
    void stopsTheDuplicateWhenTheNodeIsBack() {
        stage.cluster.fail("node-2");
        stage.pass(20);
        stage.cluster.restore("node-2");
        stage.pass(10);

        assertThat(node("node-2").state()).isEqualTo(Node.State.READY);
        assertThat(stage.inState(Task.State.RUNNING)).isEqualTo(3);
    }

    @Test
    void notesNothingOfANodeThatIsBackBeforeTheHeartbeat() {
        stage.cluster.fail("node-2");
        stage.pass(2);
        stage.cluster.restore("node-2");
        stage.pass(10);

        assertThat(node("node-2").state()).isEqualTo(Node.State.READY);
        assertThat(stage.cluster.tasks()).hasSize(3);
    }

    @Test
    void leavesTasksPendingWhileNoNodeTakesThem() {
        for (String node : List.of("node-1", "node-2", "node-3")) {
            stage.cluster.availability(node, Node.Availability.DRAIN);
        }
        stage.pass(20);
        assertThat(stage.running()).isEmpty();
        assertThat(stage.inState(Task.State.PENDING)).isEqualTo(3);

        stage.cluster.availability("node-3", Node.Availability.ACTIVE);
        stage.pass(20);
        assertThat(stage.running()).hasSize(3).extracting(Task::node).containsOnly("node-3");
    }

    @Test
    void runsAGlobalServiceOnEveryNode() {
        stage.cluster.addService("agent", Service.Mode.GLOBAL, null, "agent:1", Map.of());
        stage.pass(10);
        stage.cluster.addNode("node-4", Node.Role.WORKER, Map.of());
        stage.pass(10);

        assertThat(stage.cluster.tasks())
                .filteredOn(task -> task.service().equals("agent") && task.running())
                .extracting(Task::node)
                .containsExactlyInAnyOrder("node-1", "node-2", "node-3", "node-4");
    }

    @Test
    void endsTheSameHoweverFarTimeIsMovedAtOnce() {
        Stage slow = new Stage(3);
        for (Stage each : List.of(stage, slow)) {
            each.cluster.fail("node-1");
            each.cluster.crash(Stage.WEB);
        }
        stage.pass(60);
        for (int i = 0; i < 600; i++) {
            slow.passMillis(100);
        }

        assertThat(slow.cluster.tasks()).isEqualTo(stage.cluster.tasks());
        assertThat(slow.cluster.nodes()).isEqualTo(stage.cluster.nodes());
    }

    @Test
    void looksWhenSomethingChangedAndNowAndThenOtherwise() {
        assertThat(stage.passMillis(100)).isEmpty();

        List<Signal.Volatile> idle = stage.pass(2);
        assertThat(idle)
                .hasSize(6)
                .contains(
                        new Signal.ServicesSeen(
                                stage.now(), true, stage.cluster.services(), List.of()),
                        new Signal.TasksSeen(stage.now(), null, stage.cluster.tasks()),
                        new Signal.NodesSeen(stage.now(), stage.cluster.nodes()),
                        new Signal.WatcherLooked(
                                Watcher.TASKS, stage.now(), Duration.ofSeconds(10)));

        stage.cluster.scaleByHand(Stage.WEB, 4);
        assertThat(stage.passMillis(100)).hasSize(7);
    }

    @Test
    void saysWhyAWatcherIsBlindInsteadOfLooking() {
        stage.cluster.blind(Watcher.TASKS, "no answer within 5 s");

        assertThat(stage.pass(2))
                .contains(
                        new Signal.WatcherFailed(
                                Watcher.TASKS, stage.now(), "no answer within 5 s"))
                .noneMatch(Signal.TasksSeen.class::isInstance)
                .anyMatch(Signal.NodesSeen.class::isInstance);

        stage.cluster.see(Watcher.TASKS);
        assertThat(stage.pass(2)).anyMatch(Signal.TasksSeen.class::isInstance);
    }

    @Test
    void feelsLessPressureWithMoreTasks() {
        stage.cluster.load(Stage.WEB, 270, 100);
        assertThat(stage.cluster.pressure(Stage.WEB)).isEqualTo(0.9);

        stage.cluster.scaleByHand(Stage.WEB, 5);
        stage.pass(10);
        assertThat(stage.cluster.pressure(Stage.WEB)).isEqualTo(0.54);

        stage.cluster.fail("node-1");
        assertThat(stage.cluster.pressure(Stage.WEB)).isGreaterThan(0.54);
    }

    @Test
    void namesWhatThereIsWhenAskedForWhatIsNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.cluster.crash("demo_wed"))
                .withMessage("there is no service demo_wed; there are [demo_web]");
    }

    @Test
    void forgetsARemovedServiceWithItsTasks() {
        stage.cluster.removeService(Stage.WEB);
        stage.pass(1);

        assertThat(stage.cluster.services()).isEmpty();
        assertThat(stage.cluster.tasks()).isEmpty();
    }

    private Node node(String id) {
        return stage.cluster.nodes().stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
