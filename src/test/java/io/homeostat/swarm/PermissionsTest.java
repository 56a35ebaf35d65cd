package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.e2e.Permissions;
import io.homeostat.fact.Node;
import io.homeostat.scenario.MemoryStore;
import io.homeostat.standin.DockerStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is asked of Docker is what `docs/docker-permissions.md` says, no more and no less. The
/// tests on a real Swarm hold it against the real one.
class PermissionsTest {
    private final Permissions permissions = Permissions.documented();

    @TempDir private Path folder;

    @Test
    void theTableIsWhatIsAsked() throws Exception {
        Path socket = folder.resolve("d.sock");
        try (DockerStandIn docker = new DockerStandIn(socket);
                SwarmEdge edge =
                        new SwarmEdge(
                                Quick.settings(socket),
                                new MemoryStore(),
                                InstantSource.system(),
                                _ -> {})) {
            docker.start();
            Captured.services().forEach(docker::put);
            docker.tasks(Captured.tasks());
            docker.nodes(Captured.nodes());
            edge.start();
            assertThat(
                            edge.perform(
                                    new Action.ScaleService("demo_web", 3, 4),
                                    _ -> Optional.empty()))
                    .isInstanceOf(Report.Taken.class);
            assertThat(edge.log("task1", 20).trouble()).isEmpty();
            for (String name : List.of("odd_mounts", "demo_web")) {
                assertThat(rolledBack(edge, docker, name)).isInstanceOf(Report.Taken.class);
            }
            edge.images().resolve("registry:5000/shop/api:1.4");
            String node = Captured.nodes().path(0).path("ID").asText();
            assertThat(
                            edge.perform(
                                    new Action.SetAvailability(
                                            node,
                                            Node.Availability.ACTIVE,
                                            Node.Availability.DRAIN),
                                    _ -> Optional.empty()))
                    .isInstanceOf(Report.Taken.class);

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(used(docker)).isEqualTo(permissions.all()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE /v1.41/services/abc",
                "POST /v1.41/services/create",
                "POST /v1.41/services/abc",
                "GET /v1.41/services/abc/logs",
                "GET /v1.41/containers/abc/logs",
                "GET /v1.41/secrets",
                "POST /v1.41/secrets/create",
                "POST /v1.41/containers/create",
                "GET /v1.41/../containers",
                "GET /v1.41//info"
            })
    void allElseIsNotAllowed(String request) {
        assertThat(permissions.allowing(request)).isEmpty();
    }

    /// One with a config and a secret, and one with a network.
    private static Report rolledBack(SwarmEdge edge, DockerStandIn docker, String name)
            throws InterruptedException {
        String good = Specification.contentHash(docker.service(name).path("Spec"));
        edge.perform(new Action.RestartService(name, 99), _ -> Optional.empty());
        docker.change(
                name,
                spec ->
                        ((ObjectNode) spec.path("TaskTemplate").path("ContainerSpec"))
                                .put("Image", "demo/web:bad"));
        String now = Specification.hash(docker.service(name).path("Spec"));
        return edge.perform(new Action.RollbackService(name, now, good), _ -> Optional.empty());
    }

    /// Fails when something was asked that no row allows.
    private SortedSet<String> used(DockerStandIn docker) {
        SortedSet<String> used = new TreeSet<>();
        for (String request : docker.requests()) {
            used.add(permissions.allowing(request).orElse("nothing allows " + request));
        }
        return used;
    }
}
