package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.action.Action;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Service;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Place;
import io.homeostat.scenario.MemoryStore;
import io.homeostat.standin.DockerStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwarmEdgeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path folder;

    private final List<Signal.Volatile> signals = new CopyOnWriteArrayList<>();
    private DockerStandIn docker;
    private SwarmEdge edge;

    @BeforeEach
    void open() throws IOException {
        docker = new DockerStandIn(folder.resolve("d.sock"));
        docker.start();
        Captured.services().forEach(docker::put);
        docker.tasks(Captured.tasks());
        docker.nodes(Captured.nodes());
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
    void seesServicesNodesTasksAndWhereWeRun() {
        edge.start();

        awaitLooks();
        assertThat(of(Signal.ServicesSeen.class).getFirst())
                .returns(true, Signal.ServicesSeen::whole)
                .satisfies(seen -> assertThat(seen.services()).hasSize(12));
        assertThat(of(Signal.NodesSeen.class).getFirst().nodes()).hasSize(3);
        assertThat(of(Signal.TasksSeen.class).getFirst())
                .satisfies(seen -> assertThat(seen.service()).isNull())
                .satisfies(seen ->
                        assertThat(seen.tasks())
                                .hasSize(39)
                                .anyMatch(task -> task.service().equals("demo_web")));
        awaitThat(Signal.PlaceFound.class, found -> found.place().equals(new Place(null, "n1")));
    }

    @Test
    void signalsAChangeBeforeTheViewThatShowsIt() {
        edge.start();
        awaitLooks();
        signals.clear();

        docker.change("demo_web", spec -> ServiceWritingTest.replicas(spec, 7));

        awaitThat(Signal.ServicesSeen.class, seen -> shows(seen, 7));
        Signal.ServiceChanged change = of(Signal.ServiceChanged.class).getFirst();
        assertThat(change.whose()).isEqualTo(Provenance.PERSON);
        assertThat(change.paths()).containsExactly("Mode.Replicated.Replicas");
        assertThat(signals.indexOf(change))
                .isLessThan(
                        signals.indexOf(
                                of(Signal.ServicesSeen.class).stream()
                                        .filter(seen -> shows(seen, 7))
                                        .findFirst()
                                        .orElseThrow()));
    }

    @Test
    void tellsItsOwnChangeFromOthersOnTheStream() throws InterruptedException {
        edge.start();
        awaitLooks();

        edge.perform(new Action.ScaleService("demo_web", 3, 4), _ -> Optional.empty());

        awaitThat(Signal.ServicesSeen.class, seen -> seen.whole() && shows(seen, 4));
        assertThat(of(Signal.ServiceChanged.class))
                .extracting(Signal.ServiceChanged::whose)
                .containsExactly(Provenance.OURS);
    }

    @Test
    void recognisesWhatAnEarlierProcessSent() {
        ObjectNode sent = (ObjectNode) docker.service("demo_web").path("Spec");
        ServiceWritingTest.replicas(sent, 5);
        edge.recognise(Set.of(Specification.hash(sent)));
        edge.start();
        awaitLooks();

        docker.change("demo_web", spec -> ServiceWritingTest.replicas(spec, 5));

        awaitThat(Signal.ServiceChanged.class, change -> change.whose() == Provenance.OURS);
    }

    @Test
    void whatAnEarlierProcessBroughtAboutIsAPersonsTheSecondTime() {
        String sent = Specification.hash(docker.service("demo_web").path("Spec"));
        edge.start();
        awaitLooks();
        edge.recognise(Set.of(sent));

        docker.change("demo_web", spec -> ServiceWritingTest.replicas(spec, 5));
        awaitThat(Signal.ServiceChanged.class, change -> change.whose() == Provenance.PERSON);
        edge.recognise(Set.of(sent));
        docker.change("demo_web", spec -> ServiceWritingTest.replicas(spec, 3));

        await().atMost(SOON).until(() -> of(Signal.ServiceChanged.class).size() == 2);
        assertThat(of(Signal.ServiceChanged.class).getLast().whose()).isEqualTo(Provenance.PERSON);
    }

    @Test
    void saysAtOnceThatAServiceIsRemoved() {
        edge.start();
        awaitLooks();

        docker.remove("demo_web");

        awaitThat(Signal.ServicesSeen.class, seen -> seen.gone().equals(List.of("demo_web")));
    }

    @Test
    void looksQuicklyAtTheTasksOfWhatIsWatchedClosely() {
        edge.watchClosely(Set.of("demo_web", "unknown"));
        edge.start();

        awaitThat(
                Signal.TasksSeen.class,
                seen ->
                        "demo_web".equals(seen.service())
                                && seen.tasks().stream()
                                        .allMatch(task -> task.service().equals("demo_web")));
    }

    @Test
    void aServiceThatCannotBeReadLosesOnlyItself() {
        ObjectNode odd = (ObjectNode) Captured.service("odd_vip");
        ((ObjectNode) odd.path("Spec")).putObject("Mode").putObject("Sometimes");
        docker.put(odd);
        edge.start();

        awaitThat(Signal.ServicesSeen.class, Signal.ServicesSeen::whole);
        awaitThat(Signal.WatcherLooked.class, of(Watcher.SERVICES));
        assertThat(of(Signal.ServicesSeen.class).getFirst().services())
                .hasSize(11)
                .extracting(Service::name)
                .doesNotContain("odd_vip");
    }

    @Test
    void opensItsEyesAgainWhenDockerComesBack() throws IOException {
        edge.start();
        awaitLooks();

        docker.close();

        for (String watcher : List.of(Watcher.SERVICES, Watcher.NODES, Watcher.TASKS)) {
            awaitThat(
                    Signal.WatcherFailed.class,
                    failed ->
                            failed.watcher().equals(watcher)
                                    && failed.reason().contains("is dockerd running"));
        }
        signals.clear();
        docker.start();
        awaitLooks();
    }

    @Test
    void startsWithoutDocker() throws IOException {
        docker.close();
        edge.start();
        awaitThat(Signal.WatcherFailed.class, failed -> failed.watcher().equals(Watcher.SERVICES));

        docker.start();

        awaitLooks();
    }

    @Test
    void looksAtAllAfterEachGapInTheEvents() throws IOException {
        edge.start();
        awaitLooks();
        signals.clear();

        docker.endStreams();

        awaitThat(Signal.WatcherFailed.class, failed -> failed.reason().contains("event stream"));
        awaitThat(Signal.WatcherLooked.class, of(Watcher.SERVICES));
    }

    @Test
    void isBlindWhileNoEventsArrive() {
        docker.refuse("/events", 500, "no events today");
        edge.start();

        awaitThat(Signal.ServicesSeen.class, Signal.ServicesSeen::whole);
        awaitThat(
                Signal.WatcherFailed.class,
                failed ->
                        failed.watcher().equals(Watcher.SERVICES)
                                && failed.reason().contains("no events today"));
        assertThat(of(Signal.WatcherLooked.class)).noneMatch(of(Watcher.SERVICES));
    }

    @Test
    void doubtsAnEmptyListUntilItIsSeenTwice() {
        edge.start();
        awaitLooks();
        signals.clear();

        docker.forgetServices();

        awaitThat(Signal.ServicesSeen.class, seen -> seen.whole() && seen.services().isEmpty());
        assertThat(of(Signal.WatcherFailed.class))
                .extracting(Signal.WatcherFailed::reason)
                .anyMatch(reason -> reason.contains("the list of services is empty, but 12 were"));
    }

    @Test
    void neverBelievesAnEmptyListOfADockerThatLeftTheSwarm() {
        edge.start();
        awaitLooks();
        docker.leaveSwarm();
        docker.forgetServices();

        awaitThat(
                Signal.WatcherFailed.class,
                failed -> failed.reason().contains("not part of an active swarm"));
        int before = docker.requests().size();
        await().atMost(SOON).until(() -> docker.requests().size() > before + 20);
        assertThat(of(Signal.ServicesSeen.class)).noneMatch(seen -> seen.services().isEmpty());
    }

    @Test
    void neverBelievesThatThereAreNoNodes() {
        edge.start();
        awaitLooks();
        docker.nodes(JsonNodeFactory.instance.arrayNode());

        awaitThat(
                Signal.WatcherFailed.class,
                failed -> failed.reason().contains("Docker answered no nodes, which cannot be"));
        int before = docker.requests().size();
        await().atMost(SOON).until(() -> docker.requests().size() > before + 20);
        assertThat(of(Signal.NodesSeen.class)).noneMatch(seen -> seen.nodes().isEmpty());
    }

    @Test
    void doubtsThatAllTasksAreGone() {
        edge.start();
        awaitLooks();
        docker.tasks(JsonNodeFactory.instance.arrayNode());

        awaitThat(
                Signal.WatcherFailed.class,
                failed -> failed.reason().contains("the list of tasks is empty"));
    }

    @Test
    void saysWhenDockerIsTooOld() {
        docker.speak("1.40");
        edge.start();

        awaitThat(
                Signal.WatcherFailed.class,
                failed -> failed.reason().contains("speaks API 1.40; needed is 1.41 or newer"));
    }

    @Test
    void speaksTheVersionOfANewerDocker() {
        docker.speak("1.55");
        edge.start();

        awaitLooks();
        assertThat(docker.requests()).contains("GET /v1.55/services");
    }

    @Test
    void saysWhenDockerIsOnlyAWorker() {
        docker.beManager(false);
        edge.start();

        awaitThat(
                Signal.WatcherFailed.class,
                failed -> failed.reason().contains("not a swarm manager"));
    }

    @Test
    void aDockerThatHangsIsGivenUp() {
        docker.hangAt("/tasks");
        edge.start();

        awaitThat(
                Signal.WatcherFailed.class,
                failed ->
                        failed.watcher().equals(Watcher.TASKS)
                                && failed.reason().contains("has not answered"));
    }

    @Test
    void findsTheTaskThatWeAre() throws Exception {
        JsonNode ours = Captured.tasks().get(0);
        String container = ours.path("Status").path("ContainerStatus").path("ContainerID").asText();
        Path mounts = folder.resolve("mountinfo");
        Files.writeString(
                mounts,
                "9 3 8:1 /var/lib/docker/containers/%s/hostname /etc/hostname rw - ext4 /dev/a rw\n"
                        .formatted(container));
        try (Docker calls = new Docker(Quick.settings(folder.resolve("d.sock")))) {
            assertThat(new WhereWeRun(calls, Quick.ANSWER, mounts).find())
                    .isEqualTo(new Place("demo_web", ours.path("NodeID").asText()));
            assertThat(new WhereWeRun(calls, Quick.ANSWER, folder.resolve("none")).find())
                    .isEqualTo(new Place(null, "n1"));
        }
    }

    private void awaitLooks() {
        for (String watcher : List.of(Watcher.SERVICES, Watcher.NODES, Watcher.TASKS)) {
            awaitThat(Signal.WatcherLooked.class, of(watcher));
        }
    }

    private <S extends Signal> void awaitThat(Class<S> kind, Predicate<? super S> wanted) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> of(kind).stream().anyMatch(wanted));
    }

    private <S extends Signal> List<S> of(Class<S> kind) {
        return signals.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static Predicate<Signal.WatcherLooked> of(String watcher) {
        return looked -> looked.watcher().equals(watcher);
    }

    private static boolean shows(Signal.ServicesSeen seen, int replicas) {
        return seen.services().stream()
                .anyMatch(service ->
                        service.name().equals("demo_web")
                                && Integer.valueOf(replicas).equals(service.replicas()));
    }
}
