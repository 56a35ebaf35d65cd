package io.homeostat.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Deployment;
import io.homeostat.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedDeploymentsTest {
    private Instant now = Instant.parse("2026-11-30T10:00:00Z");
    private final List<Fact> held = new ArrayList<>();
    private final AcceptedDeployments accepted = new AcceptedDeployments(() -> held, () -> now);

    @Test
    void isTheSameOneWhileTheEngineHasNotReadIt() {
        Deployment first = accepted.orOpen(asked("d1"));

        assertThat(accepted.orOpen(asked("d2"))).isEqualTo(first);
    }

    @Test
    void isTheSameOneWhileTheEngineHoldsItOpen() {
        Deployment first = accepted.orOpen(asked("d1"));
        held.add(first);
        now = now.plus(Duration.ofMinutes(20));

        assertThat(accepted.orOpen(asked("d2"))).isEqualTo(first);
    }

    @Test
    void isAnotherOneWhenTheEngineReadAndForgotTheFirst() {
        accepted.orOpen(asked("d1"));
        now = now.plus(Duration.ofMinutes(1));

        assertThat(accepted.orOpen(asked("d2")).id()).isEqualTo("d2");
        assertThat(accepted.all()).extracting(Deployment::id).containsExactly("d2");
    }

    private Deployment asked(String id) {
        return new Deployment(
                id,
                "shop_api",
                "shop/api:2@sha256:00",
                "ann",
                "release",
                false,
                now,
                Deployment.State.ACCEPTED,
                now,
                null,
                "");
    }
}
