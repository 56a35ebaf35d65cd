package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.action.Action;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.engine.Signal;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceWritingTest {
    @TempDir private Path folder;

    private final List<String> asked = new ArrayList<>();
    private final List<Signal.Volatile> signals = new ArrayList<>();
    private final Clearance granted =
            trace -> {
                asked.add(trace);
                return Optional.empty();
            };
    private final MemoryStore store = new MemoryStore();
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
                        store,
                        InstantSource.system(),
                        signals::add);
    }

    @AfterEach
    void close() throws IOException {
        edge.close();
        docker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd_everything", "odd_groups", "odd_kernel", "odd_mounts", "demo_web"})
    void changesTheReplicasAndNothingElse(String name) throws InterruptedException {
        JsonNode before = docker.service(name).path("Spec");
        int from = before.path("Mode").path("Replicated").path("Replicas").asInt();

        Report report = edge.perform(new Action.ScaleService(name, from, from + 2), granted);

        JsonNode after = docker.service(name).path("Spec");
        assertThat(Specification.differences(before, after))
                .containsExactly("Mode.Replicated.Replicas");
        assertThat(after.path("Mode").path("Replicated").path("Replicas").asInt())
                .isEqualTo(from + 2);
        assertThat(report).isEqualTo(new Report.Taken(Specification.hash(after)));
        assertThat(asked).containsExactly(Specification.hash(after));
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd_everything", "odd_global"})
    void raisesTheCounterAndNothingElseForARestart(String name) throws InterruptedException {
        JsonNode before = docker.service(name).path("Spec");
        long counter = before.path("TaskTemplate").path("ForceUpdate").asLong();

        Report report = edge.perform(new Action.RestartService(name, counter), granted);

        JsonNode after = docker.service(name).path("Spec");
        assertThat(report).isInstanceOf(Report.Taken.class);
        assertThat(Specification.differences(before, after))
                .containsExactly("TaskTemplate.ForceUpdate");
        assertThat(after.path("TaskTemplate").path("ForceUpdate").asLong()).isEqualTo(counter + 1);
    }

    @Test
    void goesBackToWhatWasSeenWithReplicasLabelsAndCounterOfNow() throws Exception {
        String good = seen("demo_web");
        JsonNode then = docker.service("demo_web").path("Spec");
        docker.change("demo_web", spec -> image(spec).put("Image", "demo/web:bad"));
        docker.change(
                "demo_web",
                spec -> {
                    image(spec).put("Image", "demo/web:worse");
                    image(spec).putArray("Env").add("WORSE=1");
                });
        docker.change("demo_web", spec -> replicated(spec).put("Replicas", 5));
        docker.change(
                "demo_web",
                spec -> {
                    ((ObjectNode) spec.path("Labels")).put("homeostat.owner", "shop");
                    ((ObjectNode) spec.path("TaskTemplate")).put("ForceUpdate", 7);
                });

        Report report = edge.perform(back("demo_web", good), granted);

        JsonNode after = docker.service("demo_web").path("Spec");
        assertThat(report).isEqualTo(new Report.Taken(Specification.hash(after)));
        assertThat(Specification.contentHash(after)).isEqualTo(good);
        assertThat(Specification.differences(then, after))
                .containsExactly(
                        "Labels.homeostat.owner",
                        "Mode.Replicated.Replicas",
                        "TaskTemplate.ForceUpdate");
        assertThat(after.path("Mode").path("Replicated").path("Replicas").asInt()).isEqualTo(5);
        assertThat(asked).containsExactly(Specification.hash(after));
    }

    @Test
    void keepsOfEachContentOneSpecificationHoweverOftenItIsScaledOrRestarted() throws Exception {
        String before = seen("demo_web");
        docker.change("demo_web", spec -> replicated(spec).put("Replicas", 9));
        String scaled = seen("demo_web");
        docker.change(
                "demo_web", spec -> ((ObjectNode) spec.path("TaskTemplate")).put("ForceUpdate", 3));

        assertThat(seen("demo_web")).isEqualTo(scaled).isEqualTo(before);
        assertThat(String.valueOf(store.specification(before))).contains("\"Replicas\":3");
    }

    @ParameterizedTest
    @CsvSource({
        "odd_mounts, oe9c82yv2eherwz06on1w5hv3, config ",
        "demo_web, r9xgnqy4j9mepa3wyzpzven6x, network r9xgnqy4j9mepa3wyzpzven6x",
        "odd_mounts, n6jfof8suygjd4rmv6co0vs7l, secret odd_secret (n6jfof8suygjd4rmv6co0vs7l)",
    })
    void namesWhatIsGoneBeforeAnythingIsWritten(String service, String id, String name)
            throws Exception {
        String good = seen(service);
        docker.change(
                service,
                spec -> {
                    image(spec).put("Image", "demo/web:bad");
                    image(spec).remove(List.of("Configs", "Secrets"));
                });
        docker.surroundings().lose(id);

        Report report = edge.perform(back(service, good), granted);

        assertThat(report)
                .isInstanceOfSatisfying(
                        Report.Failed.class,
                        failed ->
                                assertThat(failed.reason())
                                        .contains("it needs what is gone: " + name)
                                        .contains(id));
        assertThat(docker.writes()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void writesNothingWhileItCannotBeToldWhetherAllIsThere() throws Exception {
        String good = seen("demo_web");
        docker.change("demo_web", spec -> image(spec).put("Image", "demo/web:bad"));
        docker.refuse("/networks/", 500, "the store is busy");

        assertThat(edge.perform(back("demo_web", good), granted))
                .isInstanceOfSatisfying(
                        Report.Failed.class,
                        failed -> assertThat(failed.reason()).contains("the store is busy"));
        assertThat(docker.writes()).isEmpty();
    }

    @Test
    void rollsNothingBackThatWasChangedSinceItWasDecided() throws Exception {
        String good = seen("demo_web");
        docker.change("demo_web", spec -> image(spec).put("Image", "demo/web:bad"));
        Action.RollbackService decided = back("demo_web", good);
        docker.change("demo_web", spec -> image(spec).put("Image", "demo/web:mended"));

        assertThat(edge.perform(decided, granted)).isInstanceOf(Report.Conflicted.class);
        assertThat(docker.writes()).isEmpty();
    }

    @Test
    void neverGoesBackToWhatDockerKeepsAsTheSpecificationBefore() throws Exception {
        docker.change("demo_web", spec -> image(spec).put("Image", "demo/web:bad"));

        assertThat(edge.perform(back("demo_web", "never seen"), granted))
                .isEqualTo(
                        new Report.Failed(
                                "the last known good specification of service/demo_web is not kept any more; write one that is good"));
        assertThat(docker.writes()).isEmpty();
    }

    @Test
    void saysThatThereIsNothingToGoBackTo() throws Exception {
        String good = seen("demo_web");
        docker.change("demo_web", spec -> replicated(spec).put("Replicas", 4));

        assertThat(edge.perform(back("demo_web", good), granted))
                .isEqualTo(
                        new Report.Failed(
                                "service/demo_web is specified as it was when it was last known to be good, so there is nothing to go back to"));
        assertThat(docker.writes()).isEmpty();
    }

    /// A write that is refused, before which the service is looked at, and so kept.
    private String seen(String name) throws InterruptedException {
        edge.perform(new Action.RestartService(name, 99), granted);
        return Specification.contentHash(docker.service(name).path("Spec"));
    }

    private Action.RollbackService back(String name, String to) {
        return new Action.RollbackService(
                name, Specification.hash(docker.service(name).path("Spec")), to);
    }

    private static ObjectNode image(ObjectNode spec) {
        return (ObjectNode) spec.path("TaskTemplate").path("ContainerSpec");
    }

    private static ObjectNode replicated(ObjectNode spec) {
        return (ObjectNode) spec.path("Mode").path("Replicated");
    }

    @Test
    void sendsNothingWithoutClearance() throws InterruptedException {
        Report report = edge.perform(scale(3, 4), _ -> Optional.of("a freeze is set"));

        assertThat(report).isEqualTo(new Report.Withheld("a freeze is set"));
        assertThat(docker.writes()).isEmpty();
    }

    @Test
    void leavesAServiceThatSomebodyElseScaled() throws InterruptedException {
        Report report = edge.perform(scale(2, 4), granted);

        assertThat(report)
                .isEqualTo(
                        new Report.Conflicted("service/demo_web has 3 replicas, expected were 2"));
        assertThat(asked).isEmpty();
        assertThat(docker.writes()).isEmpty();
    }

    @Test
    void neverWritesWhatIsThereAlready() throws InterruptedException {
        assertThat(edge.perform(scale(2, 3), granted)).isInstanceOf(Report.Conflicted.class);
        assertThat(docker.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd_job", "odd_global-job"})
    void neverWritesAJob(String name) throws InterruptedException {
        Report report = edge.perform(new Action.RestartService(name, 0), granted);

        assertThat(report)
                .isEqualTo(
                        new Report.Failed(
                                "service/%s is a job, and any write would run it again"
                                        .formatted(name)));
        assertThat(docker.writes()).isEmpty();
    }

    @Test
    void doesNotScaleWhatIsGlobal() throws InterruptedException {
        assertThat(edge.perform(new Action.ScaleService("odd_global", 1, 2), granted))
                .isInstanceOf(Report.Failed.class);
        assertThat(docker.writes()).isEmpty();
    }

    @Test
    void saysThatAServiceIsGone() throws InterruptedException {
        assertThat(edge.perform(new Action.ScaleService("gone", 1, 2), granted))
                .isEqualTo(new Report.Failed("service/gone does not exist any more"));
    }

    @Test
    void isConflictedWhenAnotherWriteComesBetween() throws InterruptedException {
        Clearance late =
                _ -> {
                    docker.change("demo_web", spec -> label(spec, "touched"));
                    return Optional.empty();
                };

        assertThat(edge.perform(scale(3, 4), late)).isInstanceOf(Report.Conflicted.class);
        assertThat(replicas()).isEqualTo(3);
    }

    @Test
    void isLostWhenTheAnswerDoesNotCome() throws InterruptedException {
        docker.breakOffAfter("/update");

        assertThat(edge.perform(scale(3, 4), granted)).isInstanceOf(Report.Lost.class);
        assertThat(docker.writes()).hasSize(1);
        assertThat(replicas()).isEqualTo(4);
    }

    @Test
    void isLostWhenDockerHangs() throws InterruptedException {
        docker.hangAt("/update");

        assertThat(edge.perform(scale(3, 4), granted)).isInstanceOf(Report.Lost.class);
    }

    @Test
    void sendsAWriteOnceWhateverTheAnswer() throws InterruptedException {
        docker.refuse("/update", 503, "the swarm does not have a leader");

        assertThat(edge.perform(scale(3, 4), granted)).isInstanceOf(Report.Lost.class);
        assertThat(docker.writes()).hasSize(1);
    }

    @Test
    void failsWithDockersOwnWords() throws InterruptedException {
        docker.refuse("/update", 400, "invalid reference format");

        assertThat(edge.perform(scale(3, 4), granted))
                .isInstanceOfSatisfying(
                        Report.Failed.class,
                        failed -> assertThat(failed.reason()).contains("invalid reference format"));
    }

    @Test
    void failsWhenDockerIsNotThere() throws IOException, InterruptedException {
        docker.close();

        assertThat(edge.perform(scale(3, 4), granted))
                .isInstanceOfSatisfying(
                        Report.Failed.class,
                        failed -> assertThat(failed.reason()).contains("does not answer"));
        assertThat(asked).isEmpty();
    }

    @Test
    void isTakenWhenOnlyReadingBackFails() throws InterruptedException {
        Clearance failing =
                trace -> {
                    docker.refuse("/services/" + id(), 500, "busy");
                    asked.add(trace);
                    return Optional.empty();
                };
        docker.allow("/update");

        assertThat(edge.perform(scale(3, 4), failing))
                .isEqualTo(new Report.Taken(asked.getFirst()));
    }

    private String id() {
        return docker.service("demo_web").path("ID").asText();
    }

    private int replicas() {
        return docker.service("demo_web")
                .path("Spec")
                .path("Mode")
                .path("Replicated")
                .path("Replicas")
                .asInt();
    }

    private static Action.ScaleService scale(int from, int to) {
        return new Action.ScaleService("demo_web", from, to);
    }

    static void replicas(ObjectNode spec, int replicas) {
        ((ObjectNode) spec.path("Mode").path("Replicated")).put("Replicas", replicas);
    }

    static void label(ObjectNode spec, String key) {
        ((ObjectNode) spec.path("Labels")).put(key, "yes");
    }
}
