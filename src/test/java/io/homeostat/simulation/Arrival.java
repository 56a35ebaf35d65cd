package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A write of ours that changed the cluster.
///
/// @param undertaking what it was sent for; null when nothing was
record Arrival(Action.OnSwarm action, @Nullable Undertaking undertaking, Instant at) {}
