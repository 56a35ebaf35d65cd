package io.homeostat.doctor;

import java.util.Optional;

/// Finds services whose tasks may take all the memory of a node. Without a limit of CPU time a task
/// is merely slowed down by others, so that is no finding.
final class NoMemoryLimit implements ServiceCheck {
    @Override
    public Optional<Finding> of(DeployedService service) {
        long limit =
                service.template().path("Resources").path("Limits").path("MemoryBytes").asLong(0);
        return limit > 0
                ? Optional.empty()
                : service.found(
                        Ailment.NO_MEMORY_LIMIT,
                        "its tasks may take all the memory of a node",
                        service.inStackFile(
                                """
                                deploy:
                                  resources:
                                    limits:
                                      memory: 512M  # somewhat above its highest use
                                """));
    }
}
