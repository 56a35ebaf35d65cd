package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What else a specification needs: configs, secrets and networks, which may be gone since it was
/// last in force. Docker takes such a specification, and its tasks then wait for ever or are
/// rejected.
final class References {
    private References() {}

    /// What of it Docker does not know any more, in words.
    static List<String> missing(JsonNode spec, Docker docker)
            throws DockerException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (var wanted : paths(spec).entrySet()) {
            try {
                docker.get(wanted.getKey());
            } catch (DockerException e) {
                if (e.status() != 404) {
                    throw e;
                }
                missing.add(wanted.getValue());
            }
        }
        return missing;
    }

    /// Where each is found, with what it is called.
    private static SortedMap<String, String> paths(JsonNode spec) {
        SortedMap<String, String> paths = new TreeMap<>();
        JsonNode template = spec.path(Specification.TEMPLATE);
        JsonNode container = template.path("ContainerSpec");
        for (JsonNode config : container.path("Configs")) {
            add(paths, "config", config.path("ConfigID"), config.path("ConfigName"));
        }
        JsonNode credentials = container.path("Privileges").path("CredentialSpec").path("Config");
        add(paths, "config", credentials, credentials);
        for (JsonNode secret : container.path("Secrets")) {
            add(paths, "secret", secret.path("SecretID"), secret.path("SecretName"));
        }
        for (JsonNode networks : List.of(template.path("Networks"), spec.path("Networks"))) {
            for (JsonNode network : networks) {
                add(paths, "network", network.path("Target"), network.path("Target"));
            }
        }
        return paths;
    }

    private static void add(
            SortedMap<String, String> paths, String kind, JsonNode id, JsonNode name) {
        String key = id.asText("");
        if (!key.isEmpty()) {
            String called = name.asText(key);
            paths.put(
                    "/%ss/%s".formatted(kind, Docker.encoded(key)),
                    called.equals(key)
                            ? "%s %s".formatted(kind, key)
                            : "%s %s (%s)".formatted(kind, called, key));
        }
    }
}
