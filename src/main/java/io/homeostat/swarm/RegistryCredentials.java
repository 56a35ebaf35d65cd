package io.homeostat.swarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What registries want to be shown, from a `config.json` as `docker login` writes it. It is read
/// anew each time, for tokens are renewed. Nothing of it is ever logged or part of a message.
final class RegistryCredentials {
    private static final String HUB_ENTRY = "https://index.docker.io/v1/";

    private final @Nullable Path file;

    /// @param file null when none is configured
    RegistryCredentials(@Nullable Path file) {
        this.file = file;
    }

    /// It cannot be told what a registry wants to be shown.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    boolean areConfigured() {
        return file != null;
    }

    /// The header `X-Registry-Auth` for that image's registry; null when nothing is known for it.
    @Nullable String header(ImageName image) throws Unreadable {
        if (file == null) {
            return null;
        }
        JsonNode config = read(file);
        String registry = image.registry();
        JsonNode entry = entry(config.path("auths"), registry);
        if (entry.isMissingNode() || entry.isEmpty()) {
            if (config.path("credHelpers").has(registry)
                    || !config.path("credsStore").asText("").isEmpty()) {
                throw new Unreadable(
                        "the file of homeostat.registry.config-file leaves %s to a credential helper, which Homeostat cannot ask; write an entry under auths"
                                .formatted(registry));
            }
            return null;
        }
        return header(entry, registry);
    }

    private static JsonNode read(Path file) throws Unreadable {
        try {
            return Json.read(Files.readString(file));
        } catch (JsonProcessingException e) {
            // Its message would quote the file.
            throw new Unreadable(
                    "the file %s of homeostat.registry.config-file is no JSON".formatted(file));
        } catch (IOException e) {
            throw new Unreadable(
                    "the file %s of homeostat.registry.config-file cannot be read: %s"
                            .formatted(file, e.getClass().getSimpleName()));
        }
    }

    private static JsonNode entry(JsonNode auths, String registry) {
        List<String> names =
                registry.equals(ImageName.DOCKER_HUB)
                        ? List.of(HUB_ENTRY, "index.docker.io", registry)
                        : List.of(
                                registry,
                                "https://" + registry,
                                "http://" + registry,
                                "https://" + registry + "/v1/",
                                "https://" + registry + "/v2/");
        for (String name : names) {
            if (auths.has(name)) {
                return auths.path(name);
            }
        }
        return auths.path("");
    }

    private static String header(JsonNode entry, String registry) throws Unreadable {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        String token = entry.path("identitytoken").asText("");
        if (!token.isEmpty()) {
            shown.put("identitytoken", token);
        } else {
            String[] parts = userAndPassword(entry, registry);
            shown.put("username", parts[0]).put("password", parts[1]);
        }
        shown.put("serveraddress", registry.equals(ImageName.DOCKER_HUB) ? HUB_ENTRY : registry);
        return Base64.getUrlEncoder().encodeToString(Json.write(shown));
    }

    private static String[] userAndPassword(JsonNode entry, String registry) throws Unreadable {
        String auth = entry.path("auth").asText("");
        if (auth.isEmpty()) {
            return new String[] {
                entry.path("username").asText(""), entry.path("password").asText("")
            };
        }
        try {
            String both = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            if (colon > 0) {
                return new String[] {both.substring(0, colon), both.substring(colon + 1)};
            }
        } catch (IllegalArgumentException e) {
            // Told below, without what stands there.
        }
        throw new Unreadable(
                "the entry for %s in the file of homeostat.registry.config-file is not what docker login writes"
                        .formatted(registry));
    }
}
