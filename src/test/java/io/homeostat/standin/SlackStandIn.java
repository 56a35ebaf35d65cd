package io.homeostat.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Speaks the part of Slack's Web API that we use, over a real socket, and keeps the messages so
/// that a test can read a channel.
public final class SlackStandIn implements AutoCloseable {
    public static final String TOKEN = "xoxb-1-stand-in";

    /// What Slack's documentation promises of a message; more is refused.
    private static final int HEADER = 150;

    private static final int SECTION = 3000;
    private static final int BLOCKS = 50;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final Map<String, String> channels = new ConcurrentHashMap<>();
    private final Map<String, TreeMap<String, Message>> messages = new ConcurrentHashMap<>();
    private final Set<String> withoutBot = ConcurrentHashMap.newKeySet();
    private volatile int limitedFor;
    private volatile int status;
    private volatile boolean hangsUp;
    private volatile int posts;
    private volatile Gate gate = Gate.open();

    /// One message as the channel shows it.
    public record Message(String text, JsonNode blocks, int edits) {}

    private SlackStandIn(HttpServer server) {
        this.server = server;
        server.createContext("/api/", this::answer);
        server.start();
    }

    public static SlackStandIn start() throws IOException {
        return new SlackStandIn(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/";
    }

    public SlackStandIn withChannel(String name, String id) {
        channels.put(name, id);
        messages.put(id, new TreeMap<>());
        return this;
    }

    public SlackStandIn withChannelThatTheBotIsNotIn(String name, String id) {
        withoutBot.add(id);
        return withChannel(name, id);
    }

    /// From now on every call is answered with 429 and this many seconds to wait.
    public void limit(int seconds) {
        limitedFor = seconds;
    }

    /// From now on every call is answered with this status.
    public void answerWith(int status) {
        this.status = status;
    }

    /// The next call whose path contains the text stops until it is told how to go on.
    public Gate gateAt(String text, Gate.Place place) {
        Gate closed = Gate.closed(text, place);
        gate = closed;
        return closed;
    }

    /// From now on the connection ends after the request was read.
    public void hangUp() {
        hangsUp = true;
    }

    public int posts() {
        return posts;
    }

    /// The messages of a channel, oldest first.
    public List<Message> channel(String id) {
        TreeMap<String, Message> found = messages.get(id);
        if (found == null) {
            throw new IllegalArgumentException("the stand-in has no channel " + id);
        }
        synchronized (found) {
            return new ArrayList<>(found.values());
        }
    }

    public void forget(String id) {
        TreeMap<String, Message> found = messages.get(id);
        if (found != null) {
            found.clear();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (hangsUp) {
                return;
            }
            if (limitedFor > 0) {
                exchange.getResponseHeaders().add("Retry-After", String.valueOf(limitedFor));
                send(exchange, 429, Map.of("ok", false, "error", "ratelimited"));
                return;
            }
            if (status > 0) {
                send(exchange, status, Map.of("ok", false, "error", "internal_error"));
                return;
            }
            Gate.Passage passage = gate.approach(exchange.getRequestURI().getPath());
            if (!passage.before()) {
                return;
            }
            Map<String, Object> result = result(exchange, form(body));
            if (passage.after()) {
                send(exchange, 200, result);
            }
        }
    }

    private Map<String, Object> result(HttpExchange exchange, Map<String, String> form)
            throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null) {
            return refusal("not_authed");
        }
        if (!authorization.equals("Bearer " + TOKEN)) {
            return refusal("invalid_auth");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/api/chat.postMessage" -> post(form);
            case "/api/chat.update" -> update(form);
            default -> refusal("unknown_method");
        };
    }

    private Map<String, Object> post(Map<String, String> form) throws IOException {
        String named = form.getOrDefault("channel", "").replaceFirst("^#", "");
        String id = channels.getOrDefault(named, named);
        TreeMap<String, Message> channel = messages.get(id);
        if (channel == null) {
            return refusal("channel_not_found");
        }
        if (withoutBot.contains(id)) {
            return refusal("not_in_channel");
        }
        JsonNode blocks = json.readTree(form.getOrDefault("blocks", "[]"));
        if (!acceptable(blocks)) {
            return refusal("invalid_blocks");
        }
        synchronized (channel) {
            posts++;
            String ts = "16058536%02d.000400".formatted(posts);
            channel.put(ts, new Message(form.getOrDefault("text", ""), blocks, 0));
            return Map.of("ok", true, "channel", id, "ts", ts);
        }
    }

    private Map<String, Object> update(Map<String, String> form) throws IOException {
        String id = form.getOrDefault("channel", "");
        TreeMap<String, Message> channel = messages.get(id);
        if (channel == null) {
            return refusal("channel_not_found");
        }
        JsonNode blocks = json.readTree(form.getOrDefault("blocks", "[]"));
        synchronized (channel) {
            String ts = form.getOrDefault("ts", "");
            Message before = channel.get(ts);
            if (before == null) {
                return refusal("message_not_found");
            }
            String text = form.getOrDefault("text", "");
            channel.put(ts, new Message(text, blocks, before.edits() + 1));
            return Map.of("ok", true, "channel", id, "ts", ts, "text", text);
        }
    }

    private static boolean acceptable(JsonNode blocks) {
        if (blocks.size() > BLOCKS) {
            return false;
        }
        for (JsonNode block : blocks) {
            int most = block.path("type").asText().equals("header") ? HEADER : SECTION;
            if (block.path("text").path("text").asText().length() > most) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Object> refusal(String error) {
        return Map.of("ok", false, "error", error);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private void send(HttpExchange exchange, int code, @Nullable Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
