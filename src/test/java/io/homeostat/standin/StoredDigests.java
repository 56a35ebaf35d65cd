package io.homeostat.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/// What registries have, as Docker tells it at `GET /distribution/NAME/json`.
final class StoredDigests {
    private final Map<String, String> digests = new TreeMap<>();

    void put(String image, String digest) {
        digests.put(image, digest);
    }

    SocketServer.Answer get(String path) {
        String name = path.substring("/distribution/".length(), path.length() - "/json".length());
        String digest = digests.get(name);
        if (digest == null) {
            return SocketServer.message(404, "manifest for %s not found".formatted(name));
        }
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        found.putObject("Descriptor").put("digest", digest);
        return SocketServer.json(found);
    }
}
