package io.homeostat.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Specifications of services as they were seen, by the hash of their content. What a rollback
/// brings back is found here and nowhere else: Docker itself keeps only the one before the last
/// write. Thread-safe.
public interface Specifications {
    /// A specification that was seen.
    ///
    /// @param service the name of the service
    /// @param content the hash of its content, see `Service.contentHash`
    /// @param body all of it, as the cluster gave it
    record Seen(String service, String content, String body) {}

    /// Keeps them, and returns when they are on disk. Of one that is kept already only the time is
    /// taken in: what is neither seen nor needed for long is forgotten.
    void keep(List<Seen> seen, Instant at) throws StoreException;

    /// All of the specification with this content, as it was first seen; null when it is not kept.
    @Nullable String specification(String content) throws StoreException;
}
