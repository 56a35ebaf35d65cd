package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.fact.Node;
import io.homeostat.scenario.MemoryStore;
import io.homeostat.standin.DockerStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeWritingTest {
    private static final Clearance GRANTED = _ -> Optional.empty();

    @TempDir private Path folder;

    private final String node = Captured.nodes().path(0).path("ID").asText();
    private DockerStandIn docker;
    private SwarmEdge edge;

    @BeforeEach
    void open() throws IOException {
        Path socket = folder.resolve("d.sock");
        docker = new DockerStandIn(socket);
        docker.start();
        docker.nodes(Captured.nodes());
        edge =
                new SwarmEdge(
                        Quick.settings(socket), new MemoryStore(), InstantSource.system(), _ -> {});
    }

    @AfterEach
    void close() throws IOException {
        edge.close();
        docker.close();
    }

    @Test
    void drainsANodeAndChangesNothingElseOfIt() throws InterruptedException {
        Report report = edge.perform(drain(node, Node.Availability.ACTIVE), GRANTED);

        assertThat(report).isInstanceOf(Report.Taken.class);
        assertThat(docker.recorded())
                .singleElement()
                .satisfies(write -> {
                    assertThat(write.target()).startsWith("/nodes/" + node + "/update?version=");
                    assertThat(
                                    Specification.differences(
                                            Captured.nodes().path(0).path("Spec"), write.body()))
                            .containsExactly("Availability");
                });
    }

    @Test
    void leavesANodeThatSomebodyElseChanged() throws InterruptedException {
        Report report = edge.perform(drain(node, Node.Availability.PAUSE), GRANTED);

        assertThat(report)
                .isEqualTo(
                        new Report.Conflicted(
                                "node/%s is ACTIVE, expected was PAUSE".formatted(node)));
        assertThat(docker.writes()).isEmpty();
    }

    @Test
    void sendsNothingWithoutClearance() throws InterruptedException {
        Report report =
                edge.perform(
                        drain(node, Node.Availability.ACTIVE), _ -> Optional.of("a freeze is set"));

        assertThat(report).isEqualTo(new Report.Withheld("a freeze is set"));
        assertThat(docker.writes()).isEmpty();
    }

    @Test
    void saysThatANodeIsGone() throws InterruptedException {
        assertThat(edge.perform(drain("gone", Node.Availability.ACTIVE), GRANTED))
                .isEqualTo(new Report.Failed("node/gone does not exist any more"));
    }

    @Test
    void callsItAConflictWhenSomebodyWasFaster() throws InterruptedException {
        docker.refuse("/update", 500, "rpc error: code = Unknown desc = update out of sequence");

        assertThat(edge.perform(drain(node, Node.Availability.ACTIVE), GRANTED))
                .isInstanceOf(Report.Conflicted.class);
    }

    @Test
    void doesNotKnowWhatBecameOfAWriteThatWasNotAnswered() throws InterruptedException {
        docker.breakOffAfter("/update");

        assertThat(edge.perform(drain(node, Node.Availability.ACTIVE), GRANTED))
                .isInstanceOf(Report.Lost.class);
    }

    private static Action.SetAvailability drain(String node, Node.Availability from) {
        return new Action.SetAvailability(node, from, Node.Availability.DRAIN);
    }
}
