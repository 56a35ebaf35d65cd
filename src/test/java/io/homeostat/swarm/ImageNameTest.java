package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of images as Docker reads them.
class ImageNameTest {
    private static final String DIGEST = "sha256:" + "b".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "nginx, nginx:latest, docker.io",
        "nginx:1.27, nginx:1.27, docker.io",
        "vfarcic/go-demo, vfarcic/go-demo:latest, docker.io",
        "registry:5000/go-demo, registry:5000/go-demo:latest, registry:5000",
        "localhost/go-demo:1, localhost/go-demo:1, localhost",
        "registry.shop.example/a/b/c:1.0-rc.1, registry.shop.example/a/b/c:1.0-rc.1, registry.shop.example",
    })
    void hasATagAndARegistry(String text, String asked, String registry) {
        ImageName name = ImageName.parse(text);

        assertThat(name.asked()).isEqualTo(asked);
        assertThat(name.registry()).isEqualTo(registry);
        assertThat(name.with(DIGEST)).isEqualTo(asked + "@" + DIGEST);
    }

    @Test
    void keepsADigestThatIsGiven() {
        assertThat(ImageName.parse("web:2@" + DIGEST).asked()).isEqualTo("web@" + DIGEST);
        assertThat(ImageName.parse("web:2@" + DIGEST).with(DIGEST)).isEqualTo("web:2@" + DIGEST);
        assertThat(ImageName.parse("web@" + DIGEST).with(DIGEST)).isEqualTo("web@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "web:",
                "web@sha256:12",
                "a b",
                "http://web",
                "../web",
                "we%2Fb",
                "web?x"
            })
    void knowsWhatIsNoName(String text) {
        assertThatThrownBy(() -> ImageName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no name of an image");
    }
}
