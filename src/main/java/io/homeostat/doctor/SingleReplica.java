package io.homeostat.doctor;

import java.util.Optional;

/// Finds services of one task behind a route.
final class SingleReplica implements ServiceCheck {
    @Override
    public Optional<Finding> of(DeployedService service) {
        if (service.replicas() != 1) {
            return Optional.empty();
        }
        String comment = Mounts.writable(service) ? "  # once two tasks can share its data" : "";
        return Route.to(service)
                .map(route ->
                        service.finding(
                                Ailment.SINGLE_REPLICA,
                                "it is reached by %s and has one task".formatted(route),
                                service.inStackFile("deploy:\n  replicas: 2" + comment)));
    }
}
