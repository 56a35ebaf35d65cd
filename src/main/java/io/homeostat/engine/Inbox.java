package io.homeostat.engine;

import java.util.List;

/// Signals that cannot be observed again, on disk before they are answered. Thread-safe.
public interface Inbox {
    /// Writes a signal and returns only when it is on disk. Many callers share one commit.
    ///
    /// @throws StoreException when it could not be written: the caller must not confirm it
    long accept(Signal.Durable signal) throws StoreException;

    /// The signals that no turn has taken yet, in the order of their IDs, at most `limit`.
    List<Received> unread(int limit) throws StoreException;

    /// A signal with its ID in the inbox.
    record Received(long id, Signal.Durable signal) {}
}
