package io.homeostat.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Configs, secrets and networks that services name: they are there unless they were lost.
final class References {
    private static final Pattern ONE = Pattern.compile("/(configs|secrets|networks)/[^/?]+");

    private final Set<String> lost = new HashSet<>();

    static boolean isOne(String path) {
        return ONE.matcher(path).matches();
    }

    void lose(String id) {
        lost.add(id);
    }

    SocketServer.Answer get(String path) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        return lost.contains(id)
                ? SocketServer.message(404, id + " not found")
                : SocketServer.json(JsonNodeFactory.instance.objectNode().put("ID", id));
    }
}
