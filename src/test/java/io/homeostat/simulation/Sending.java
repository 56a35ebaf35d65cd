package io.homeostat.simulation;

import io.homeostat.action.Undertaking;
import java.time.Instant;

/// An action that was cleared and left for the cluster.
///
/// @param wallAt when, by Homeostat's clock
record Sending(Undertaking undertaking, Instant wallAt) {}
