package io.homeostat.action;

import io.homeostat.fact.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What we tell people of one incident, whole each time: a later revision replaces the earlier
/// message.
///
/// @param incident the incident's ID; one message per incident and channel
/// @param revision rises with every change of the text, from 1
/// @param subject what the incident is about
/// @param channel where it goes; empty for the default channel
/// @param severity how urgent, the word people see
/// @param phase whether it needs an answer
/// @param title what is wrong, in a sentence
/// @param lines the rest, a fact a line
/// @param posted the reference that the first posting returned; null when nothing was posted yet
public record Notice(
        String incident,
        int revision,
        Subject subject,
        String channel,
        String severity,
        Phase phase,
        String title,
        List<String> lines,
        @Nullable String posted) {
    /// Where the incident stands for the people who read of it.
    public enum Phase {
        /// It needs an answer.
        ESCALATED,
        /// It is worth knowing and needs no answer.
        INFORMED,
        /// It is over.
        RESOLVED
    }

    public Notice {
        lines = List.copyOf(lines);
    }
}
