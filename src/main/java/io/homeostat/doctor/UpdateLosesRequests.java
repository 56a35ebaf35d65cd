package io.homeostat.doctor;

import java.util.Optional;

/// Finds services whose update takes a task out before another serves in its place, where
/// `start-first` would do no harm: not where two tasks would write the same data, or would want the
/// same port of one node.
final class UpdateLosesRequests implements ServiceCheck {
    private static final String CHANGE =
            """
            deploy:
              update_config:
                order: start-first
                failure_action: rollback
            """;

    @Override
    public Optional<Finding> of(DeployedService service) {
        if (service.replicas() == 0
                || !service.stopsFirst()
                || Mounts.writable(service)
                || takesAPortOfItsNode(service)) {
            return Optional.empty();
        }
        Optional<String> route = Route.to(service);
        if (route.isPresent()) {
            return service.found(
                    Ailment.UPDATE_LOSES_REQUESTS,
                    "it is reached by %s, and an update %s".formatted(route.get(), what(service)),
                    service.inStackFile(CHANGE));
        }
        if (service.updatesAllAtOnce() && service.isOnANetwork()) {
            return Optional.of(
                    service.suspicion(
                            Ailment.UPDATE_LOSES_REQUESTS,
                            "an update %s; if others call it over its network, they find nobody"
                                    .formatted(what(service)),
                            service.inStackFile(CHANGE)));
        }
        return Optional.empty();
    }

    private static String what(DeployedService service) {
        if (!service.updatesAllAtOnce()) {
            return "stops a task before its successor is started";
        }
        return service.replicas() == 1
                ? "stops its only task before the next one is started"
                : "stops all its %d tasks before others are started".formatted(service.replicas());
    }

    private static boolean takesAPortOfItsNode(DeployedService service) {
        return service.ports().stream()
                .anyMatch(port ->
                        port.path("PublishMode").asText("").equals("host")
                                && port.path("PublishedPort").asInt(0) > 0);
    }
}
