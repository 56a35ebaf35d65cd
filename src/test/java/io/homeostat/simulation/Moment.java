package io.homeostat.simulation;

import io.homeostat.engine.Picture;
import io.homeostat.engine.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one step of a world came to.
///
/// @param turns the turns that were committed
/// @param picture what Homeostat holds to be true after it; null when no turn was completed,
///   because it is down or has to be built anew
/// @param sendings what was sent to the cluster
/// @param arrivals what changed it
record Moment(
        List<Turn> turns,
        @Nullable Picture picture,
        List<Sending> sendings,
        List<Arrival> arrivals) {}
