package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Place;
import io.homeostat.scenario.MemoryStore;
import io.homeostat.standin.DockerStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two managers of one swarm; a lost one is left within 0.8 s.
class DockerTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path folder;

    private final List<Signal.Volatile> signals = new CopyOnWriteArrayList<>();
    private DockerStandIn first;
    private DockerStandIn second;
    private SwarmSettings settings;
    private SwarmEdge edge;
    private Docker docker;

    @BeforeEach
    void open() throws IOException {
        Path one = folder.resolve("1.sock");
        Path two = folder.resolve("2.sock");
        first = new DockerStandIn(one);
        second = new DockerStandIn(two, first.configs());
        second.beIn("swarm1", "n2");
        for (DockerStandIn each : List.of(first, second)) {
            each.start();
            Captured.services().forEach(each::put);
            each.tasks(Captured.tasks());
            each.nodes(Captured.nodes());
        }
        settings = Quick.settings(List.of(one, two), folder.resolve("data"));
        edge = new SwarmEdge(settings, new MemoryStore(), InstantSource.system(), signals::add);
        docker = new Docker(settings);
    }

    @AfterEach
    void close() throws IOException {
        edge.close();
        docker.close();
        first.close();
        second.close();
    }

    @Test
    void oneIsInUse() throws Exception {
        docker.get("/services");
        docker.get("/nodes");

        assertThat(first.requests())
                .containsExactly(
                        "GET /version",
                        "GET /v1.41/info",
                        "GET /v1.41/services",
                        "GET /v1.41/nodes");
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void aLogThatDoesNotComeIsNoReasonToLeave() throws Exception {
        first.hangAt("/logs");

        assertThat(edge.log("task1", 20).trouble()).contains("has not answered");
        assertThatThrownBy(() -> docker.log("task1", 20, 1000)).isInstanceOf(DockerException.class);
        docker.get("/services");

        assertThat(docker.timesLeft()).isZero();
    }

    @Test
    void whatIsNotThereIsLeftForTheNext() throws Exception {
        docker.get("/services");
        first.close();

        assertThat(docker.get("/services")).hasSize(12);

        assertThat(docker.get("/services")).hasSize(12);
        assertThat(second.requests()).contains("GET /v1.41/services");
    }

    @Test
    void whatDoesNotAnswerIsLeftForTheNext() throws Exception {
        docker.get("/services");
        first.hangAt("/");

        assertThat(docker.get("/services")).hasSize(12);
    }

    @Test
    void whatWasDemotedIsLeftForTheNextForLooksAndWritesAlike() throws Exception {
        docker.get("/services");
        first.beManager(false);

        docker.post(
                "/configs/create",
                JsonNodeFactory.instance.objectNode().put("Name", "any").put("Data", "YQ=="));

        assertThat(first.writes()).hasSize(1);
        assertThat(second.writes()).hasSize(1);
        assertThat(docker.get("/services")).hasSize(12);
    }

    @Test
    void whatHasLostTouchIsLeftForTheNext() throws Exception {
        docker.get("/services");
        first.beInTouch(false);

        assertThat(docker.get("/services")).hasSize(12);

        assertThat(second.requests()).contains("GET /v1.41/services");
    }

    @Test
    void aManagerOfAnotherSwarmIsNeverAsked() throws Exception {
        docker.get("/services");
        second.beIn("swarm2", "n9");
        first.close();

        assertThatThrownBy(() -> docker.get("/services"))
                .hasMessageContaining("is a manager of another swarm (swarm2, not swarm1)");
        assertThat(second.requests()).doesNotContain("GET /v1.41/services");
    }

    @Test
    void allGoneIsSaidAndTheFirstThatIsBackIsInUse() throws Exception {
        docker.get("/services");
        first.close();
        second.close();
        assertThatThrownBy(() -> docker.get("/services"))
                .hasMessageContaining("is dockerd running");

        first.start();

        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(docker.get("/services")).hasSize(12));
    }

    @Test
    void aWriteThatMayHaveArrivedIsNeverSentToTheNext() throws Exception {
        first.breakOffAfter("/update");

        Report report = scale();

        assertThat(report).isInstanceOf(Report.Lost.class);
        assertThat(first.writes()).hasSize(1);
        assertThat(second.writes()).isEmpty();
    }

    @Test
    void aWriteThatNeverArrivedIsSentToTheNext() throws Exception {
        assertThat(scale()).isInstanceOf(Report.Taken.class);
        first.close();

        Report report =
                edge.perform(new Action.ScaleService("demo_web", 3, 5), _ -> Optional.empty());

        assertThat(report).isInstanceOf(Report.Taken.class);
        assertThat(second.writes()).hasSize(1);
    }

    @Test
    void aDemotionBetweenLookAndWriteLeadsToTheNext() throws Exception {
        Report report =
                edge.perform(
                        new Action.ScaleService("demo_web", 3, 4),
                        _ -> {
                            first.beManager(false);
                            return Optional.empty();
                        });

        assertThat(report).isInstanceOf(Report.Taken.class);
        assertThat(second.writes()).hasSize(1);
    }

    @Test
    void aLoneWorkerIsAFailureAndNothingIsUnknown() throws Exception {
        try (SwarmEdge lone =
                new SwarmEdge(
                        Quick.settings(folder.resolve("1.sock")),
                        new MemoryStore(),
                        InstantSource.system(),
                        signals::add)) {
            Report report =
                    lone.perform(
                            new Action.ScaleService("demo_web", 3, 4),
                            _ -> {
                                first.beManager(false);
                                return Optional.empty();
                            });

            assertThat(report)
                    .isInstanceOfSatisfying(
                            Report.Failed.class,
                            failed -> assertThat(failed.reason()).contains("not a swarm manager"));
        }
    }

    @Test
    void eventsComeFromTheNextAsWell() {
        edge.start();
        awaitLooks();
        assertThat(first.streams()).isEqualTo(1);

        first.hangAt("/");
        await().atMost(SOON).until(() -> second.streams() == 1);
        signals.clear();
        awaitLooks();

        second.remove("demo_web");
        await().atMost(SOON)
                .until(() ->
                        signals.stream()
                                .anyMatch(signal ->
                                        signal instanceof Signal.ServicesSeen seen
                                                && seen.gone().equals(List.of("demo_web"))));
    }

    @Test
    void ourNodeIsThatOfTheSocketOnOurMachineWhicheverIsInUse() throws Exception {
        first.beManager(false);
        assertThat(docker.get("/services")).hasSize(12);

        assertThat(new WhereWeRun(docker, Quick.ANSWER, folder.resolve("none")).find())
                .isEqualTo(new Place(null, "n1"));
    }

    private Report scale() throws InterruptedException {
        return edge.perform(new Action.ScaleService("demo_web", 3, 4), _ -> Optional.empty());
    }

    private void awaitLooks() {
        for (String watcher : List.of(Watcher.SERVICES, Watcher.NODES, Watcher.TASKS)) {
            await().atMost(SOON)
                    .until(() ->
                            signals.stream()
                                    .anyMatch(signal ->
                                            signal instanceof Signal.WatcherLooked looked
                                                    && looked.watcher().equals(watcher)));
        }
    }
}
