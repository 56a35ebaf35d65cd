package io.homeostat.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every write that arrived, in the order of its fate.
final class RecordedWrites {
    private static final Pattern VERSIONED = Pattern.compile("/v\\d+\\.\\d+(/.*)");

    private final List<Write> writes = new CopyOnWriteArrayList<>();

    /// @param status what was answered; 0 when nothing was
    void add(String target, JsonNode body, int status) {
        Matcher versioned = VERSIONED.matcher(target);
        String path = versioned.matches() ? versioned.group(1) : target;
        writes.add(new Write(Instant.now(), path, body, status));
    }

    List<Write> all() {
        return List.copyOf(writes);
    }
}
