package io.homeostat.engine;

import java.util.List;

/// The end of what a task wrote, as it was read.
///
/// @param lines the last ones, the newest last; as they came, secrets included
/// @param trouble why it could not be read, or not wholly; empty when it was
public record TaskLog(List<String> lines, String trouble) {
    public TaskLog {
        lines = List.copyOf(lines);
    }
}
