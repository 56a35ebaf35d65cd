package io.homeostat.guard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A number of replicas that is or was wished for a service.
///
/// @param by the wish as a person reads it
/// @param until until when it counts; null while it stands
public record Wished(int replicas, String by, @Nullable Instant until) {}
