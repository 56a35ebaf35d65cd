package io.homeostat.swarm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ReadingTest {
    @Test
    void bearsEveryOddService() {
        assertThat(all(Captured.services()).map(ServiceReading::read))
                .hasSize(12)
                .extracting(Service::name, Service::mode, Service::replicas)
                .contains(
                        tuple("odd_groups", Service.Mode.REPLICATED, 2),
                        tuple("odd_global", Service.Mode.GLOBAL, null),
                        tuple("odd_job", Service.Mode.REPLICATED_JOB, null),
                        tuple("odd_global-job", Service.Mode.GLOBAL_JOB, null));
    }

    @Test
    void readsWhatTheFactHolds() {
        Service web = ServiceReading.read(Captured.service("demo_web"));

        assertThat(web.stack()).isEqualTo("demo");
        assertThat(web.replicas()).isEqualTo(3);
        assertThat(web.image()).startsWith("demo/web:1.1@sha256:");
        assertThat(web.update()).isEqualTo(Service.Update.ROLLBACK_COMPLETED);
        assertThat(web.labels()).containsEntry("com.docker.stack.namespace", "demo");
        assertThat(web.specHash()).hasSize(64);
    }

    @Test
    void takesDockersDefaultsForWhatIsNotSaid() {
        Service plain = ServiceReading.read(Captured.service("odd_generic"));

        assertThat(plain.update()).isEqualTo(Service.Update.NONE);
        assertThat(plain.stopFirst()).isTrue();
        assertThat(plain.parallelism()).isEqualTo(1);
    }

    @Test
    void doesNotGuessAModeItDoesNotKnow() {
        ObjectNode service = (ObjectNode) Captured.service("demo_web");
        ((ObjectNode) service.path("Spec")).putObject("Mode").putObject("Sometimes");

        assertThatThrownBy(() -> ServiceReading.read(service))
                .hasMessageContaining("Spec.Mode is none that is known");
    }

    @Test
    void hashesTheSpecificationWhateverTheOrderOfItsKeys() throws IOException {
        assertThat(Specification.hash(Json.read("{\"a\":1,\"b\":{\"c\":[1,2],\"d\":null}}")))
                .isEqualTo(
                        Specification.hash(Json.read("{\"b\":{\"d\":null,\"c\":[1,2]},\"a\":1}")))
                .isNotEqualTo(
                        Specification.hash(Json.read("{\"b\":{\"d\":null,\"c\":[2,1]},\"a\":1}")));
    }

    @Test
    void keepsTheDigitsOfNumbers() throws IOException {
        String text = "{\"big\":9223372036854775807,\"ratio\":0.10,\"tiny\":1.0}";

        assertThat(new String(Json.write(Json.read(text)), UTF_8)).isEqualTo(text);
    }

    @Test
    void readsEveryTask() {
        List<Task> tasks = tasks(id -> "name of " + id);

        assertThat(tasks).hasSize(39).allMatch(task -> task.service().startsWith("name of "));
        assertThat(tasks)
                .filteredOn(task -> task.state() == Task.State.FAILED)
                .isNotEmpty()
                .allMatch(task -> Integer.valueOf(3).equals(task.exitCode()))
                .allMatch(task -> task.message() != null);
        assertThat(tasks).filteredOn(Task::running).isNotEmpty();
    }

    @Test
    void givesNoExitCodeToWhatStillRuns() {
        assertThat(tasks(UnaryOperator.identity()))
                .filteredOn(task -> task.state() == Task.State.RUNNING)
                .isNotEmpty()
                .allMatch(task -> task.exitCode() == null);
    }

    @Test
    void givesNoNodeToATaskThatFindsNone() {
        assertThat(tasks(UnaryOperator.identity()))
                .filteredOn(task -> task.state() == Task.State.PENDING)
                .isNotEmpty()
                .allMatch(task -> task.node() == null);
    }

    @Test
    void readsNodesThatLeadAreDownOrDrained() {
        List<Node> nodes = all(Captured.nodes()).map(NodeReading::read).toList();

        assertThat(nodes)
                .extracting(Node::hostname, Node::state, Node::availability, Node::manager)
                .containsExactlyInAnyOrder(
                        tuple(
                                "node1",
                                Node.State.READY,
                                Node.Availability.ACTIVE,
                                Node.Manager.LEADER),
                        tuple(
                                "node2",
                                Node.State.DOWN,
                                Node.Availability.ACTIVE,
                                Node.Manager.NONE),
                        tuple(
                                "node3",
                                Node.State.READY,
                                Node.Availability.DRAIN,
                                Node.Manager.NONE));
    }

    @Test
    void findsTheContainerThatWeAre() {
        String id = "0123456789abcdef".repeat(4);
        String within =
                "36 35 98:0 / / rw - overlay overlay rw\n"
                        + "99 36 8:1 /var/lib/docker/containers/"
                        + id
                        + "/hostname /etc/hostname rw,relatime - ext4 /dev/sda1 rw\n";
        String onTheHost =
                "99 36 0:50 / /var/lib/docker/containers/" + id + "/mounts/shm rw - tmpfs shm rw\n";

        assertThat(WhereWeRun.containerIn(within)).contains(id);
        assertThat(WhereWeRun.containerIn(onTheHost)).isEmpty();
    }

    private static List<Task> tasks(UnaryOperator<String> names) {
        return all(Captured.tasks()).map(task -> TaskReading.read(task, names)).toList();
    }

    private static Stream<JsonNode> all(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
