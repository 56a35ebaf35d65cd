package io.homeostat.guard;

import io.homeostat.action.Wish;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Tracking;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells wishes for the number that metrics ask for from all other wishes. Windows and policies are
/// in that number; a rule that wishes another one and only names the metrics has no claim to it.
public final class Tracked {
    private Tracked() {}

    /// @param trackings what the metrics of a service ask for; null when it follows none
    public static boolean isSo(
            Wish wish,
            SortedSet<Subject> evidence,
            Function<String, @Nullable Tracking> trackings) {
        if (!(wish instanceof Wish.ScaleTo(String service, int replicas))
                || !evidence.contains(Subject.tracking(service))) {
            return false;
        }
        Tracking tracking = trackings.apply(service);
        return tracking != null && tracking.replicas() == replicas;
    }
}
