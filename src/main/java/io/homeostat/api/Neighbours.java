package io.homeostat.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// While Homeostat is open on loopback, any page in a browser on this machine could speak to it.
/// Only those who address it as this machine, and come from no other site, are neighbours.
final class Neighbours {
    private Neighbours() {}

    /// Why this request is no neighbour's; empty when it is one's.
    static Optional<String> objection(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        String host = authority == null ? "" : authority.host();
        if (!isThisMachine(host)) {
            return Optional.of(
                    "without credentials Homeostat answers only to localhost, 127.0.0.1 and [::1], not to '%s'; set homeostat.http.token to use another name"
                            .formatted(host));
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !isThisMachine(hostOf(origin))) {
            return Optional.of(
                    "a page of %s may not speak to Homeostat; set homeostat.http.token and send it"
                            .formatted(origin));
        }
        return Optional.empty();
    }

    private static @Nullable String hostOf(String origin) {
        try {
            return new URI(origin).getHost();
        } catch (URISyntaxException opaque) {
            return null;
        }
    }

    /// By its text: looking names up would let whoever answers decide.
    private static boolean isThisMachine(@Nullable String host) {
        return host != null
                && (host.equalsIgnoreCase("localhost")
                        || host.equals("::1")
                        || host.equals("[::1]")
                        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}"));
    }
}
