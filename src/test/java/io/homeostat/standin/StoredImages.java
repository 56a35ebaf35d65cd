package io.homeostat.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The images that one Docker has.
final class StoredImages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> images = new ConcurrentHashMap<>();

    void put(String name, String json) {
        try {
            images.put(name, JSON.readTree(json));
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    /// @param path such as `/images/shop/api:1.2/json`
    SocketServer.Answer get(String path) {
        String name = path.replaceFirst("^/images/", "").replaceFirst("/json$", "");
        JsonNode image = images.get(name);
        return image == null
                ? SocketServer.message(404, "No such image: " + name)
                : SocketServer.json(image);
    }
}
