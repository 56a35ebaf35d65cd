package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A Docker manager as far as we call it: it keeps services under versions, refuses what the real
/// one refuses in its words, streams events, and remembers every request.
final class DockerStandIn implements AutoCloseable {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern VERSIONED = Pattern.compile("/v(\\d+\\.\\d+)(/.*)");
    private static final Pattern UPDATE =
            Pattern.compile("/services/([^/]+)/update\\?version=(\\d+)");
    private static final String NO_LEADER =
            "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.";
    private static final Instant WRITTEN = Instant.parse("2026-11-23T12:00:00Z");

    private final SocketServer server;
    private final Map<String, ObjectNode> services = new TreeMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<BlockingQueue<String>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Fault> faults = new TreeMap<>();
    private final StoredConfigs configs;
    private ArrayNode tasks = JSON.arrayNode();
    private ArrayNode nodes = JSON.arrayNode();
    private String apiVersion = "1.41";
    private String swarmState = "active";
    private String swarmId = "swarm1";
    private String node = "n1";
    private boolean inTouch = true;
    private @Nullable String spared;
    private boolean manager = true;
    private long version = 1_000;

    /// What goes wrong at a path. Exactly one of the fields counts.
    private record Fault(int status, String message, boolean breakOffAfter, boolean hang) {}

    DockerStandIn(Path socket) {
        this(socket, new StoredConfigs());
    }

    /// One of several managers, which have their configs in common.
    DockerStandIn(Path socket, StoredConfigs configs) {
        this.server = new SocketServer(socket, this::answer);
        this.configs = configs;
    }

    void start() throws IOException {
        server.start();
    }

    @Override
    public void close() throws IOException {
        server.stop();
        listeners.clear();
    }

    synchronized void put(JsonNode service) {
        ObjectNode copy = service.deepCopy();
        services.put(copy.path("ID").asText(), copy);
    }

    /// What somebody else does to a service.
    synchronized void change(String name, Consumer<ObjectNode> edit) {
        ObjectNode service = named(name);
        ObjectNode spec = (ObjectNode) service.path("Spec");
        JsonNode before = spec.deepCopy();
        edit.accept(spec);
        service.set("PreviousSpec", before);
        written(service);
    }

    synchronized void remove(String name) {
        String id = named(name).path("ID").asText();
        services.remove(id);
        emit("service", "remove", id, name);
    }

    /// Forgets everything at once, without an event, as a Docker that has lost its state would.
    synchronized void forgetServices() {
        services.clear();
    }

    synchronized void tasks(JsonNode list) {
        tasks = list.deepCopy();
    }

    synchronized void nodes(JsonNode list) {
        nodes = list.deepCopy();
    }

    synchronized void speak(String version) {
        apiVersion = version;
    }

    synchronized void beWorker() {
        manager = false;
    }

    synchronized void beManager() {
        manager = true;
    }

    /// Is cut off from the other managers, or not any more.
    synchronized void beInTouch(boolean is) {
        inTouch = is;
    }

    synchronized void beIn(String swarm, String nodeId) {
        swarmId = swarm;
        node = nodeId;
    }

    StoredConfigs configs() {
        return configs;
    }

    synchronized void leaveSwarm() {
        swarmState = "inactive";
    }

    /// Requests whose path contains the text are refused from now on.
    synchronized void refuse(String text, int status, String message) {
        faults.put(text, new Fault(status, message, false, false));
    }

    /// Requests whose path contains the text are carried out, but the connection breaks off before
    /// an answer.
    synchronized void breakOffAfter(String text) {
        faults.put(text, new Fault(0, "", true, false));
    }

    /// Requests whose path contains the text are never answered.
    synchronized void hangAt(String text) {
        faults.put(text, new Fault(0, "", false, true));
    }

    /// Requests whose path contains the text are spared.
    synchronized void allow(String text) {
        spared = text;
    }

    synchronized void recover() {
        faults.clear();
    }

    synchronized JsonNode service(String name) {
        return named(name).deepCopy();
    }

    List<String> writes() {
        return requests.stream().filter(request -> request.startsWith("POST")).toList();
    }

    List<String> requests() {
        return requests;
    }

    int streams() {
        return listeners.size();
    }

    /// Ends all event streams, as a restarting Docker does.
    void endStreams() throws IOException {
        for (BlockingQueue<String> listener : listeners) {
            listener.add("");
        }
    }

    void emit(String type, String action, String id, String name) {
        ObjectNode event = JSON.objectNode();
        event.put("Type", type).put("Action", action).put("scope", "swarm");
        event.putObject("Actor").put("ID", id).putObject("Attributes").put("name", name);
        listeners.forEach(listener -> listener.add(event + "\n"));
    }

    private SocketServer.Answer answer(String method, String target, String body)
            throws IOException {
        requests.add(method + " " + target);
        Fault fault = faultAt(target);
        if (fault != null && fault.hang()) {
            return new SocketServer.Hang();
        }
        if (fault != null && fault.status() != 0) {
            return message(fault.status(), fault.message());
        }
        SocketServer.Answer answer = routed(method, target, body);
        return fault == null ? answer : new SocketServer.BreakOff();
    }

