package io.homeostat.action;

/// What an actuator says right after its call. Whether it helped is known only later: see
/// [Outcome].
public sealed interface Report {
    /// The outside system took it.
    ///
    /// @param trace what to remember of it: the hash of the specification read back, or where a
    ///   message was posted
    record Taken(String trace) implements Report {}

    /// Somebody else changed it meanwhile, so nothing was done: look again, decide again.
    record Conflicted(String reason) implements Report {}

    /// It was certainly not done.
    record Failed(String reason) implements Report {}

    /// It was not sent, because clearance was refused.
    record Withheld(String reason) implements Report {}

    /// It was sent and no answer came: it may or may not have been done.
    record Lost(String reason) implements Report {}

    /// Nothing was sent: recorded history is replayed, and what is not in it counts as taken, so
    /// that paces hold, and is judged no further, because the recorded world does not react.
    record Virtual(String reason) implements Report {}
}
