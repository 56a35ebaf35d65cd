package io.homeostat.action;

import java.util.Optional;

/// The last word before anything leaves: is it still allowed, and is its beginning on disk.
@FunctionalInterface
public interface Clearance {
    /// Checks lease, deadline and freezes as they are now, and records durably that the action
    /// starts.
    ///
    /// @param trace what lets us recognise our own work afterwards, recorded with the start: for a
    ///   change of a specification the hash of the one about to be sent
    /// @return empty when cleared, else the reason not to send, in a sentence
    Optional<String> request(String trace);
}
