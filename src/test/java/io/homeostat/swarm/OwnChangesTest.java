package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Clearance;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Provenance;
import io.homeostat.scenario.MemoryStore;
import io.homeostat.standin.DockerStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose a change is, when we and others write in turns.
class OwnChangesTest {
    @TempDir private Path folder;

    private final List<Signal.Volatile> signals = new ArrayList<>();
    private final Clearance granted = _ -> Optional.empty();
    private DockerStandIn docker;
    private SwarmEdge edge;

    @BeforeEach
    void open() throws IOException {
        docker = new DockerStandIn(folder.resolve("d.sock"));
        docker.start();
        Captured.services().forEach(docker::put);
        edge =
                new SwarmEdge(
                        Quick.settings(folder.resolve("d.sock")),
                        new MemoryStore(),
                        InstantSource.system(),
                        signals::add);
    }

    @AfterEach
    void close() throws IOException {
        edge.close();
        docker.close();
    }

    @Test
    void knowsItsOwnChangeAndThePersonsAfterIt() throws InterruptedException {
        edge.perform(scale(3, 4), granted);
        docker.change("demo_web", spec -> ServiceWritingTest.replicas(spec, 3));
        edge.perform(scale(3, 5), granted);
        docker.change("demo_web", spec -> ServiceWritingTest.replicas(spec, 4));
        edge.perform(scale(1, 2), granted);

        assertThat(signals)
                .filteredOn(Signal.ServiceChanged.class::isInstance)
                .extracting(signal -> ((Signal.ServiceChanged) signal).whose())
                .containsExactly(
                        Provenance.OURS, Provenance.PERSON, Provenance.OURS, Provenance.PERSON);
    }

    private static Action.ScaleService scale(int from, int to) {
        return new Action.ScaleService("demo_web", from, to);
    }
}
