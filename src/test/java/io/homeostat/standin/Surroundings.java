package io.homeostat.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What services need beside themselves: configs, secrets and networks, which are there unless they
/// were lost, and images in registries.
public final class Surroundings {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String IMAGES = "/distribution/";
    private static final Pattern ONE =
            Pattern.compile("/(configs|secrets|networks)/[^/?]+|" + IMAGES + ".+/json");

    private final Map<String, String> images = new TreeMap<>();
    private final Set<String> lost = new HashSet<>();
    private final SocketServer server;

    Surroundings(SocketServer server) {
        this.server = server;
    }

    /// What we were shown for registries, as it was sent.
    public List<String> shown() {
        return server.shown();
    }

    /// There is an image of that name and tag in its registry.
    public synchronized void push(String image, String digest) {
        images.put(image, digest);
    }

    /// A config, secret or network of this ID is gone.
    public synchronized void lose(String id) {
        lost.add(id);
    }

    static boolean isOne(String path) {
        return ONE.matcher(path).matches();
    }

    synchronized SocketServer.Answer get(String path) {
        if (path.startsWith(IMAGES)) {
            return image(path.substring(IMAGES.length(), path.length() - "/json".length()));
        }
        String id = path.substring(path.lastIndexOf('/') + 1);
        return lost.contains(id)
                ? SocketServer.message(404, id + " not found")
                : SocketServer.json(JSON.objectNode().put("ID", id));
    }

    private SocketServer.Answer image(String name) {
        String digest = images.get(name);
        if (digest == null) {
            return SocketServer.message(404, "manifest for %s not found".formatted(name));
        }
        ObjectNode found = JSON.objectNode();
        found.putObject("Descriptor").put("digest", digest);
        return SocketServer.json(found);
    }
}
