package io.homeostat.replay;

/// Who waits for a replay.
@FunctionalInterface
public interface Progress {
    /// So many turns of so many are gone through.
    ///
    /// @return false to end it here; the report is of what was gone through
    boolean goOn(long done, long of);
}