    private synchronized @Nullable Fault faultAt(String target) {
        if (spared != null && target.contains(spared)) {
            return null;
        }
        for (Map.Entry<String, Fault> fault : faults.entrySet()) {
            if (target.contains(fault.getKey())) {
                return fault.getValue();
            }
        }
        return null;
    }

    private synchronized SocketServer.Answer routed(String method, String target, String body)
            throws IOException {
        if (target.equals("/version")) {
            return json(JSON.objectNode().put("ApiVersion", apiVersion));
        }
        Matcher versioned = VERSIONED.matcher(target);
        if (!versioned.matches()) {
            return message(404, "page not found");
        }
        if (!versioned.group(1).equals(apiVersion)) {
            return message(
                    400,
                    "client version %s is too new. Maximum supported API version is %s"
                            .formatted(versioned.group(1), apiVersion));
        }
        String path = URLDecoder.decode(versioned.group(2), StandardCharsets.UTF_8);
        if (path.equals("/info")) {
            return json(info());
        }
        if (!manager) {
            return message(
                    503,
                    "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.");
        }
        if (!inTouch) {
            return message(500, NO_LEADER);
        }
        if (path.startsWith("/configs")) {
            StoredConfigs.Answer stored =
                    method.equals("POST") ? configs.post(path, Json.read(body)) : configs.get(path);
            return new SocketServer.Json(
                    stored.status(), stored.body() == null ? "" : stored.body().toString());
        }
        return method.equals("POST") ? post(path, body) : get(path);
    }

    private SocketServer.Answer get(String path) {
        if (path.equals("/services")) {
            return json(JSON.arrayNode().addAll(services.values()));
        }
        if (path.equals("/nodes")) {
            return json(nodes);
        }
        if (path.startsWith("/tasks")) {
            return json(tasksOf(path));
        }
        if (path.startsWith("/events")) {
            BlockingQueue<String> queue = new LinkedBlockingQueue<>();
            listeners.add(queue);
            return new SocketServer.Stream(queue, () -> listeners.remove(queue));
        }
        String wanted = path.substring("/services/".length());
        for (ObjectNode service : services.values()) {
            if (matches(service, wanted)) {
                return json(service);
            }
        }
        return message(404, "service " + wanted + " not found");
    }

    private JsonNode tasksOf(String path) {
        ArrayNode found = JSON.arrayNode();
        for (JsonNode task : tasks) {
            if (!path.contains("filters") || path.contains(task.path("ServiceID").asText())) {
                found.add(task);
            }
        }
        return found;
    }

    private SocketServer.Answer post(String path, String body) throws IOException {
        Matcher update = UPDATE.matcher(path);
        if (!update.matches()) {
            return message(400, "invalid service version ''");
        }
        ObjectNode service = services.get(update.group(1));
        if (service == null) {
            return message(404, "service " + update.group(1) + " not found");
        }
        if (Long.parseLong(update.group(2)) != Json.version(service)) {
            return message(500, "rpc error: code = Unknown desc = update out of sequence");
        }
        JsonNode spec = Json.read(body);
        if (!spec.path("Name").equals(service.path("Spec").path("Name"))) {
            return message(501, "renaming services is not supported");
        }
        service.set("PreviousSpec", service.path("Spec"));
        service.set("Spec", spec);
        written(service);
        return json(JSON.objectNode().putNull("Warnings"));
    }

    private void written(ObjectNode service) {
        version++;
        service.remove("UpdateStatus");
        service.putObject("Version").put("Index", version);
        service.put("UpdatedAt", WRITTEN.plusMillis(version).toString());
        emit(
                "service",
                "update",
                service.path("ID").asText(),
                service.path("Spec").path("Name").asText());
    }

    private JsonNode info() {
        ObjectNode info = JSON.objectNode().put("Name", "node1");
        ObjectNode swarm =
                info.putObject("Swarm")
                        .put("NodeID", node)
                        .put("LocalNodeState", swarmState)
                        .put("ControlAvailable", manager)
                        .put("Error", inTouch ? "" : NO_LEADER);
        swarm.putObject("Cluster").put("ID", inTouch ? swarmId : "");
        return info;
    }

    private ObjectNode named(String name) {
        List<ObjectNode> found = new ArrayList<>(services.values());
        found.removeIf(service -> !matches(service, name));
        return found.getFirst();
    }

    private static boolean matches(JsonNode service, String wanted) {
        return service.path("ID").asText().equals(wanted)
                || service.path("Spec").path("Name").asText().equals(wanted);
    }

    private static SocketServer.Answer json(JsonNode body) {
        return new SocketServer.Json(200, body.toString());
    }

    private static SocketServer.Answer message(int status, String text) {
        return new SocketServer.Json(status, JSON.objectNode().put("message", text).toString());
    }
}
