package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.engine.Images.Found;
import io.homeostat.scenario.MemoryStore;
import io.homeostat.standin.DockerStandIn;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a tag leads, with what is shown to its registry.
class RegistryImagesTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String API = "registry:5000/shop/api:1.4";

    /// Made up for this test.
    private static final String PASSWORD = "open:sesame";

    @TempDir private Path folder;

    private DockerStandIn docker;
    private Path config;
    private @Nullable SwarmEdge edge;

    @BeforeEach
    void open() throws IOException {
        docker = new DockerStandIn(folder.resolve("d.sock"));
        docker.start();
        Captured.services().forEach(docker::put);
        docker.surroundings().push(API, DIGEST);
        config = folder.resolve("config.json");
    }

    @AfterEach
    void close() throws IOException {
        if (edge != null) {
            edge.close();
        }
        docker.close();
    }

    @Test
    void aTagLeadsToItsDigest() throws Exception {
        assertThat(edge(null).images().resolve(API))
                .isEqualTo(new Found.Resolved(API + "@" + DIGEST));
        assertThat(docker.surroundings().shown()).isEmpty();
    }

    @Test
    void whatIsConfiguredIsShownToTheRegistryOfTheImageAndToNoOther() throws Exception {
        docker.surroundings().push("other:5000/shop/api:1.4", DIGEST);
        Files.writeString(config, auths("registry:5000"));
        SwarmEdge edge = edge(config);

        edge.images().resolve("other:5000/shop/api:1.4");
        assertThat(docker.surroundings().shown()).isEmpty();
        edge.images().resolve(API);

        assertThat(docker.surroundings().shown()).hasSize(1);
        JsonNode shown = shown(docker.surroundings().shown().getFirst());
        assertThat(shown.path("username").asText()).isEqualTo("homeostat");
        assertThat(shown.path("password").asText()).isEqualTo(PASSWORD);
        assertThat(shown.path("serveraddress").asText()).isEqualTo("registry:5000");
    }

    @Test
    void itGoesAlongWithTheUpdate() throws Exception {
        Files.writeString(config, auths("registry:5000"));
        JsonNode before = docker.service("demo_web").path("Spec");
        String image = API + "@" + DIGEST;

        Report report =
                edge(config)
                        .perform(
                                new Action.DeployService(
                                        "demo_web", Specification.hash(before), image, "d1"),
                                _ -> Optional.empty());

        JsonNode after = docker.service("demo_web").path("Spec");
        assertThat(report).isInstanceOf(Report.Taken.class);
        assertThat(Specification.differences(before, after))
                .containsExactly("TaskTemplate.ContainerSpec.Image");
        assertThat(after.path("TaskTemplate").path("ContainerSpec").path("Image").asText())
                .isEqualTo(image);
        assertThat(shown(docker.surroundings().shown().getFirst()).path("password").asText())
                .isEqualTo(PASSWORD);
    }

    @Test
    void noScalingShowsAnythingToARegistry() throws Exception {
        Files.writeString(config, auths("docker.io"));

        edge(config).perform(new Action.ScaleService("demo_web", 3, 4), _ -> Optional.empty());

        assertThat(docker.writes()).hasSize(1);
        assertThat(docker.surroundings().shown()).isEmpty();
    }

    @Test
    void deploysNothingOverAChangeThatCameBetween() throws Exception {
        Report report =
                edge(null)
                        .perform(
                                new Action.DeployService("demo_web", "another", API, "d1"),
                                _ -> Optional.empty());

        assertThat(report).isInstanceOf(Report.Conflicted.class);
        assertThat(docker.writes()).isEmpty();
    }

    @Test
    void anImageThatIsNotThereIsRefused() throws Exception {
        assertThat(refusal("registry:5000/shop/api:1.5", null))
                .startsWith(
                        "there is no image registry:5000/shop/api:1.5 in the registry registry:5000; push it first, or mend the name");
    }

    @Test
    void aRegistryThatWantsAPasswordIsNamedWithWhatToDo() throws Exception {
        docker.refuse("/distribution/", 401, "unauthorized: authentication required");

        assertThat(refusal(API, null))
                .contains("no homeostat.registry.config-file is set")
                .contains("docker login");
    }

    @Test
    void aPasswordThatIsNotAcceptedIsSaidWithoutThePassword() throws Exception {
        Files.writeString(config, auths("registry:5000"));
        docker.refuse("/distribution/", 500, "unauthorized: incorrect username or password");

        assertThat(refusal(API, config)).contains("is not accepted").doesNotContain(PASSWORD);
    }

    @Test
    void aFileThatLeavesItToAHelperSaysSo() throws Exception {
        Files.writeString(config, "{\"credsStore\":\"desktop\"}");

        assertThat(refusal(API, config)).contains("credential helper");
    }

    @Test
    void aBrokenFileIsSaidWithoutWhatStandsInIt() throws Exception {
        Files.writeString(config, "{\"auths\": " + PASSWORD);

        assertThat(refusal(API, config)).contains("is no JSON").doesNotContain("sesame");
    }

    @Test
    void aRegistryThatDoesNotAnswerMayBeAskedAgain() throws Exception {
        docker.refuse("/distribution/", 500, "dial tcp: i/o timeout");

        assertThat(edge(null).images().resolve(API)).isInstanceOf(Found.Unanswered.class);
    }

    @Test
    void whatIsNoNameOfAnImageIsNotAskedFor() throws Exception {
        assertThat(refusal("registry:5000/../etc:1", null)).contains("is no name of an image");
        assertThat(docker.requests()).isEmpty();
    }

    private String refusal(String image, @Nullable Path file) throws InterruptedException {
        Found found = edge(file).images().resolve(image);
        assertThat(found).isInstanceOf(Found.Refused.class);
        return ((Found.Refused) found).reason();
    }

    private static String auths(String registry) {
        String auth =
                Base64.getEncoder()
                        .encodeToString(("homeostat:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry, auth);
    }

    private static ObjectNode shown(String header) throws IOException {
        String json = new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
        return (ObjectNode) Json.read(json);
    }

    private SwarmEdge edge(@Nullable Path file) {
        SwarmSettings usual =
                SwarmSettings.of(
                        List.of(URI.create("unix://" + folder.resolve("d.sock"))),
                        Quick.settings(folder.resolve("d.sock")).lease());
        edge =
                new SwarmEdge(
                        usual.showing(file), new MemoryStore(), InstantSource.system(), _ -> {});
        return edge;
    }
}
