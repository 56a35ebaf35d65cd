package io.homeostat.standin;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Docker manager as far as we call it: it keeps services and configs under versions, refuses
/// what the real one refuses in its words, streams events, and remembers every request and every
/// write.
public final class DockerStandIn implements AutoCloseable {
    static final String OUT_OF_SEQUENCE = "rpc error: code = Unknown desc = update out of sequence";

    /// Numbers keep the digits they came with, as with the real one.
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern VERSIONED = Pattern.compile("/v(\\d+\\.\\d+)(/.*)");
    private static final Pattern UPDATE =
            Pattern.compile("/services/([^/]+)/update\\?version=(\\d+)");
    private static final String NO_LEADER =
            "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.";
    private static final Instant WRITTEN = Instant.parse("2026-11-23T12:00:00Z");

    private final SocketServer server;
    private final Surroundings surroundings;
    private long version = 1_000;
    private final Map<String, ObjectNode> services = new TreeMap<>();
    private final StoredImages images = new StoredImages();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Listeners listeners = new Listeners();
    private final RecordedWrites writes = new RecordedWrites();
    private final Faults faults = new Faults();
    private final StoredConfigs configs;
    private final FollowingTasks following = new FollowingTasks();
    private volatile Gate gate = Gate.open();
    private ArrayNode tasks = JSON.arrayNode();
    private final StoredNodes nodes = new StoredNodes();
    private String apiVersion = "1.41";
    private String swarmState = "active";
    private String swarmId = "swarm1";
    private String node = "n1";
    private boolean inTouch = true;
    private boolean manager = true;

    public DockerStandIn(Path socket) {
        this(socket, new StoredConfigs());
    }

    /// One of several managers, which have their configs in common.
    public DockerStandIn(Path socket, StoredConfigs configs) {
        this.server = new SocketServer(socket, this::answer);
        this.surroundings = new Surroundings(server);
        this.configs = configs;
    }

    public void start() throws IOException {
        server.start();
    }

    @Override
    public void close() throws IOException {
        server.stop();
        listeners.clear();
    }

    public synchronized void put(JsonNode service) {
        ObjectNode copy = service.deepCopy();
        services.put(copy.path("ID").asText(), copy);
    }

    /// Creates a service of so many replicas, whose tasks follow.
    public synchronized void create(String name, int replicas, Map<String, String> labels) {
        ObjectNode service = NewService.of(name, replicas, labels, ++version);
        String id = service.path("ID").asText();
        services.put(id, service);
        following.begin(service, Instant.now());
        emit("service", "create", id, name);
    }

    /// What somebody else does to a service.
    public synchronized void change(String name, Consumer<ObjectNode> edit) {
        ObjectNode service = named(name);
        ObjectNode spec = (ObjectNode) service.path("Spec");
        JsonNode before = spec.deepCopy();
        edit.accept(spec);
        service.set("PreviousSpec", before);
        written(service);
    }

    public synchronized void remove(String name) {
        String id = named(name).path("ID").asText();
        services.remove(id);
        following.forget(id);
        emit("service", "remove", id, name);
    }

    /// What services need beside themselves.
    public Surroundings surroundings() {
        return surroundings;
    }

    /// Forgets everything at once, without an event, as a Docker that has lost its state would.
    public synchronized void forgetServices() {
        services.clear();
    }

    public synchronized void tasks(JsonNode list) {
        tasks = list.deepCopy();
    }

    /// Has an image from now on.
    public void image(String name, String json) {
        images.put(name, json);
    }

    public synchronized void nodes(JsonNode list) {
        nodes.put(list);
    }

    public synchronized void speak(String version) {
        apiVersion = version;
    }

    public synchronized void beManager(boolean is) {
        manager = is;
    }

    /// Is cut off from the other managers, or not any more.
    public synchronized void beInTouch(boolean is) {
        inTouch = is;
    }

    public synchronized void beIn(String swarm, String nodeId) {
        swarmId = swarm;
        node = nodeId;
    }

    public StoredConfigs configs() {
        return configs;
    }

    public synchronized void leaveSwarm() {
        swarmState = "inactive";
    }

    /// Requests whose path contains the text are refused from now on.
    public synchronized void refuse(String text, int status, String message) {
        faults.put(text, new Faults.Fault(status, message, false, false));
    }

    /// Requests whose path contains the text are carried out, but the connection breaks off before
    /// an answer.
    public synchronized void breakOffAfter(String text) {
        faults.put(text, new Faults.Fault(0, "", true, false));
    }

    /// Requests whose path contains the text are never answered.
    public synchronized void hangAt(String text) {
        faults.put(text, new Faults.Fault(0, "", false, true));
    }

    /// Requests whose path contains the text are spared.
    public synchronized void allow(String text) {
        faults.spare(text);
    }

    /// The next write whose path contains the text stops until it is told how to go on.
    public Gate gateAt(String text, Gate.Place place) {
        Gate closed = Gate.closed(text, place);
        gate = closed;
        return closed;
    }

    public synchronized void recover() {
        faults.clear();
    }

    public synchronized JsonNode service(String name) {
        return named(name).deepCopy();
    }

    public List<String> writes() {
        return requests.stream().filter(request -> request.startsWith("POST")).toList();
    }

    public List<Write> recorded() {
        return writes.all();
    }

    public List<String> requests() {
        return requests;
    }

    public int streams() {
        return listeners.size();
    }

