package io.homeostat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Lives through many seeds. `-Dhomeostat.simulation.seeds=FROM..TO` lives through others.
@Tag("simulation")
class SimulationTest {
    private static final String SEEDS = "homeostat.simulation.seeds";
    private static final String USUAL = "1..200";
    private static final int THREADS = 2;

    @Test
    void noWeatherBreaksAPromiseAndEveryStepOfEveryStateMachineIsTaken() throws Exception {
        String asked = System.getProperty(SEEDS, "");
        Seeds seeds = Seeds.parse(asked.isEmpty() ? USUAL : asked);
        Tally tally = new Tally();
        Transitions transitions = new Transitions();
        List<String> broken = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Life>> lives = new ArrayList<>();
            for (long seed : seeds.all()) {
                lives.add(threads.submit(() -> Life.of(seed)));
            }
            for (Future<Life> each : lives) {
                Life life = each.get();
                System.out.printf("seed %d %s%n", life.seed(), life.digest());
                tally.add(life.tally());
                transitions.add(life.transitions());
                if (life.broken() != null) {
                    broken.add(String.valueOf(life.broken().getMessage()));
                }
            }
        }
        System.out.println("What the weather did: " + tally.all());
        System.out.println("Steps taken: " + transitions.taken().all());
        assertThat(broken).as("seeds that break a promise").isEmpty();
        assertThat(transitions.unforeseen()).as("steps that there are not").isEmpty();
        if (asked.isEmpty()) {
            assertThat(transitions.unvisited()).as("steps that no seed took").isEmpty();
        }
    }

    @Test
    void theSameSeedIsTheSameRunInAnotherJvm() throws Exception {
        String java = System.getProperty("java.home") + File.separator + "bin/java";
        Process other =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                OneSeed.class.getName(),
                                "4711")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String printed =
                new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(other.waitFor()).isZero();
        assertThat(printed.lines().toList().getLast()).isEqualTo(Life.of(4711).digest());
    }
}
