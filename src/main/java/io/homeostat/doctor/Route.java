package io.homeostat.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// The way by which requests from outside reach a service, as far as Docker knows of it.
final class Route {
    /// Docker Flow Proxy makes a route of any of these, each also with a number at its end.
    private static final Pattern DOCKER_FLOW =
            Pattern.compile("com\\.df\\.(servicePath|serviceDomain|port|httpsPort)(\\.\\d+)?");

    private static final Pattern TRAEFIK =
            Pattern.compile("traefik\\.(http|tcp|udp)\\.routers\\..+\\.(rule|entrypoints)");

    private Route() {}

    /// In words that follow "it is reached by"; empty when there is none.
    static Optional<String> to(DeployedService service) {
        for (JsonNode port : service.ports()) {
            int published = port.path("PublishedPort").asInt(0);
            return Optional.of(
                    published == 0
                            ? "a published port"
                            : "the published port %d".formatted(published));
        }
        SortedMap<String, String> labels = service.labels();
        if (labels.getOrDefault("com.df.notify", "").equalsIgnoreCase("true")
                && has(labels, DOCKER_FLOW)) {
            return Optional.of("Docker Flow Proxy");
        }
        return has(labels, TRAEFIK) ? Optional.of("Traefik") : Optional.empty();
    }

    private static boolean has(SortedMap<String, String> labels, Pattern pattern) {
        return labels.keySet().stream().anyMatch(label -> pattern.matcher(label).matches());
    }
}