    public void endStreams() {
        listeners.end();
    }

    public void emit(String type, String action, String id, String name) {
        listeners.tell(type, action, id, name);
    }

    private SocketServer.Answer answer(String method, String target, String body)
            throws IOException {
        requests.add(method + " " + target);
        Faults.Fault fault = faults.at(target);
        if (fault != null && fault.hang()) {
            return new SocketServer.Hang();
        }
        if (fault != null && fault.status() != 0) {
            return SocketServer.message(fault.status(), fault.message());
        }
        if (method.equals("POST")) {
            return written(target, body, fault != null);
        }
        SocketServer.Answer answer = routed(method, target, body);
        return fault == null ? answer : new SocketServer.BreakOff();
    }

    private SocketServer.Answer written(String target, String body, boolean breaksOff)
            throws IOException {
        Gate.Passage passage = gate.approach(target);
        if (!passage.before()) {
            writes.add(target, MAPPER.readTree(body), 0);
            return new SocketServer.BreakOff();
        }
        SocketServer.Answer answer = routed("POST", target, body);
        return passage.after() && !breaksOff ? answer : new SocketServer.BreakOff();
    }

    private synchronized SocketServer.Answer routed(String method, String target, String body)
            throws IOException {
        if (target.equals("/version")) {
            return SocketServer.json(JSON.objectNode().put("ApiVersion", apiVersion));
        }
        Matcher versioned = VERSIONED.matcher(target);
        if (!versioned.matches()) {
            return SocketServer.message(404, "page not found");
        }
        if (!versioned.group(1).equals(apiVersion)) {
            return SocketServer.message(
                    400,
                    "client version %s is too new. Maximum supported API version is %s"
                            .formatted(versioned.group(1), apiVersion));
        }
        String path = URLDecoder.decode(versioned.group(2), StandardCharsets.UTF_8);
        if (path.equals("/info")) {
            String error = inTouch ? "" : NO_LEADER;
            return SocketServer.json(
                    new SwarmInfo(node, swarmState, swarmId, manager, error).json());
        }
        if (!manager) {
            return SocketServer.message(
                    503,
                    "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.");
        }
        if (!inTouch) {
            return SocketServer.message(500, NO_LEADER);
        }
        if (method.equals("GET") && Surroundings.isOne(path)) {
            return surroundings.get(path);
        }
        SocketServer.Answer answer =
                path.startsWith("/configs")
                        ? configs.answer(method, path, MAPPER.readTree(body))
                        : method.equals("POST") ? post(path, body) : get(path);
        if (method.equals("POST") && answer instanceof SocketServer.Json(int status, _)) {
            writes.add(target, MAPPER.readTree(body), status);
        }
        return answer;
    }

    private SocketServer.Answer get(String path) {
        if (path.equals("/services")) {
            return SocketServer.json(JSON.arrayNode().addAll(services.values()));
        }
        if (path.startsWith("/nodes")) {
            return nodes.get(path);
        }
        if (path.startsWith("/tasks")) {
            return SocketServer.json(tasksOf(path));
        }
        if (path.startsWith("/events")) {
            return listeners.next();
        }
        if (path.startsWith("/images/")) {
            return images.get(path);
        }
        String wanted = path.substring("/services/".length());
        return services.values().stream()
                .filter(service -> matches(service, wanted))
                .findFirst()
                .map(SocketServer::json)
                .orElseGet(() -> SocketServer.message(404, "service " + wanted + " not found"));
    }

    private JsonNode tasksOf(String path) {
        ArrayNode found = following.list(path, Instant.now());
        for (JsonNode task : tasks) {
            if (!path.contains("filters") || path.contains(task.path("ServiceID").asText())) {
                found.add(task);
            }
        }
        return found;
    }

    private SocketServer.Answer post(String path, String body) throws IOException {
        if (path.startsWith("/nodes/")) {
            return nodes.post(path, MAPPER.readTree(body), ++version);
        }
        Matcher update = UPDATE.matcher(path);
        if (!update.matches()) {
            return SocketServer.message(400, "invalid service version ''");
        }
        ObjectNode service = services.get(update.group(1));
        if (service == null) {
            return SocketServer.message(404, "service " + update.group(1) + " not found");
        }
        if (Long.parseLong(update.group(2)) != service.path("Version").path("Index").asLong()) {
            return SocketServer.message(500, OUT_OF_SEQUENCE);
        }
        JsonNode spec = MAPPER.readTree(body);
        if (!spec.path("Name").equals(service.path("Spec").path("Name"))) {
            return SocketServer.message(501, "renaming services is not supported");
        }
        service.set("PreviousSpec", service.path("Spec"));
        service.set("Spec", spec);
        written(service);
        return SocketServer.json(JSON.objectNode().putNull("Warnings"));
    }

    private void written(ObjectNode service) {
        version++;
        service.remove("UpdateStatus");
        service.putObject("Version").put("Index", version);
        service.put("UpdatedAt", WRITTEN.plusMillis(version).toString());
        following.follow(service, Instant.now());
        emit(
                "service",
                "update",
                service.path("ID").asText(),
                service.path("Spec").path("Name").asText());
    }

    private ObjectNode named(String name) {
        return services.values().stream()
                .filter(service -> matches(service, name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean matches(JsonNode service, String wanted) {
        return service.path("ID").asText().equals(wanted)
                || service.path("Spec").path("Name").asText().equals(wanted);
    }
}
