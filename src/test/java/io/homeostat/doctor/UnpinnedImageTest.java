package io.homeostat.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpinnedImageTest {
    private final UnpinnedImage check = new UnpinnedImage();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx",
                "nginx:latest",
                "registry:5000/shop/api",
                "registry:5000/shop/api:latest"
            })
    void findsATagThatMoves(String image) {
        assertThat(Sample.well().image(image).by(check))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.ailment()).isEqualTo(Ailment.MOVING_TAG);
                    assertThat(finding.change()).contains(":VERSION@sha256:");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "nginx:1.27,image: nginx:1.27@sha256:DIGEST",
        "r:5000/a:2,image: r:5000/a:2@sha256:"
    })
    void findsATagThatWasNotResolved(String image, String change) {
        assertThat(Sample.well().image(image).by(check))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.ailment()).isEqualTo(Ailment.NO_DIGEST);
                    assertThat(finding.change()).contains(change);
                });
    }

    @Test
    void findsWhatTheStackFileSaidAlthoughDockerResolvedIt() {
        assertThat(
                        Sample.well()
                                .image("shop/api:latest@sha256:0123")
                                .label("com.docker.stack.image", "shop/api:latest")
                                .by(check))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.ailment()).isEqualTo(Ailment.MOVING_TAG);
                    assertThat(finding.change()).contains("shop/api:VERSION@sha256:0123");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx:1.27@sha256:0123",
                "nginx@sha256:0123",
                "nginx:latest@sha256:0123",
                "r:5000/a:2@sha256:0123",
                ""
            })
    void leavesWhatADigestNamesAlone(String image) {
        assertThat(Sample.well().image(image).by(check)).isEmpty();
    }

    @Test
    void doesNotHoldAgainstAServiceWhatItsStackFileOnceSaid() {
        assertThat(
                        Sample.well()
                                .image("shop/api:1.3@sha256:0123")
                                .label("com.docker.stack.image", "shop/api:latest")
                                .by(check))
                .isEmpty();
    }
}
