package io.homeostat.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.SortedMap;

/// Finds services of which nobody can tell whether their tasks serve.
///
/// @param images those that Docker shows, by the name that services give them
record NoHealthCheck(SortedMap<String, JsonNode> images) implements ServiceCheck {
    private static final String CHANGE =
            """
            healthcheck:
              test: ["CMD", "curl", "-fsS", "http://localhost:PORT/healthz"]  # whatever fails when it cannot serve
              interval: 5s
              timeout: 2s
              retries: 3
              start_period: 30s
            """;

    @Override
    public Optional<Finding> of(DeployedService service) {
        if (!service.serves()) {
            return Optional.empty();
        }
        String change = service.inStackFile(CHANGE);
        if (service.speaksOfHealth()) {
            return isSwitchedOff(service.container())
                    ? service.found(
                            Ailment.NO_HEALTH_CHECK,
                            "its health check is switched off (NONE)",
                            change)
                    : Optional.empty();
        }
        JsonNode image = images.get(service.image());
        if (image == null) {
            return Optional.of(
                    service.suspicion(
                            Ailment.NO_HEALTH_CHECK,
                            "it has no health check of its own, and whether its image brings one"
                                    + " cannot be seen: this Docker does not show the image",
                            change));
        }
        JsonNode config = image.path("Config");
        return config.path("Healthcheck").path("Test").isEmpty() || isSwitchedOff(config)
                ? service.found(
                        Ailment.NO_HEALTH_CHECK,
                        "neither the service nor its image has a health check",
                        change)
                : Optional.empty();
    }

    private static boolean isSwitchedOff(JsonNode container) {
        return container.path("Healthcheck").path("Test").path(0).asText("").equals("NONE");
    }
}
