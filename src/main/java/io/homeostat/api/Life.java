package io.homeostat.api;

import io.homeostat.engine.EngineLoop;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive while the engine's loop comes round, whatever the outside does.
@Liveness
@Singleton
class Life implements HealthCheck {
    private final EngineLoop loop;
    private final ApiSettings settings;
    private final InstantSource clock;

    Life(EngineLoop loop, ApiSettings settings, InstantSource clock) {
        this.loop = loop;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        Duration still = Duration.between(loop.progressedAt(), clock.instant());
        return HealthCheckResponse.named("loop")
                .status(still.compareTo(settings.aliveWithin()) <= 0)
                .withData("progressedSecondsAgo", still.toSeconds())
                .build();
    }
}
