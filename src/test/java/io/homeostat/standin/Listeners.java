package io.homeostat.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// Those who listen to events.
final class Listeners {
    private final List<BlockingQueue<String>> queues = new CopyOnWriteArrayList<>();

    SocketServer.Answer next() {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        queues.add(queue);
        return new SocketServer.Stream(queue, () -> queues.remove(queue));
    }

    void tell(String type, String action, String id, String name) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("Type", type).put("Action", action).put("scope", "swarm");
        event.putObject("Actor").put("ID", id).putObject("Attributes").put("name", name);
        queues.forEach(queue -> queue.add(event + "\n"));
    }

    /// Ends all streams, as a restarting Docker does.
    void end() {
        queues.forEach(queue -> queue.add(""));
    }

    int size() {
        return queues.size();
    }

    void clear() {
        queues.clear();
    }
}
