package io.homeostat.guard;

import java.time.Instant;

/// The specification of a service that last ran well for long enough: all its tasks ran it without
/// a break, and no alert about the service began.
///
/// @param content the hash of its content, by which it is kept; see `Service.contentHash`
/// @param image the image that it runs
/// @param at when it had run well for long enough
public record KnownGood(String content, String image, Instant at) {}
