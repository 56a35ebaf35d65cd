package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// The config object that the lease of a cluster is kept in: who leads is in its labels, for these
/// are all of a config that Docker lets change, and only against the version that was read.
final class LeaseConfig {
    static final String PREFIX = "homeostat-lease-";
    private static final int DOCKERS_LONGEST = 64;
    private static final int DIGEST_LENGTH = 12;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final String DATA =
            """
            The labels of this config say which Homeostat may write to this swarm.
            Remove it only while no Homeostat runs.
            """;

    private LeaseConfig() {}

    /// What was seen of it.
    sealed interface Seen {}

    /// There is none.
    record Absent() implements Seen {}

    /// @param version which a write must name
    /// @param note what its labels say
    /// @param spec all of it, to be written back with other labels
    record Present(String id, long version, Note note, JsonNode spec) implements Seen {}

    /// What the labels say.
    sealed interface Note {}

    /// They say nothing that can be understood.
    record Garbled(String why) implements Note {}

    /// @param host how the holder calls itself to people
    /// @param length how long the lease lasts after each renewal
    record Entry(State state, String holder, String host, long epoch, Duration length)
            implements Note {}

    /// How far the holder's right goes.
    enum State {
        /// It found no lease, and waits until anybody who had one must have noticed.
        CLAIMED,
        /// It leads.
        HELD,
        /// It leads no more, and nothing that it sent is under way.
        RELEASED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The name that Docker allows for a cluster of any name: letters, digits, `-`, `_` and `.`,
    /// with a letter or digit at the end, at most 64.
    static String name(String cluster) {
        int room = DOCKERS_LONGEST - PREFIX.length();
        if (cluster.length() <= room && cluster.matches("([a-zA-Z0-9._-]*[a-zA-Z0-9])")) {
            return PREFIX + cluster;
        }
        String plain = cluster.replaceAll("[^a-zA-Z0-9._-]", "-");
        int most = room - DIGEST_LENGTH - 1;
        return PREFIX
                + plain.substring(0, Math.min(most, plain.length()))
                + "-"
                + Sha256.of(cluster).substring(0, DIGEST_LENGTH);
    }

    /// @param config an element of the answer to `GET /configs`
    static Present read(JsonNode config) {
        JsonNode spec = config.path("Spec");
        return new Present(
                Json.need(config, "ID"), Json.version(config), note(spec.path("Labels")), spec);
    }

    private static Note note(JsonNode labels) {
        String state = labels.path("state").asText("");
        Optional<State> known = Optional.empty();
        for (State each : State.values()) {
            if (each.word().equals(state)) {
                known = Optional.of(each);
            }
        }
        String epoch = labels.path("epoch").asText("");
        Optional<Duration> length = length(labels.path("for").asText(""));
        String holder = labels.path("holder").asText("");
        if (known.isEmpty()) {
            return new Garbled("state is '%s'".formatted(state));
        }
        if (!epoch.matches("\\d{1,15}")) {
            return new Garbled("epoch is '%s'".formatted(epoch));
        }
        if (length.isEmpty()) {
            return new Garbled("for is '%s'".formatted(labels.path("for").asText("")));
        }
        if (holder.isEmpty()) {
            return new Garbled("holder is missing");
        }
        return new Entry(
                known.get(),
                holder,
                labels.path("host").asText(holder),
                Long.parseLong(epoch),
                length.get());
    }

    private static Optional<Duration> length(String text) {
        try {
            Duration length = Duration.parse(text);
            return length.isPositive() && length.compareTo(LONGEST) <= 0
                    ? Optional.of(length)
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// The specification of a new one.
    static ObjectNode fresh(String name, Entry entry) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("Name", name);
        spec.put("Data", Base64.getEncoder().encodeToString(DATA.getBytes(StandardCharsets.UTF_8)));
        return labelled(spec, entry);
    }

    /// The specification as it was, with what it says of the lease changed.
    static ObjectNode changed(Present present, Entry entry) {
        return labelled(present.spec().deepCopy(), entry);
    }

    private static ObjectNode labelled(ObjectNode spec, Entry entry) {
        ObjectNode labels =
                spec.path("Labels") instanceof ObjectNode there ? there : spec.putObject("Labels");
        labels.put("state", entry.state().word());
        labels.put("holder", entry.holder());
        labels.put("host", entry.host());
        labels.put("epoch", String.valueOf(entry.epoch()));
        labels.put("for", entry.length().toString());
        return spec;
    }
}
