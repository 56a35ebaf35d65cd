package io.homeostat.crash;

import io.homeostat.crash.agent.Agent;
import io.homeostat.crash.agent.Order;
import io.homeostat.crash.agent.Place;
import io.homeostat.crash.agent.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The packaged program, run as an operator runs it, with an agent beside it that can stop it.
final class Victim {
    private static final Path PROGRAM = Path.of("target/quarkus-app/quarkus-run.jar");

    private final Path folder;
    private final Path agent;
    private final Map<String, String> settings;
    private volatile @Nullable Process process;
    private Path talk;
    private int lives;

    /// @param folder for its log, its store and what is said to its agent
    Victim(Path folder, Map<String, String> settings) throws IOException {
        this.folder = folder;
        this.agent = AgentJar.in(folder);
        this.talk = folder;
        this.settings = new TreeMap<>(settings);
        this.settings.put("HOMEOSTAT_DATA", data().toString());
        if (!Files.exists(PROGRAM)) {
            throw new IllegalStateException(PROGRAM + " is missing; run ./mvnw package first");
        }
        // Whoever ends the test ends the program as well.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::shoot));
    }

    Path data() {
        return folder.resolve("data");
    }

    int lives() {
        return lives;
    }

    void start() throws IOException {
        start(null);
    }

    /// @param order what is to happen from the first instant on; null when nothing is, or not yet
    void start(@Nullable Order order) throws IOException {
        if (isAlive()) {
            throw new IllegalStateException("it runs already");
        }
        lives++;
        talk = Files.createDirectory(folder.resolve("life-" + lives));
        Files.writeString(
                talk.resolve(Agent.PLACES),
                Edges.places().stream().map(Place::toString).collect(Collectors.joining("\n")));
        if (order != null) {
            order(order);
        }
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-BytecodeVerificationRemote",
                        "-Xlog:disable",
                        "-javaagent:" + agent + "=" + talk,
                        "-jar",
                        PROGRAM.toAbsolutePath().toString(),
                        "serve");
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        process = builder.start();
    }

    /// Says what is to happen in this life. One order for each life.
    void order(Order order) throws IOException {
        Path draft = Files.writeString(talk.resolve("order.draft"), order.text());
        Files.move(draft, talk.resolve(Stop.ORDER), StandardCopyOption.ATOMIC_MOVE);
    }

    /// True once the ordered edge was reached.
    boolean isAtTheEdge() {
        return said(Stop.REACHED);
    }

    /// True once a refusal was repeated as often as was ordered.
    boolean isLetGo() {
        return said(Stop.LET_GO);
    }

    private boolean said(String file) {
        try {
            if (Files.exists(talk.resolve(Stop.BROKEN))) {
                throw new IllegalStateException(
                        "the agent could not weave " + Files.readString(talk.resolve(Stop.BROKEN)));
            }
            if (!isAlive()) {
                throw new IllegalStateException("it ended by itself:\n" + lastWords());
            }
            return Files.exists(talk.resolve(file));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /// SIGKILL: the process has no say in it.
    void kill() throws InterruptedException {
        Process running = process;
        if (running == null) {
            return;
        }
        shoot();
        if (!running.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it is not dead 10 s after SIGKILL");
        }
        process = null;
    }

    private void shoot() {
        Process running = process;
        if (running != null) {
            running.toHandle().destroyForcibly();
        }
    }

    private Path log() {
        return folder.resolve("homeostat.log");
    }

    /// The end of its log.
    String lastWords() throws IOException {
        List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }
}
